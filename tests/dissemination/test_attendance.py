"""Sessions: called, held, marked, corrected; counters stay exact."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import DUE, NOON, TODAY, make_document, make_session
from thongsuot.accounts.models import User
from thongsuot.audit.queries import timeline_of
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import (
    Attendance,
    Channel,
    CoverageCounter,
    ReachEvent,
    Receipt,
    Requirement,
    Session,
    SessionState,
)
from thongsuot.dissemination.services import (
    call_session,
    cancel_session,
    confirm_reading,
    hold_session,
    mark_attendance,
    require_dissemination,
)
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Membership
from thongsuot.organizations.services import enrol_people


def _people(session: Session, unit_id: int) -> list[int]:
    rows = Attendance.objects.filter(session=session, unit_id=unit_id).order_by("person_id")
    return list(rows.values_list("person_id", flat=True))


@pytest.fixture
def session(cast: Cast, document: Document) -> Session:
    """The ward's session today at 08:00 for both its cells; everybody had to hear of the document before."""
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=DUE)
    return make_session(cast.ward_leader, cast.ward, [cast.cell, cast.second_cell], [document])


def test_the_members_of_the_cells_are_called(cast: Cast, session: Session) -> None:
    assert Attendance.objects.filter(session=session).count() == 10
    assert {(p.unit_id, p.called) for p in session.units.all()} == {
        (cast.cell.pk, 5),
        (cast.second_cell.pk, 5),
    }
    assert Requirement.objects.count() == 1
    assert session.state == SessionState.PLANNED


def test_calling_opens_receipts_where_there_were_none(cast: Cast, document: Document) -> None:
    make_session(cast.ward_leader, cast.ward, [cast.cell], [document], day=TODAY + dt.timedelta(days=2))
    assert set(Receipt.objects.values_list("unit", "due")) == {(cast.cell.pk, TODAY + dt.timedelta(days=2))}
    assert Receipt.objects.count() == 5
    assert_counts_equal_the_rows()


def test_presence_reaches_absence_does_not(cast: Cast, session: Session) -> None:
    people = _people(session, cast.cell.pk)
    mark_attendance(
        by=cast.cell_head, session=session, unit=cast.cell, present=set(people[:3]), excused={people[3]}
    )
    reached = Receipt.objects.filter(
        unit=cast.cell, reached_on=TODAY, channel=Channel.SESSION, session=session
    )
    assert sorted(reached.values_list("person_id", flat=True)) == people[:3]
    marked = Attendance.objects.filter(session=session, unit=cast.cell)
    assert set(marked.values_list("way", "marked_by")) == {
        ("list", cast.cell_head.pk),
    }
    counter = CoverageCounter.objects.get(unit=cast.cell)
    assert (counter.reached, counter.in_time, counter.by_session, counter.met) == (3, 3, 3, 1)
    assert counter.first_met_on == TODAY
    session.refresh_from_db()
    assert session.state == SessionState.HELD
    assert set(_people(session, cast.second_cell.pk)) == set(
        Attendance.objects.filter(unit=cast.second_cell, state="expected").values_list("person_id", flat=True)
    )
    assert_counts_equal_the_rows()


def test_the_same_marking_twice_changes_nothing(cast: Cast, session: Session) -> None:
    people = set(_people(session, cast.cell.pk))
    for _ in range(2):
        mark_attendance(by=cast.cell_head, session=session, unit=cast.cell, present=people, excused=set())
    assert ReachEvent.objects.count() == 5
    assert [entry.verb for entry in timeline_of(session)].count("session.attendance_marked") == 1
    assert_counts_equal_the_rows()


def test_a_correction_takes_back_only_what_this_session_reached(cast: Cast, session: Session) -> None:
    people = _people(session, cast.cell.pk)
    reader = cast.person(cast.member).pk
    confirm_reading(by=cast.member, document=Document.objects.get())
    mark_attendance(by=cast.cell_head, session=session, unit=cast.cell, present=set(people), excused=set())
    mark_attendance(by=cast.cell_head, session=session, unit=cast.cell, present=set(), excused=set())
    still = Receipt.objects.filter(unit=cast.cell, reached_at__isnull=False)
    assert list(still.values_list("person_id", "channel")) == [(reader, Channel.READING)]
    counter = CoverageCounter.objects.get(unit=cast.cell)
    assert (counter.reached, counter.by_session, counter.met, counter.first_met_on) == (1, 0, 0, None)
    assert ReachEvent.objects.filter(verb="withdrawn").count() == 4
    assert_counts_equal_the_rows()


def test_who_was_also_at_another_session_stays_reached(
    cast: Cast, session: Session, document: Document
) -> None:
    person = cast.person(cast.member).pk
    earlier = make_session(
        cast.cell_head, cast.cell, [cast.cell], [document], day=TODAY - dt.timedelta(days=3)
    )
    for each in (session, earlier):
        mark_attendance(by=cast.cell_head, session=each, unit=cast.cell, present={person}, excused=set())
    mark_attendance(by=cast.cell_head, session=session, unit=cast.cell, present=set(), excused=set())
    receipt = Receipt.objects.get(person=person)
    assert (receipt.session_id, receipt.reached_on) == (earlier.pk, TODAY - dt.timedelta(days=3))
    assert_counts_equal_the_rows()


def test_a_session_after_the_deadline_reaches_but_not_in_time(cast: Cast, document: Document) -> None:
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=TODAY)
    with clock.at(NOON + dt.timedelta(days=2)):
        late = make_session(
            cast.cell_head, cast.cell, [cast.cell], [document], day=TODAY + dt.timedelta(days=1)
        )
        people = set(_people(late, cast.cell.pk))
        mark_attendance(by=cast.cell_head, session=late, unit=cast.cell, present=people, excused=set())
    counter = CoverageCounter.objects.get(unit=cast.cell)
    assert (counter.reached, counter.in_time) == (5, 0)


def test_a_page_of_a_long_list_leaves_the_others_alone(cast: Cast, session: Session) -> None:
    people = _people(session, cast.cell.pk)
    mark_attendance(
        by=cast.ward_clerk,
        session=session,
        unit=cast.cell,
        present={people[0]},
        excused=set(),
        among={*people[:2]},
    )
    states = dict(Attendance.objects.filter(unit=cast.cell).values_list("person_id", "state"))
    assert [states[p] for p in people] == ["present", "absent", "expected", "expected", "expected"]


def test_somebody_who_changed_cells_is_reached_where_they_were_required(
    cast: Cast, document: Document
) -> None:
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.cell], due=DUE)
    person = cast.person(cast.member)
    Membership.objects.filter(person=person).update(valid_to=TODAY)
    Membership.objects.create(person=person, unit=cast.second_cell, valid_from=TODAY)
    session = make_session(cast.ward_leader, cast.ward, [cast.second_cell], [document])
    mark_attendance(
        by=cast.ward_clerk, session=session, unit=cast.second_cell, present={person.pk}, excused=set()
    )
    assert CoverageCounter.objects.get(unit=cast.cell).reached == 1
    assert Receipt.objects.filter(person=person).count() == 1


@pytest.mark.parametrize(
    ("part", "allowed"),
    [
        ("cell_head", True),
        ("ward_leader", True),
        ("ward_clerk", True),
        ("city_clerk", True),
        ("other_cell_head", False),
        ("other_ward_leader", False),
        ("ward_officer", False),
        ("member", False),
        ("city_inspector", False),
        ("administrator", False),
    ],
)
def test_who_takes_attendance(cast: Cast, session: Session, part: str, allowed: bool) -> None:
    user: User = cast.everybody[part]
    if allowed:
        mark_attendance(by=user, session=session, unit=cast.cell, present=set(), excused=set())
        assert Attendance.objects.filter(unit=cast.cell, state="absent").count() == 5
    else:
        with pytest.raises(PermissionDenied):
            mark_attendance(by=user, session=session, unit=cast.cell, present=set(), excused=set())


def test_what_is_refused(cast: Cast, session: Session, document: Document) -> None:
    stranger = cast.person(cast.other_member).pk

    def code(**more: object) -> str:
        with pytest.raises(Refused) as refusal:
            mark_attendance(
                **{  # type: ignore[arg-type]  # one argument is exchanged at a time
                    "by": cast.city_clerk,
                    "session": session,
                    "unit": cast.cell,
                    "present": set(),
                    "excused": set(),
                }
                | more
            )
        return refusal.value.code

    assert code(present={stranger}) == "not_called"
    assert code(unit=cast.other_cell) == "not_called"
    tomorrow = make_session(
        cast.ward_leader, cast.ward, [cast.cell], [document], day=TODAY + dt.timedelta(days=1)
    )
    assert code(session=tomorrow) == "not_yet"
    off = make_session(cast.ward_leader, cast.ward, [cast.cell], [document])
    cancel_session(by=cast.ward_leader, session=off, reason="Mưa bão")
    assert code(session=off) == "cancelled"


def test_a_session_is_held_or_cancelled_once(cast: Cast, session: Session) -> None:
    with pytest.raises(PermissionDenied):
        hold_session(by=cast.cell_head, session=session)
    assert hold_session(by=cast.ward_clerk, session=session).state == SessionState.HELD
    with pytest.raises(Refused):
        cancel_session(by=cast.ward_leader, session=session, reason="Hoãn")
    with pytest.raises(Refused):
        hold_session(by=cast.ward_leader, session=session)
    with pytest.raises(Refused) as refusal:
        cancel_session(by=cast.ward_leader, session=session, reason=" ")
    assert refusal.value.code == "no_reason"
    assert [entry.verb for entry in timeline_of(session)] == ["session.called", "session.held"]


def test_calling_is_refused_where_it_makes_no_sense(cast: Cast, document: Document) -> None:
    def call(**more: object) -> str:
        given = {
            "by": cast.ward_leader,
            "unit": cast.ward,
            "cells": [cast.cell],
            "documents": [document],
            "title": "Quán triệt",
            "form": "sinh_hoat_chi_bo",
            "starts_at": NOON,
            "place": "Hội trường",
        } | more
        with pytest.raises((Refused, PermissionDenied)) as refusal:
            call_session(**given)  # type: ignore[arg-type]  # one argument is exchanged at a time
        return getattr(refusal.value, "code", "denied")

    assert call(cells=[]) == "no_cells"
    assert call(documents=[]) == "no_documents"
    assert call(starts_at=NOON - dt.timedelta(days=60)) == "before_document"
    assert call(by=cast.ward_clerk) == "denied"
    assert call(cells=[cast.other_cell]) == "denied"
    assert call(documents=[make_document(cast.city_clerk, cast.city, number=13)]) == "denied"


@pytest.mark.parametrize("members", [10, 1000])
def test_marking_a_cell_is_done_in_sets(cast: Cast, document: Document, members: int) -> None:
    enrol_people([(f"Đảng viên {n}", cast.cell) for n in range(members)], since=dt.date(2020, 1, 1))
    session = make_session(cast.ward_leader, cast.ward, [cast.cell], [document])
    people = set(_people(session, cast.cell.pk))
    with CaptureQueriesContext(connection) as marked:
        mark_attendance(by=cast.cell_head, session=session, unit=cast.cell, present=people, excused=set())
    assert sum("INTO dissemination_reachevent" in query["sql"] for query in marked) == 1
    assert len(marked) <= 38, "\n".join(query["sql"][:100] for query in marked)
    facts = ReachEvent.objects.filter(unit=cast.cell)
    assert set(facts.values_list("verb", "channel", "by", "session", "text_sha256", "reason")) == {
        ("reached", "session", cast.cell_head.pk, session.pk, document.text_sha256, "")
    }
    assert set(facts.values_list("person_id", flat=True)) == people
    assert {fact.version for fact in facts.values_list("id", flat=True)} == {7}
    assert CoverageCounter.objects.get(unit=cast.cell).reached == members + 5
    assert_counts_equal_the_rows()
