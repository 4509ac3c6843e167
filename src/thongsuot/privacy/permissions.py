"""Who looks after personal data, and how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import can, can_anywhere, reach

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from thongsuot.organizations.reach import Viewer


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
