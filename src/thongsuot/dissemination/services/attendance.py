"""Taking attendance: the whole cell in one go, and corrections that take back no more than they must."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Min
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import day_of, now
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    Channel,
    CoverageCounter,
    Session,
    SessionState,
    SessionUnit,
    Way,
)
from thongsuot.dissemination.permissions import can_mark
from thongsuot.dissemination.services.corrections import note_corrections
from thongsuot.dissemination.services.other_ways import reach_in_the_other_way
from thongsuot.dissemination.services.points import points_touched, recount_points
from thongsuot.dissemination.services.reaching import reach_people, withdraw_people
from thongsuot.dissemination.services.sessions import note_held
from thongsuot.organizations.models import Unit

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def mark_attendance(
    *,
    by: User,
    session: Session,
    unit: Unit,
    present: set[int],
    excused: set[int],
    among: set[int] | None = None,
    way: Way = Way.LIST,
    reason: str = "",
) -> None:
    """Note who of one cell was there; whoever is neither present nor excused was absent.

    ``among`` limits it to the people on one page of a long list. Who is present has been reached, on the day of
    the session, for every document on the agenda; who is corrected to absent loses only what this session had
    reached. The same marking twice changes nothing. ``way`` says how it became known. What stood there before stays
    as a correction; some days after the session that takes a ``reason``.
    """
    require(can_mark(by, unit))
    take_attendance(
        by=by,
        session=session,
        unit=unit,
        present=present,
        excused=excused,
        among=among,
        way=way,
        reason=reason,
    )


def take_attendance(
    *,
    by: User,
    session: Session,
    unit: Unit,
    present: set[int],
    excused: set[int],
    among: set[int] | None = None,
    way: Way = Way.LIST,
    reason: str = "",
) -> None:
    """``mark_attendance`` for a caller who has checked the right: that of a cell, or of a bridge point."""
    place = place_of(session, unit.pk)
    if not note_held(by=by, session=session) and session.state == SessionState.CANCELLED:
        raise Refused(_("The session was cancelled: attendance cannot be taken."), "cancelled")
    before = dict(Attendance.objects.filter(session=session, unit=unit).values_list("person_id", "state"))
    if not (present | excused | (among or set())) <= set(before):
        raise Refused(_("Somebody on the list is not called to this session. Reload the page."), "not_called")
    wanted = {
        person: AttendanceState.PRESENT
        if person in present
        else AttendanceState.EXCUSED
        if person in excused
        else AttendanceState.ABSENT
        for person in (before if among is None else among)
    }
    if not write_marks(
        by=by, session=session, place=place, before=before, wanted=wanted, way=way, reason=reason
    ):
        return
    record(
        "session.attendance_marked",
        by=by,
        on=session,
        unit_id=unit.pk,
        cell=unit.short_name,
        present=place.present,
        excused=place.excused,
        absent=place.absent,
    )


def place_of(session: Session, unit_id: int) -> SessionUnit:
    """The cell's place at the session, held to the end of the transaction: one marking of a cell at a time.

    The second waits here and then sees what the first has written.
    """
    held = SessionUnit.objects.select_for_update(no_key=True)
    place = held.filter(session=session, unit=unit_id).first()
    if place is None:
        raise Refused(_("This cell is not called to the session."), "not_called")
    return place


def write_marks(
    *,
    by: User,
    session: Session,
    place: SessionUnit,
    before: dict[int, str],
    wanted: dict[int, AttendanceState],
    way: Way,
    reason: str = "",
    point_id: int | None = None,
) -> bool:
    """Write what changes under the lock of ``place``, and all that follows from it; whether anything did.

    The caller has checked the right, and that the session takes marks. ``point_id``: before the screen of which
    bridge point; on a list, people are at the one of their cell.
    """
    changed = {person: state for person, state in wanted.items() if before[person] != state}
    if not changed:
        return False
    note_corrections(
        by=by, session=session, unit_id=place.unit_id, before=before, wanted=changed, reason=reason
    )
    points = points_touched(session, place, changed, way, point_id)
    _write(by=by, place=place, changed=changed, way=way, point_id=points.here)
    came = {p for p, state in changed.items() if state == AttendanceState.PRESENT}
    left = {p for p in changed if before[p] == AttendanceState.PRESENT}
    _follow(by=by, session=session, unit_id=place.unit_id, came=came, left=left)
    _recount(place)
    recount_points(points.all)
    enqueue_once(fold_coverage)
    return True


def _write(
    *,
    by: User,
    place: SessionUnit,
    changed: dict[int, AttendanceState],
    way: Way,
    point_id: int | None,
) -> None:
    """One statement for each state that somebody changes to."""
    together: dict[AttendanceState, list[int]] = defaultdict(list)
    for person, state in changed.items():
        together[state].append(person)
    rows = Attendance.objects.filter(unit=place.unit_id, session=place.session_id)
    for state, people in together.items():
        at = point_id if state == AttendanceState.PRESENT else None
        how = way.value if state != AttendanceState.EXPECTED else ""
        rows.filter(person_id__in=people).update(
            state=state, marked_at=now(), marked_by=by, way=how, point_id=at
        )


def _follow(*, by: User, session: Session, unit_id: int, came: set[int], left: set[int]) -> None:
    """What attendance means for the documents on the agenda."""
    if not came and not left:
        return
    documents = sorted(session.agenda.values_list("document_id", flat=True))
    reach_people(
        by=by,
        document_ids=documents,
        person_ids=came,
        channel=Channel.SESSION,
        at=min(session.starts_at, now()),
        session=session,
    )
    withdrawn = withdraw_people(by=by, session=session, person_ids=left)
    if withdrawn:
        reach_by_other_sessions(by=by, people={row.person_id for row in withdrawn}, documents=documents)
        reach_in_the_other_way(withdrawn, by=by)
    _note_meetings(unit_id, documents)


def reach_by_other_sessions(*, by: User, people: set[int], documents: list[int]) -> None:
    """Who was also present elsewhere for the same document has heard of it there."""
    elsewhere = (
        Attendance.objects.filter(
            person_id__in=people, state=AttendanceState.PRESENT, session__agenda__document_id__in=documents
        )
        .select_related("session")
        .order_by("session__starts_at", "session_id", "person_id")
        .values_list("session_id", "session__agenda__document_id", "person_id")
    )
    rows = list(elsewhere)
    sessions = Session.objects.in_bulk({session_id for session_id, _document, _person in rows})
    together: dict[tuple[int, int], list[int]] = defaultdict(list)
    for session_id, document_id, person_id in rows:
        together[(session_id, document_id)].append(person_id)
    for (session_id, document_id), person_ids in together.items():
        other = sessions[session_id]
        reach_people(
            by=by,
            document_ids=[document_id],
            person_ids=person_ids,
            channel=Channel.SESSION,
            at=min(other.starts_at, now()),
            session=other,
        )


def _note_meetings(unit_id: int, documents: Iterable[int]) -> None:
    """A cell has met for a document on the first day somebody of it was present at a session about it."""
    present = Attendance.objects.filter(
        unit=unit_id, state=AttendanceState.PRESENT, session__agenda__document_id__in=list(documents)
    )
    days = present.values("session__agenda__document_id").annotate(first=Min("session__starts_at"))
    firsts = {row["session__agenda__document_id"]: day_of(row["first"]) for row in days}
    for counter in CoverageCounter.objects.filter(unit=unit_id, document_id__in=list(documents)):
        first = firsts.get(counter.document_id)
        if counter.first_met_on != first:
            same = CoverageCounter.objects.filter(unit=unit_id, document_id=counter.document_id)
            same.update(first_met_on=first, met=int(first is not None), changed=True)


def _recount(place: SessionUnit) -> None:
    """The cell's counts from its rows: under the lock of ``place`` they are exact."""
    rows = Attendance.objects.filter(session_id=place.session_id, unit_id=place.unit_id)
    by_state = dict(rows.values_list("state").annotate(number=Count("person_id")))
    place.called = sum(by_state.values())
    place.present = by_state.get(AttendanceState.PRESENT, 0)
    place.excused = by_state.get(AttendanceState.EXCUSED, 0)
    place.absent = by_state.get(AttendanceState.ABSENT, 0)
    place.save(update_fields=["called", "present", "excused", "absent"])
