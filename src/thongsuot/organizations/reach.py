"""How far a person's rights go: from roles in units to a condition every query can start from.

One query a request reads the grants in force; all else is compared in memory or put into the query as ranges
of the path index.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from thongsuot.accounts.roles import PERMISSIONS_OF, Permission
from thongsuot.organizations.models import Person, RoleGrant, Unit

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

    Viewer = User | AnonymousUser


@dataclass(frozen=True)
class Grant:
    """A role in force, with what is needed to compare it with a unit."""

    role: str
    unit: Unit
    reaches_subtree: bool

    @property
    def unit_id(self) -> int:
        return self.unit.pk

    @property
    def path(self) -> str:
        return self.unit.path

    @property
    def unit_name(self) -> str:
        return self.unit.short_name

    def reaches(self, unit: Unit) -> bool:
        return unit.path.startswith(self.path) if self.reaches_subtree else unit.path == self.path


def grants_of(user: Viewer) -> tuple[Grant, ...]:
    """The roles in force today, highest unit first; read once for each request's user object."""
    if not user.is_authenticated:
        return ()
    known = getattr(user, "_grants", None)
    if known is None:
        rows = (
            RoleGrant.objects.valid_on()
            .filter(user=user)
            .select_related("unit", "user__person")
            .order_by("unit__path", "role")
        )
        known = tuple(Grant(row.role, row.unit, row.reaches_subtree) for row in rows)
        user._grants = known  # type: ignore[attr-defined]  # a cache that lives as long as the request's user
        for row in rows[:1]:  # who it is comes with the roles
            user._person = getattr(row.user, "person", None)  # type: ignore[attr-defined]  # cache
    return known


def person_of(user: Viewer) -> Person | None:
    """Who the account belongs to, read once for each request's user object."""
    if not user.is_authenticated:
        return None
    if not hasattr(user, "_person") and not grants_of(user):
        user._person = Person.objects.filter(user=user).first()  # type: ignore[attr-defined]  # cache
    person: Person | None = user._person  # type: ignore[attr-defined]  # cache
    return person


def grants_with(user: Viewer, permission: Permission) -> list[Grant]:
    return [grant for grant in grants_of(user) if permission in PERMISSIONS_OF[grant.role]]


def can(user: Viewer, permission: Permission, unit: Unit) -> bool:
    """Whether a role gives the permission in this unit. No query beyond the grants."""
    return any(grant.reaches(unit) for grant in grants_with(user, permission))


def can_anywhere(user: Viewer, permission: Permission) -> bool:
    return bool(grants_with(user, permission))


def reach(user: Viewer, permission: Permission, field: str = "unit") -> Q:
    """The condition "in a unit where this person has the permission" on a foreign key to ``Unit``.

    ``field`` is the way to the unit ("" when the queryset is of units itself).
    """
    prefix = f"{field}__" if field else ""
    key = f"{field}_id" if field else "pk"
    condition = Q(**{f"{key}__in": []})
    for grant in grants_with(user, permission):
        if grant.reaches_subtree:
            condition |= Q(**{f"{prefix}path__gte": grant.path, f"{prefix}path__lt": grant.path + "~"})
        else:
            condition |= Q(**{key: grant.unit_id})
    return condition


def own_unit_ids(user: Viewer, permission: Permission) -> list[int]:
    """The units in which the person holds a role with the permission, not those below."""
    return list(dict.fromkeys(grant.unit_id for grant in grants_with(user, permission)))


def own_units(user: Viewer, permission: Permission) -> list[Unit]:
    """The same as rows, highest first: what a person acts for when a form asks "in whose name"."""
    return list(Unit.objects.filter(pk__in=own_unit_ids(user, permission)).order_by("path"))


def top_grant(user: Viewer, permissions: Iterable[Permission]) -> Grant | None:
    """The highest unit in which the person has any of the permissions."""
    wanted = set(permissions)
    for grant in grants_of(user):
        if wanted & PERMISSIONS_OF[grant.role]:
            return grant
    return None
