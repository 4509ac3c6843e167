"""When units end: their coming sessions pass to who takes over. Receipts stay where they are, and are still confirmed.

A receipt belongs to the cell of the day on which it was required. A place at a session that has not been held is no
fact yet: it is made anew in the cell that takes over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue, enqueue_once
from thongsuot.dissemination.jobs import sum_up_after
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    BridgePoint,
    CoverageDayTotal,
    CoverageTotal,
    PaperPage,
    PaperSheet,
    QuestionTotal,
    ResponseTotal,
    Session,
    SessionHandover,
    SessionState,
    SessionUnit,
)
from thongsuot.dissemination.services.following import follow_everybody
from thongsuot.organizations.hooks import Handover, Impact, Touched

PLANNED = SessionState.PLANNED
# Who calls a session stands in the calendars of those who are called.
NEXT = F("sequence") + 1


def pass_on_sessions(handover: Handover) -> None:
    """Sessions not yet held: the successor calls them, and its cell is called in place of the one that ended."""
    heirs = handover.main_of
    called = Session.objects.filter(unit__in=heirs, state=PLANNED).order_by("pk")
    rows = [_row(handover, session.pk, session.unit_id, heirs, of_cell=False) for session in called]
    for old, new in heirs.items():
        Session.objects.filter(unit=old, state=PLANNED).update(unit=new, sequence=NEXT)
    places = SessionUnit.objects.filter(unit__in=heirs, session__state=PLANNED).order_by("session_id", "pk")
    for place in places.select_for_update(of=("self",)):
        marked = Attendance.objects.filter(**_of(place)).exclude(state=AttendanceState.EXPECTED)
        if marked.exists():
            continue  # somebody has begun to take attendance: it is a fact of the old cell
        row = _row(handover, place.session_id, place.unit_id, heirs, of_cell=True)
        _move(place, row)
        rows.append(row)
    SessionHandover.objects.bulk_create(rows, batch_size=500)
    for old, new in heirs.items():
        BridgePoint.objects.filter(unit=old, session__state=PLANNED).update(
            unit=new, handed_from=old, handed_in=handover.reorganization_id
        )


def _row(
    handover: Handover, session_id: int, old: int, heirs: dict[int, int], *, of_cell: bool
) -> SessionHandover:
    return SessionHandover(
        session_id=session_id,
        of_cell=of_cell,
        from_unit_id=old,
        to_unit_id=heirs[old],
        reorganization_id=handover.reorganization_id,
        at=handover.at,
    )


def _of(place: SessionUnit) -> dict[str, int]:
    return {"session_id": place.session_id, "unit_id": place.unit_id}


def _move(place: SessionUnit, row: SessionHandover) -> None:
    """The places of the members: a row keeps its unit for good, so they are made in the new cell and go in the old."""
    people = sorted(Attendance.objects.filter(**_of(place)).values_list("person_id", flat=True))
    row.people = people
    _expect(place.session_id, row.to_unit_id, people)
    Attendance.objects.filter(**_of(place)).delete()
    there = SessionUnit.objects.filter(session=place.session_id, unit=row.to_unit_id).first()
    row.joined = there is not None
    if there is None:
        SessionUnit.objects.filter(pk=place.pk).update(unit=row.to_unit_id)
    else:
        place.delete()
        _count(place.session_id, row.to_unit_id)


def _expect(session_id: int, unit_id: int, people: Iterable[int]) -> None:
    rows = [Attendance(unit_id=unit_id, session_id=session_id, person_id=person) for person in people]
    Attendance.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _count(session_id: int, unit_id: int) -> None:
    called = Attendance.objects.filter(session=session_id, unit=unit_id).count()
    SessionUnit.objects.filter(session=session_id, unit=unit_id).update(called=called)


def take_back_sessions(handover: Handover) -> None:
    """As it was, the places at the sessions too."""
    rows = SessionHandover.objects.filter(reorganization=handover.reorganization_id, undone_at=None)
    for row in rows.order_by("-pk"):
        if not row.of_cell:
            Session.objects.filter(pk=row.session_id, unit=row.to_unit_id).update(
                unit=row.from_unit_id, sequence=NEXT
            )
            continue
        here = Attendance.objects.filter(session=row.session_id, unit=row.to_unit_id)
        here.filter(person__in=row.people).delete()
        _expect(row.session_id, row.from_unit_id, row.people)
        if row.joined:
            SessionUnit.objects.create(session_id=row.session_id, unit_id=row.from_unit_id)
            _count(row.session_id, row.to_unit_id)
        else:
            SessionUnit.objects.filter(session=row.session_id, unit=row.to_unit_id).update(
                unit=row.from_unit_id
            )
        _count(row.session_id, row.from_unit_id)
    BridgePoint.objects.filter(handed_in=handover.reorganization_id).update(
        unit=F("handed_from"), handed_from=None, handed_in=None
    )
    rows.filter(to_unit__in=handover.founded_ids).delete()
    rows.update(undone_at=now())
    for totals in (CoverageTotal, CoverageDayTotal, ResponseTotal, QuestionTotal):
        totals._default_manager.filter(unit__in=handover.founded_ids).delete()
    # Paper of a cell that never was: its people stand on the sheets of the cells they came from.
    PaperPage.objects.filter(unit__in=handover.founded_ids).delete()
    PaperSheet.objects.filter(unit__in=handover.founded_ids).delete()


def sum_up_later(reorganization_id: int) -> None:
    enqueue(sum_up_after, reorganization_id)
    enqueue_once(follow_everybody)


def objections(handover: Handover) -> Iterator[str]:
    """Sessions that passed on and have been held, or whose attendance was begun."""
    rows = SessionHandover.objects.filter(reorganization=handover.reorganization_id, undone_at=None)
    begun = Attendance.objects.filter(session__in=rows.values("session")).exclude(
        state=AttendanceState.EXPECTED
    )
    held = rows.filter(~Q(session__state=PLANNED) | Q(session__in=begun.values("session")))
    count = held.values("session").distinct().count()
    if count:
        sentence = ngettext(
            "%(count)s session that passed on has been held or called off since.",
            "%(count)s sessions that passed on have been held or called off since.",
            count,
        )
        yield sentence % {"count": count}


def impacts(touched: Touched) -> Iterable[Impact]:
    """Sessions ahead that the units call or are called to."""
    theirs = Q(unit__in=touched.ending) | Q(
        pk__in=SessionUnit.objects.filter(unit__in=touched.ending).values("session")
    )
    count = Session.objects.filter(theirs, state=PLANNED).count()
    yield Impact(_("Sessions not yet held"), count, _("pass to the successor, with those called to them"))
