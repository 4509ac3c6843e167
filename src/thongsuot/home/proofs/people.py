"""People in units, and what they may do there: no doubles, nothing that outlives its unit, somebody in charge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q

from thongsuot.accounts.models import User
from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.organizations.models import Affiliation, Membership, Position, RoleGrant, Unit
from thongsuot.organizations.reach import can

Holding = type[Membership] | type[Affiliation] | type[Position] | type[RoleGrant]
HOLDINGS: tuple[tuple[str, Holding], ...] = (
    ("membership", Membership),
    ("affiliation", Affiliation),
    ("position", Position),
    ("grant", RoleGrant),
)


def memberships() -> Iterator[str]:
    """Nobody is a member of two cells on one day."""
    for person, first, second in _overlaps(Membership, "person_id"):
        yield f"person {person}: memberships {first} and {second} overlap"


def doubles() -> Iterator[str]:
    """Nobody holds the same position or role, or belongs to one organisation, twice on one day."""
    for *_key, first, second in _overlaps(Position, "person_id", "unit_id", "title"):
        yield f"positions {first} and {second} are the same and overlap"
    for *_key, first, second in _overlaps(Affiliation, "person_id", "unit_id"):
        yield f"affiliations {first} and {second} are the same and overlap"
    for *_key, first, second in _overlaps(RoleGrant, "user_id", "unit_id", "role_id"):
        yield f"grants {first} and {second} are the same and overlap"


def holdings() -> Iterator[str]:
    """No membership, position or role outlives its unit. A role taken back before its first day lives on none."""
    outlives = Q(unit__valid_to__isnull=False) & (Q(valid_to=None) | Q(valid_to__gt=F("unit__valid_to")))
    for name, model in HOLDINGS:
        rows = model._default_manager.filter(outlives).exclude(valid_to=F("valid_from")).order_by("pk")
        for key, unit, until in rows.values_list("pk", "unit_id", "unit__valid_to").iterator():
            yield f"{name} {key}: outlives unit {unit}, which ended on {until}"


def administrators() -> Iterator[str]:
    """Each whole tree has somebody who may sign in and look after the accounts of all of it."""
    for root in Unit.objects.valid_on().filter(parent=None).order_by("pk"):
        grants = RoleGrant.objects.valid_on(today()).filter(unit=root)
        holders = User.objects.filter(is_active=True, pk__in=grants.values("user_id")).order_by("pk")
        if not any(can(user, Permission.ACCOUNT_MANAGE, root) for user in holders.iterator()):
            yield f"unit {root.pk}: nobody may look after its accounts"


def _overlaps(model: Holding, *key: str) -> Iterator[tuple[Any, ...]]:
    """Rows with the same key of which the later begins before the one that lasts longest has ended."""
    # A role taken back on its first day is in force on no day, and meets nothing.
    rows = model._default_manager.exclude(valid_to=F("valid_from")).order_by(*key, "valid_from", "pk")
    held, longest, ends = None, 0, dt.date.min
    for *own, pk, since, until in rows.values_list(*key, "pk", "valid_from", "valid_to").iterator():
        if own == held and since < ends:
            yield (*own, longest, pk)
        if own != held or (until or dt.date.max) > ends:
            held, longest, ends = own, pk, until or dt.date.max
