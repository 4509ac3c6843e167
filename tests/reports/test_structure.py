"""Figures as the units stood then and in today's structure: both add up to the same, whatever was reorganised."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.organizations.reorganizing import carried_out, draft, founding, in_days, on
from tests.pages import assert_whole
from tests.reports.factories import a_directive, the_ward_goes_through
from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.dissemination.models import CoverageTotal
from thongsuot.dissemination.queries import coverage_by_part, whole_of
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit
from thongsuot.organizations.queries.structure import Structure
from thongsuot.organizations.reorganization import PartData, StepData, add_step
from thongsuot.reports.queries import sum_of
from thongsuot.tasks.models import Task
from thongsuot.tasks.queries import TaskFigures, tasks_by_part


@pytest.fixture
def document(cast: Cast) -> Document:
    document = a_directive(cast)
    the_ward_goes_through(cast, document)
    Task.objects.create(unit=cast.cell, giver=cast.ward, text="Việc của chi bộ", created_by=cast.ward_leader)
    return document


def reached(
    cast: Cast, document: Document, unit: Unit, day: dt.date | None = None
) -> dict[str, tuple[int, int]]:
    rows = coverage_by_part(cast.city_leader, document, Structure.of(unit, day))
    return {row.part.name: (row.coverage.reached, row.coverage.required) for row in rows}


def tasks(cast: Cast, unit: Unit, day: dt.date | None = None) -> dict[str, TaskFigures]:
    found = tasks_by_part(cast.city_leader, Structure.of(unit, day))
    return {part.name: figures for part, figures in found}


def a_merger_and_a_move(cast: Cast, moved: Unit) -> Unit:
    """Both wards become one; a cell of the commune goes to the city."""
    made = draft(
        cast,
        founding(cast.city, "Đảng ủy phường Vàm Cỏ Đông"),
        StepData("move", unit=moved, target=cast.city),
    )
    found = made.steps.get(kind="found")
    add_step(
        by=cast.city_clerk,
        reorganization=made,
        data=StepData("merge", target=found, sources=[cast.ward, cast.other_ward]),
    )
    carried_out(made)
    return Unit.objects.get(name="Đảng ủy phường Vàm Cỏ Đông")


def test_both_readings_of_a_merger_and_a_move_add_up_to_the_same(cast: Cast, document: Document) -> None:
    day = clock.today()
    before, work_before = reached(cast, document, cast.city), tasks(cast, cast.city)
    assert before == {"Cầu Ván": (4, 10), "Gò Bưởi": (0, 10), "Láng Sếu": (0, 10)}
    moved = Unit.objects.filter(parent=cast.commune, kind="cell").order_by("pk")[0]
    merged = a_merger_and_a_move(cast, moved)
    with on(in_days(2)):
        assert reached(cast, document, cast.city, day) == before
        today = reached(cast, document, cast.city)
        assert today == {"phường Vàm Cỏ Đông": (4, 20), "Láng Sếu": (0, 5), moved.short_name: (0, 5)}
        total = CoverageTotal.objects.get(unit=cast.city, document=document)
        for structure in (Structure.of(cast.city, None), Structure.of(cast.city, day)):
            whole = whole_of(coverage_by_part(cast.city_leader, document, structure))
            assert whole is not None
            assert (whole.reached, whole.required, whole.cells) == (4, 30, total.cells)
        # Open work passed to the successor is counted where it was to be done then.
        assert tasks(cast, cast.city, day) == work_before
        assert sum_of(tasks(cast, cast.city).values()) == sum_of(work_before.values())
        assert tasks(cast, cast.city)["phường Vàm Cỏ Đông"].total == 3
        # What took over later is read as what stood then.
        assert reached(cast, document, merged, day) == {"Cầu Ván": (4, 10), "Gò Bưởi": (0, 10)}
        assert {
            part.now_in for part, _figures in tasks_by_part(cast.city_leader, Structure.of(merged, day))
        } == {merged}


def test_both_readings_of_a_split_add_up_to_the_same(cast: Cast, document: Document) -> None:
    day, before = clock.today(), reached(cast, document, cast.city)
    made = draft(cast, founding(cast.city, "Đảng ủy xã Đông"), founding(cast.city, "Đảng ủy xã Tây"))
    east, west = made.steps.order_by("pk")
    parts = [PartData(east, Decimal("0.6"), is_main=True), PartData(west, Decimal("0.4"))]
    add_step(
        by=cast.city_clerk,
        reorganization=made,
        data=StepData("split", unit=cast.commune, parts=parts, obligations="shares"),
    )
    carried_out(made)
    with on(in_days(2)):
        Task.objects.create(
            unit=Unit.objects.get(name="Đảng ủy xã Tây"),
            giver=cast.city,
            text="Mới",
            created_by=cast.city_leader,
        )
        assert reached(cast, document, cast.city, day) == before
        assert set(reached(cast, document, cast.city)) == {"Cầu Ván", "Gò Bưởi", "xã Đông"}
        then, today = tasks(cast, cast.city, day), tasks(cast, cast.city)
        assert sum_of(then.values()) == sum_of(today.values())
        # The share of the lesser heir was the commune's work; what was given to it since is its own.
        assert (then["Láng Sếu"].total, then["xã Tây"].total) == (2, 1)
        later = {
            part.name
            for part, _f in tasks_by_part(cast.city_leader, Structure.of(cast.city, day))
            if part.is_later
        }
        assert later == {"xã Tây"}


def test_the_pages_say_which_structure_they_read_and_what_is_left_out(
    cast: Cast, client: Client, document: Document
) -> None:
    day = clock.today()
    coverage = reverse("dissemination:coverage", args=[document.pk])
    then = {"co-cau": "khi-do", "ngay": day.isoformat()}
    client.force_login(cast.city_leader)
    few: dict[str, int] = {}
    for address in (coverage, reverse("reports:units")):
        few[address] = queries_of(client, address, {"co-cau": "khi-do", "ngay": "2026-11-20"})
    moved = Unit.objects.filter(parent=cast.commune, kind="cell").order_by("pk")[0]
    a_merger_and_a_move(cast, moved)
    with on(in_days(2)):
        client.force_login(cast.city_leader)
        for address in (coverage, reverse("reports:units")):
            today = assert_whole(client.get(address))
            assert "phường Vàm Cỏ Đông" in today
            assert "<b>Cầu Ván</b>" not in today
            html = assert_whole(client.get(address, then))
            assert f"Các đơn vị như ngày {day:%d/%m/%Y}" in html
            assert "<b>Cầu Ván</b>" in html
            assert "nay thuộc phường Vàm Cỏ Đông" in html
            assert "xem=don-vi" not in html, "no list has the tasks of a day"
            assert f"co-cau=khi-do&amp;ngay={day.isoformat()}" in html
            assert client.get(address, {**then, "ngay": "x"}).status_code == 200
            # Who passed on what to whom is asked once more, for all rows together.
            assert queries_of(client, address, then) <= few[address] + 1
    with on(in_days(2)):
        client.force_login(cast.city_leader)
        for row in client.get(reverse("reports:units")).context["rows"]:
            listed = client.get(row.rows_of).context["page"].paginator.count if row.rows_of else None
            assert row.part.is_itself or listed == row.figures.total
    leader = User.objects.get(username="bithu.langseu")
    with on(in_days(2)):
        client.force_login(leader)
        html = client.get(coverage, then).content.decode()
        assert "1 đơn vị khi đó thuộc đơn vị này, nay do nơi khác phụ trách" in html
        assert Structure.of(cast.commune, day).beyond_reach(cast.city_leader) == 0


def queries_of(client: Client, address: str, asked: dict[str, Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, asked).status_code == 200
    return len(queries)
