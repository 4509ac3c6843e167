"""Who looks after personal data, and how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.organizations.reach import can_anywhere

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def can_see_privacy(user: Viewer) -> bool:
    """The officer's pages: what they show of units and people starts at the officer's reach."""
    return can_anywhere(user, Permission.PRIVACY_MANAGE)
