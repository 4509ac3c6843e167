"""Which marks of attendance were changed, for those who may see names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from thongsuot.accounts.roles import Permission
from thongsuot.dissemination.models import AttendanceCorrection, Session
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def corrections_of(user: Viewer, session: Session) -> QuerySet[AttendanceCorrection]:
    """The newest first, in the cells whose members a person may see by name."""
    rows = AttendanceCorrection.objects.filter(reach(user, Permission.MEMBERS_READ), session=session)
    return rows.select_related("person", "unit", "by", "noted_by").order_by("-at", "-id")
