"""The figures of a document: counts with rates, by unit, level, form and day, the curve, the workbook."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.cast import Cast
from tests.dissemination.factories import DUE, ISSUED, TODAY, make_session
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.dissemination.curve import BOTTOM, LEFT, RIGHT, TOP, draw
from thongsuot.dissemination.models import Attendance
from thongsuot.dissemination.queries.figures import (
    DayReached,
    UnitFigures,
    days_of,
    figures_below,
    figures_of,
    levels_of,
    sessions_about,
)
from thongsuot.dissemination.services import confirm_reading, mark_attendance, require_dissemination
from thongsuot.documents.models import Document
from thongsuot.documents.services import publish_version
from thongsuot.organizations.models import Unit
from thongsuot.organizations.models.units import segment_of
from thongsuot.organizations.services import enrol_people

YESTERDAY = TODAY - dt.timedelta(days=1)
WAYS = ("don-vi", "cap", "hinh-thuc", "ngay")


@pytest.fixture
def under_way(cast: Cast, document: Document) -> Document:
    """Ten of one ward asked: five were at a session yesterday, one has read today."""
    Document.objects.filter(pk=document.pk).update(issuing_unit=cast.city)
    document.refresh_from_db()
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=DUE)
    session = make_session(cast.ward_leader, cast.ward, [cast.second_cell], [document], day=YESTERDAY)
    people = set(Attendance.objects.filter(session=session).values_list("person_id", flat=True))
    mark_attendance(
        by=cast.ward_leader, session=session, unit=cast.second_cell, present=people, excused=set()
    )
    confirm_reading(by=cast.member, document=document)
    return document


def page(client: Client, user: User, document: Document, query: str = "", name: str = "figures") -> str:
    client.force_login(user)
    return assert_whole(client.get(reverse(f"dissemination:{name}", args=[document.pk]) + query))


def test_figures_are_counts_by_unit_level_form_and_day(cast: Cast, under_way: Document) -> None:
    days = days_of(under_way, cast.city)
    assert [(row.day, row.ways, row.so_far) for row in days] == [
        (YESTERDAY, {"session": 5}, 5),
        (TODAY, {"reading": 1}, 6),
    ]
    sessions = sessions_about(under_way, cast.city)
    assert (sessions.held, sessions.planned, sessions.called, sessions.present) == (1, 0, 5, 5)
    assert [row.form for row in sessions.forms] == ["sinh_hoat_chi_bo"]
    assert sessions_about(under_way, cast.cell).held == 0
    levels = {row.kind: (row.units, row.through) for row in levels_of(under_way, cast.city)}
    assert levels == {"city_committee": (1, 0), "ward_committee": (1, 0), "cell": (2, 1)}
    whole = figures_of(under_way.pk, cast.city.pk)
    assert whole
    assert (whole.coverage.required, whole.plans.asked) == (10, 0)
    assert [UnitFigures.of(row).unit for row in figures_below(under_way, cast.ward)] == [
        cast.cell,
        cast.second_cell,
    ]


def test_the_page_says_every_figure_with_its_base(client: Client, cast: Cast, under_way: Document) -> None:
    texts = {way: page(client, cast.city_leader, under_way, f"?theo={way}") for way in WAYS}
    for text in texts.values():
        assert "<b>6</b>/10</span> <em>60,0 %</em>" in text
        assert "6/10 người (60,0 %)" in text  # the words of the curve
        assert text.count('<svg class="chart"') == 1
    assert f"?don-vi={cast.ward.pk}" in texts["don-vi"]
    assert "chi bộ" in texts["cap"].casefold()
    assert (
        "họp chi bộ" in texts["hinh-thuc"].casefold() or "sinh hoạt chi bộ" in texts["hinh-thuc"].casefold()
    )
    assert YESTERDAY.strftime("%d/%m/%Y") in texts["ngay"]
    assert "<b>1</b>/1" in texts["hinh-thuc"] or "<b>5</b>/5" in texts["hinh-thuc"]
    name = cast.person(cast.member).name
    for user in (cast.cell_head, cast.ward_leader, cast.city_leader):
        assert name not in page(client, user, under_way, f"?don-vi={cast.cell.pk}")
    cell = page(client, cast.cell_head, under_way)
    assert "theo=don-vi" not in cell
    assert "<b>1</b>/5" in cell


def test_the_page_tells_why_coverage_fell(client: Client, cast: Cast, under_way: Document) -> None:
    assert 'class="why"' not in page(client, cast.city_leader, under_way)
    publish_version(
        by=cast.city_clerk,
        document=under_way,
        material=True,
        what_changed="Thêm thời hạn",
        text=f"{under_way.text}\nThêm thời hạn.",
    )
    for name in ("figures", "coverage"):
        text = page(client, cast.city_leader, under_way, name=name)
        assert "Thêm thời hạn" in text
        assert "<b>0</b>/10" in text


def test_the_workbook_holds_counts_and_shares_as_numbers(
    client: Client, cast: Cast, under_way: Document
) -> None:
    client.force_login(cast.city_leader)
    tables = {}
    for way in WAYS:
        answer = client.get(reverse("dissemination:figures_file", args=[under_way.pk]) + f"?theo={way}")
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file
        tables[way] = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    ward, city = tables["don-vi"][1:]
    assert ward[:4] == [cast.ward.name, 10, 6, 0.6] == [ward[0], *city[1:4]]
    assert ward[6:9] == [2, 1, 0.5]  # the heads of the two cells
    assert [row[1:3] for row in tables["cap"][1:]] == [[1, 0], [1, 0], [2, 1]]
    assert tables["ngay"][1:] == [[YESTERDAY, 5, 5, 10, 0.5], [TODAY, 1, 6, 10, 0.6]]
    assert [row[1:] for row in tables["hinh-thuc"][1:]] == [
        [5, "", "", "", ""],
        [1, "", "", "", ""],
        ["", 1, 5, 5, 1],
    ]


def test_as_many_queries_for_twenty_units_as_for_two(client: Client, cast: Cast, under_way: Document) -> None:
    def ask(way: str) -> int:
        client.force_login(cast.ward_leader)
        address = reverse("dissemination:figures", args=[under_way.pk])
        with CaptureQueriesContext(connection) as asked:
            assert_whole(client.get(f"{address}?don-vi={cast.ward.pk}&theo={way}"))
        import sys

        print(way, *[q["sql"][:170] for q in asked], sep="\n", file=sys.stderr)
        return len(asked)

    few = {way: ask(way) for way in WAYS}
    few = {way: ask(way) for way in WAYS}
    for number in range(18):
        cell = Unit.objects.create(
            parent=cast.ward,
            path=f"{cast.ward.path}{segment_of(900_000 + number)}",
            depth=cast.cell.depth,
            kind="cell",
            name=f"Chi bộ {number}",
            short_name=f"CB {number}",
            valid_from=dt.date(2020, 1, 1),
            sort_key=f"{number:04}",
        )
        enrol_people([(f"Đảng viên {number}", cell)], since=dt.date(2020, 1, 1))
        make_session(cast.ward_leader, cast.ward, [cell], [under_way])
    require_dissemination(by=cast.city_clerk, document=under_way, unit=cast.city, units=[cast.ward], due=DUE)
    assert {way: ask(way) for way in WAYS} == few
    assert "CB 17" in page(client, cast.ward_leader, under_way)
    assert max(few.values()) <= 12, few


def day(number: int, reached: int, so_far: int) -> DayReached:
    return DayReached(ISSUED + dt.timedelta(days=number), {"reading": reached}, so_far)


def test_the_curve_stays_in_its_frame_and_says_how_it_stood_at_the_deadline() -> None:
    days = [day(3, 4, 4), day(30, 6, 10)]
    curve = draw(days, whole=10, issued_on=ISSUED, due=DUE, today=DUE + dt.timedelta(days=9))
    assert curve
    assert curve.by_due == 4
    assert (curve.first, curve.last) == (ISSUED, DUE + dt.timedelta(days=9))
    assert curve.line.startswith(f"M{LEFT} {BOTTOM}H")
    assert (curve.end_x, curve.end_y) == (RIGHT, TOP)
    assert curve.due
    assert LEFT < curve.due.x < RIGHT
    before = draw([], whole=10, issued_on=ISSUED, due=DUE, today=TODAY, changed_on=TODAY)
    assert before
    assert (before.by_due, before.end_y) == (None, BOTTOM)
    assert before.end_x < RIGHT
    assert before.changed
    assert (before.changed.day, curve.changed) == (TODAY, None)
    assert draw([], whole=0, issued_on=ISSUED, due=None, today=TODAY) is None
    # A paper of long ago: neither the years before nor the years after push the curve together.
    old = draw([day(900, 1, 1)], whole=3, issued_on=ISSUED, due=None, today=ISSUED + dt.timedelta(days=3000))
    assert old
    assert (old.last - old.first).days <= 90
