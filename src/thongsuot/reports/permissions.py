"""Who may look at the overview of a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import can_anywhere, grants_with

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def can_see_overviews(user: Viewer) -> bool:
    return can_anywhere(user, Permission.OVERVIEW_READ)


def own_overview_unit(user: Viewer) -> Unit | None:
    """The highest unit whose overview a person may see: where the first page opens."""
    grants = grants_with(user, Permission.OVERVIEW_READ)
    return grants[0].unit if grants else None
