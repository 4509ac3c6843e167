"""Who sees what of the first pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thongsuot.accounts.roles import BuiltIn, Permission
from thongsuot.organizations.reach import can_anywhere, grants_of

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def can_see_jobs(user: Viewer) -> bool:
    return can_anywhere(user, Permission.JOBS_READ)


def has_own_work(user: Viewer) -> bool:
    """Everybody but an account that only looks after the system."""
    roles = {grant.role for grant in grants_of(user)}
    return roles != {BuiltIn.ADMINISTRATOR}
