"""Taking the record out of the house is an act of its own."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from thongsuot.accounts.models import User
from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.journal.permissions import can_read_record
from thongsuot.organizations.reach import top_grant


@transaction.atomic
def note_export(*, by: User, asked: dict[str, Any]) -> None:
    """Record that somebody exported the record, and what they asked for, before the file begins."""
    require(can_read_record(by))
    grant = top_grant(by, [Permission.AUDIT_READ])
    record("journal.exported", by=by, on=by, unit_id=grant.unit_id if grant else None, asked=asked)
