"""Marks that are changed after they were made: both values are kept, and late ones say why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from thongsuot.core.clock import day_of, today
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import Attendance, AttendanceCorrection, AttendanceState, Session

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


def needs_reason(session: Session) -> bool:
    """A slip of the pen is put right at once; what is changed days later is explained."""
    return today() > day_of(session.starts_at) + dt.timedelta(days=settings.ATTENDANCE_FREE_DAYS)


def note_corrections(
    *,
    by: User,
    session: Session,
    unit_id: int,
    before: Mapping[int, str],
    wanted: Mapping[int, AttendanceState],
    reason: str = "",
) -> None:
    """Keep what stood there before; the caller writes what stands there now, in the same transaction."""
    marked = [
        person for person, state in wanted.items() if before[person] not in (AttendanceState.EXPECTED, state)
    ]
    if not marked:
        return
    if not reason.strip() and needs_reason(session):
        raise Refused(_("The session was some days ago: say why the attendance is corrected."), "no_reason")
    rows = Attendance.objects.filter(unit=unit_id, session=session, person__in=marked)
    AttendanceCorrection.objects.bulk_create(
        [
            AttendanceCorrection(
                unit_id=unit_id,
                session=session,
                person_id=row.person_id,
                before=row.state,
                noted_at=row.marked_at,
                noted_by_id=row.marked_by_id,
                after=wanted[row.person_id],
                by=by,
                reason=reason.strip(),
            )
            for row in rows.order_by("person_id")
        ],
        batch_size=500,
    )
