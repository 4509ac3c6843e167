"""On which day, in which way, how many: what a late correction, a change of the text and a merger do to a day."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.db import connection

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import DUE, NOON, TODAY, make_session
from thongsuot.core import clock
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import Attendance, Channel, CoverageDay, CoverageDayTotal, Session
from thongsuot.dissemination.services import confirm_reading, mark_attendance, require_dissemination
from thongsuot.documents.models import Document
from thongsuot.documents.services import publish_version
from thongsuot.home.proofs.counting import coverage_days, totals
from thongsuot.organizations.models import Unit

YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def required(cast: Cast, document: Document) -> Document:
    Document.objects.filter(pk=document.pk).update(issuing_unit=cast.city)
    document.refresh_from_db()
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=DUE)
    return document


def days_of(unit: Unit) -> dict[tuple[dt.date, str], int]:
    assert_counts_equal_the_rows()
    rows = CoverageDayTotal._default_manager.filter(unit=unit).exclude(reached=0)
    return {(row.day, row.channel): row.reached for row in rows}


def mark(cast: Cast, session: Session, present: set[int]) -> None:
    mark_attendance(
        by=cast.ward_leader,
        session=session,
        unit=cast.second_cell,
        present=present,
        excused=set(),
        reason="Nhầm danh sách",
    )


def held_yesterday(cast: Cast, document: Document) -> tuple[Session, set[int]]:
    session = make_session(cast.ward_leader, cast.ward, [cast.second_cell], [document], day=YESTERDAY)
    people = set(Attendance.objects.filter(session=session).values_list("person_id", flat=True))
    mark(cast, session, people)
    return session, people


def test_a_correction_changes_the_day_it_is_about(cast: Cast, required: Document) -> None:
    confirm_reading(by=cast.member, document=required)
    session, people = held_yesterday(cast, required)
    assert days_of(cast.city) == {(TODAY, Channel.READING): 1, (YESTERDAY, Channel.SESSION): 5}
    with clock.at(NOON + dt.timedelta(days=3)):
        mark(cast, session, set(sorted(people)[:3]))
        assert days_of(cast.ward) == {(TODAY, Channel.READING): 1, (YESTERDAY, Channel.SESSION): 3}
        mark(cast, session, people)
    assert days_of(cast.ward) == {(TODAY, Channel.READING): 1, (YESTERDAY, Channel.SESSION): 5}


def test_a_session_that_is_told_to_another_day_is_taken_off_the_day_it_was_counted_on(
    cast: Cast, required: Document
) -> None:
    session, _people = held_yesterday(cast, required)
    Session.objects.filter(pk=session.pk).update(starts_at=NOON - dt.timedelta(days=9))
    session.refresh_from_db()
    mark(cast, session, set())
    assert days_of(cast.city) == {}


def test_who_is_asked_again_is_taken_off_the_day_of_the_first_time(cast: Cast, required: Document) -> None:
    held_yesterday(cast, required)
    confirm_reading(by=cast.member, document=required)
    later = NOON + dt.timedelta(days=2)
    with clock.at(later):
        text = f"{required.text}\nThêm thời hạn."
        publish_version(
            by=cast.city_clerk, document=required, material=True, what_changed="Thêm thời hạn", text=text
        )
        assert days_of(cast.city) == {}
        confirm_reading(by=cast.member, document=Document.objects.get(pk=required.pk))
    assert days_of(cast.city) == {(later.date(), Channel.READING): 1}


def test_days_are_proven_and_counted_from_what_was_there_before_them(cast: Cast, required: Document) -> None:
    held_yesterday(cast, required)
    CoverageDay._default_manager.update(reached=9)
    said = list(coverage_days())
    assert said == [
        f"unit {cast.second_cell.pk}, document {required.pk}, day {YESTERDAY}, channel session: "
        "reached 9, the rows say 5"
    ]
    CoverageDay._default_manager.all().delete()
    CoverageDayTotal._default_manager.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("thongsuot.dissemination.migrations.0009_days_from_receipts").FILL)
    fold_coverage()
    assert days_of(cast.city) == {(YESTERDAY, Channel.SESSION): 5}
    CoverageDayTotal._default_manager.filter(unit=cast.ward).update(reached=4)
    assert (
        f"unit {cast.ward.pk}, document {required.pk}, {YESTERDAY}, session: reached 4, the rows say 5"
        in list(totals(CoverageDayTotal))
    )
