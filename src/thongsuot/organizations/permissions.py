"""Who may look at units and keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.organizations.reach import can_anywhere

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def can_see_units(user: Viewer) -> bool:
    return can_anywhere(user, Permission.UNIT_READ)
