"""Who may read the record of acts, and how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.organizations.queries.acts import reads_acts_of_no_unit
from thongsuot.organizations.reach import can_anywhere

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

__all__ = ["can_read_record", "reads_acts_of_no_unit"]


def can_read_record(user: Viewer) -> bool:
    return can_anywhere(user, Permission.AUDIT_READ)
