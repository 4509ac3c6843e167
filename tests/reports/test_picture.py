"""The geometry of the flow map: no database, only rows as they would come from it."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit
from thongsuot.reports.picture import LEFT, MOST_UNITS, RIGHT, can_be_drawn, draw
from thongsuot.reports.queries import CellFlow, Flow, Step, UnitFlow

DAY = dt.date(2026, 11, 23)
ISSUED = dt.date(2026, 11, 2)


def a_unit(name: str, **changes: object) -> UnitFlow:
    known: dict[str, object] = {
        "unit": Unit(short_name=name, sort_key=name, pk=abs(hash(name)) % 10_000),
        "state": "05",
        "reason": "",
        "arrived_on": ISSUED,
        "receive_by": dt.date(2026, 11, 4),
        "received_on": dt.date(2026, 11, 3),
        "plan_by": dt.date(2026, 11, 12),
        "planned_on": dt.date(2026, 11, 9),
        "plan_symbol": "05-KH/ĐU",
        "disseminate_by": dt.date(2026, 11, 30),
        "cells": (CellFlow(1, "Chi bộ 1", 10, 10, dt.date(2026, 11, 15)),),
        "day": DAY,
    }
    return UnitFlow(**{**known, **changes})  # type: ignore[arg-type]


def a_flow(*rows: UnitFlow) -> Flow:
    return Flow(Document(symbol="12-CT/ThU"), Unit(short_name="Vàm Cỏ"), rows, dt.date(2026, 11, 30))


def test_a_unit_stands_at_the_first_step_that_is_not_behind_it() -> None:
    assert a_unit("a").step == Step.THROUGH
    assert a_unit("a", received_on=None, planned_on=None).step == Step.RECEIVE
    assert a_unit("a", planned_on=None).step == Step.PLAN
    assert a_unit("a", planned_on=None, plan_by=None).step == Step.THROUGH
    waiting = (CellFlow(1, "1", 10, 0, None), CellFlow(2, "2", 10, 10, DAY))
    assert a_unit("a", cells=waiting).step == Step.MEET
    assert a_unit("a", cells=(CellFlow(1, "1", 10, 9, DAY),)).step == Step.READ


def test_late_is_counted_from_the_deadline_of_the_step() -> None:
    stuck = a_unit("a", received_on=None, planned_on=None)
    assert (stuck.standing, stuck.days_late) == ("late", 19)
    planless = a_unit("a", planned_on=None)
    assert (planless.standing, planless.days_late) == ("late", 11)
    meeting = a_unit("a", cells=(CellFlow(1, "1", 10, 0, None),))
    assert (meeting.standing, meeting.days_late) == ("soon", 0)


def test_days_of_each_step_are_told() -> None:
    row = a_unit("a")
    assert (row.days_to_receive, row.days_to_plan, row.days_to_meet) == (1, 7, 6)
    flow = a_flow(row, a_unit("b", received_on=None, planned_on=None, cells=()))
    assert (flow.days_to_receive, flow.days_to_plan) == (1, 7)
    assert [blocked.unit.short_name for blocked in flow.blocked] == ["b"]


def test_widths_are_members_and_fill_the_drawing() -> None:
    small = a_unit("small", cells=(CellFlow(1, "1", 10, 10, DAY),))
    large = a_unit("large", cells=(CellFlow(2, "1", 30, 30, DAY),))
    shapes = {shape.row.unit.short_name: shape for shape in draw(a_flow(small, large)).units}
    assert shapes["large"].box.width == pytest.approx(3 * shapes["small"].box.width, abs=0.2)
    assert min(shape.box.x for shape in shapes.values()) == LEFT
    assert max(shape.box.x + shape.box.width for shape in shapes.values()) == pytest.approx(RIGHT, abs=0.2)


def test_what_stands_still_gathers_at_the_right_behind_a_dam() -> None:
    stuck = a_unit("a stuck", received_on=None, planned_on=None, cells=(CellFlow(3, "1", 10, 0, None),))
    last = draw(a_flow(stuck, a_unit("b"), a_unit("c"))).units[-1]
    assert last.row is stuck
    assert last.is_dry
    assert last.dam is not None
    assert (last.dam.state, last.dam.label) == ("late", "19")
    assert last.cells[0].ribs == ()


def test_the_water_stands_as_high_as_the_share_that_was_reached() -> None:
    cell = draw(a_flow(a_unit("a", cells=(CellFlow(1, "1", 10, 5, DAY),)))).units[0].cells[0]
    assert cell.water.height == pytest.approx(cell.bed.height / 2)
    assert cell.water.bottom == cell.bed.bottom


def test_paths_are_plain_numbers() -> None:
    for shape in draw(a_flow(a_unit("a"), a_unit("b"))).units:
        assert re.fullmatch(r"[MCHZ0-9. -]+", shape.rib)


def test_a_picture_of_too_many_units_is_left_to_the_table() -> None:
    assert not can_be_drawn(a_flow())
    assert can_be_drawn(a_flow(*[a_unit(str(n)) for n in range(MOST_UNITS)]))
    assert not can_be_drawn(a_flow(*[a_unit(str(n)) for n in range(MOST_UNITS + 1)]))
