"""Who looks after personal data, and how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.organizations.models import Person, RoleGrant, Unit
from thongsuot.organizations.queries.people import units_of
from thongsuot.organizations.reach import can, can_anywhere, person_of, reach

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from thongsuot.organizations.reach import Viewer
    from thongsuot.privacy.models import DataRequest


def can_see_privacy(user: Viewer) -> bool:
    """The officer's pages: what they show of units and people starts at the officer's reach."""
    return can_anywhere(user, Permission.PRIVACY_MANAGE)


def can_manage_privacy_in(user: Viewer, unit: Unit) -> bool:
    return can(user, Permission.PRIVACY_MANAGE, unit)


def can_manage_privacy_everywhere(user: Viewer) -> bool:
    """Over every unit without one above: for what holds for the whole installation, such as periods."""
    tops = Unit.objects.filter(parent=None)
    return can_see_privacy(user) and all(can_manage_privacy_in(user, top) for top in tops)


def units_looked_after(user: Viewer) -> QuerySet[Unit]:
    """Units of today in which this person looks after personal data, in the order of the tree."""
    return Unit.objects.valid_on().filter(reach(user, Permission.PRIVACY_MANAGE, "")).order_by("path")


def is_about(user: Viewer, person: Person) -> bool:
    """Whether the data is this user's own, under whichever key."""
    me = person_of(user)
    return me is not None and (me.is_same_as(person) or person.is_same_as(me))


def can_answer(user: Viewer, request: DataRequest) -> bool:
    """An officer within reach, and never the person who asks."""
    return can_manage_privacy_in(user, request.unit) and not is_about(user, request.person)


def can_erase(user: Viewer, person: Person) -> bool:
    """Only who looks after the data in every unit the person belongs to or has a role in, today or later."""
    kept = person.merged_into or person
    units = {unit.pk: unit for unit in units_of(kept)}
    accounts = Person.objects.filter(pk__in=Person.objects.same_as(kept), user__isnull=False).values("user")
    lasting = Q(valid_to=None) | Q(valid_to__gt=today())
    grants = RoleGrant.objects.filter(lasting, user__in=accounts).values("unit")
    units |= {unit.pk: unit for unit in Unit.objects.filter(pk__in=grants)}
    if not units:
        return can_manage_privacy_everywhere(user)
    return all(can_manage_privacy_in(user, unit) for unit in units.values())
