"""Attendance from the list of a meeting system: its rows wait in the database, never a file on disk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.meetings.online.columns import COLUMNS, NAMING, guess_columns, header_and_rows
from thongsuot.dissemination.models import AttendanceList, AttendanceState, Session, SessionState, Way
from thongsuot.dissemination.queries.online import audience_of, look_through
from thongsuot.dissemination.services.attendance import mark_attendance
from thongsuot.formats.reading.errors import ReadingError
from thongsuot.formats.tables import read_table
from thongsuot.organizations.imports.sentences import REFUSALS
from thongsuot.organizations.models import Unit

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

MOST_ROWS = 20_000
MOST_BYTES = 5 * 1024 * 1024


def take_in_list(*, by: User, session: Session, content: bytes) -> AttendanceList:
    """Read the list and keep its rows until somebody decides; nobody's attendance is changed by it."""
    _check(by, session)
    if len(content) > MOST_BYTES:
        raise Refused(
            _("The list is larger than 5 MB. Leave out what is not about who was there."), "too_large"
        )
    try:
        header, rows = header_and_rows(read_table(content).rows)
    except ReadingError as error:
        raise Refused(str(REFUSALS.get(error.code, REFUSALS["broken"])), error.code) from None
    columns = guess_columns(header)
    if not rows:
        raise Refused(str(REFUSALS["no_rows"]), "no_rows")
    if len(rows) > MOST_ROWS:
        raise Refused(_("The list has more than %(most)s rows.") % {"most": MOST_ROWS}, "too_many_rows")
    length = round((session.until - session.starts_at).total_seconds() / 60)
    with transaction.atomic():
        AttendanceList.objects.filter(session=session, created_by=by).delete()
        return AttendanceList.objects.create(
            session=session, header=header, rows=rows, columns=columns, minutes=length, created_by=by
        )


@transaction.atomic
def read_list_as(
    *, by: User, batch: AttendanceList, columns: Mapping[str, int], least_share: int, minutes: int
) -> None:
    """Say which column is which, and how much of how long a session somebody has to have been there."""
    _check(by, batch.session)
    if not set(NAMING) & set(columns):
        raise Refused(_("Choose the column that says who it is: name, e-mail, code or telephone."), "no_name")
    if len(set(columns.values())) != len(columns) or not set(columns) <= set(COLUMNS):
        raise Refused(_("Each column can be chosen once."), "column_twice")
    batch.columns, batch.least_share, batch.minutes = dict(columns), least_share, minutes
    batch.save(update_fields=["columns", "least_share", "minutes"])


@transaction.atomic
def take_over_list(
    *, by: User, batch: AttendanceList, answers: Mapping[str, int], absent_too: bool = False
) -> int:
    """Note those as present whom the list shows long enough; how many marks changed. The rows go.

    ``answers`` says whom a doubtful name means. Who is marked already stays as they are, but for those who were there
    after all; with ``absent_too`` whoever is neither in the list nor marked was absent.
    """
    _check(by, batch.session)
    if not AttendanceList.objects.select_for_update().filter(pk=batch.pk).exists():
        raise Refused(_("Somebody has decided about this list already."), "state")
    called = {one.person_id: one for one in audience_of(by, batch.session)}
    stays = look_through(batch, called.values(), answers).found
    least = batch.least_share * batch.minutes / 100
    there = {person for person, stay in stays.items() if stay.is_enough(least)}
    present, among = defaultdict(set), defaultdict(set)
    for person, one in called.items():
        if person in there and one.state != AttendanceState.PRESENT:
            present[one.unit_id].add(person)
            among[one.unit_id].add(person)
        elif absent_too and person not in there and one.state == AttendanceState.EXPECTED:
            among[one.unit_id].add(person)
    for unit in Unit.objects.filter(pk__in=among).order_by("pk"):
        mark_attendance(
            by=by,
            session=batch.session,
            unit=unit,
            present=present[unit.pk],
            excused=set(),
            among=among[unit.pk],
            way=Way.IMPORT,
            reason=_("By the list of the meeting system"),
        )
    changed = sum(len(people) for people in among.values())
    record("session.list_taken_over", by=by, on=batch.session, people=len(there), changed=changed)
    batch.delete()
    return changed


@transaction.atomic
def give_up_list(*, by: User, batch: AttendanceList) -> None:
    """Forget the rows."""
    _check(by, batch.session)
    batch.delete()


def _check(by: User, session: Session) -> None:
    require(bool(audience_of(by, session)))
    if session.state == SessionState.CANCELLED:
        raise Refused(_("The session was cancelled: attendance cannot be taken."), "cancelled")
