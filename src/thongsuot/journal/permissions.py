"""Who may read the record of acts, and how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.organizations.reach import can_anywhere, grants_with

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def can_read_record(user: Viewer) -> bool:
    return can_anywhere(user, Permission.AUDIT_READ)


def can_read_acts_of_no_unit(user: Viewer) -> bool:
    """What concerns the whole installation is for those who look after all of it."""
    return any(
        grant.reaches_subtree and grant.unit.depth == 0 and Permission.JOBS_READ in grant.permissions
        for grant in grants_with(user, Permission.AUDIT_READ)
    )
