"""What the counters and totals must equal: the rows themselves, counted the slow way."""

from __future__ import annotations

import datetime as dt
from collections import Counter as Tally

from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    Channel,
    CoverageCounter,
    CoverageDay,
    CoverageDayTotal,
    CoverageTotal,
    ReachEvent,
    ReachVerb,
    Receipt,
    SessionUnit,
)
from thongsuot.organizations.models import Unit

Numbers = dict[str, int]
Day = tuple[int, int, dt.date, str]


def _numbers(receipts: list[Receipt], met: set[tuple[int, int]]) -> Numbers:
    cells = {(row.unit_id, row.document_id) for row in receipts if row.released_at is None}
    return {
        "required": sum(row.released_at is None for row in receipts),
        "reached": sum(row.reached_on is not None for row in receipts),
        "in_time": sum(row.reached_on is not None and row.reached_on <= row.due for row in receipts),
        "by_session": sum(row.channel == Channel.SESSION for row in receipts),
        "met": len(met & cells),
        "cells": len(cells),
        "released": sum(row.released_at is not None for row in receipts),
    }


def assert_days_equal_the_rows(receipts: list[Receipt], paths: dict[int, str]) -> None:
    """The days of each cell and of every unit above; they add up to what the counters say was reached."""
    found, above = Tally[Day](), Tally[Day]()
    for row in receipts:
        if row.reached_on is None:
            continue
        found[(row.unit_id, row.document_id, row.reached_on, row.channel)] += 1
        for unit, path in paths.items():
            if paths[row.unit_id].startswith(path):
                above[(unit, row.document_id, row.reached_on, row.channel)] += 1
    for model, expected in ((CoverageDay, found), (CoverageDayTotal, above)):
        rows = model._default_manager.exclude(reached=0)
        assert {(r.unit_id, r.document_id, r.day, r.channel): r.reached for r in rows} == expected


def assert_counts_equal_the_rows() -> None:
    """Every counter, every total, every session's figures and every fact, against the rows."""
    fold_coverage()
    receipts = list(Receipt.objects.all())
    present = Attendance.objects.filter(state=AttendanceState.PRESENT)
    met = set(present.values_list("unit_id", "session__agenda__document_id"))
    for counter in CoverageCounter.objects.all():
        mine = [r for r in receipts if (r.unit_id, r.document_id) == (counter.unit_id, counter.document_id)]
        assert {name: getattr(counter, name) for name in counter.MEASURES} == _numbers(mine, met)
    paths = dict(Unit.objects.values_list("pk", "path"))
    for total in CoverageTotal.objects.all():
        below = [
            r
            for r in receipts
            if r.document_id == total.document_id and paths[r.unit_id].startswith(paths[total.unit_id])
        ]
        assert {name: getattr(total, name) for name in CoverageCounter.MEASURES} == _numbers(below, met)
    assert {(r.unit_id, r.document_id) for r in receipts} <= set(
        CoverageTotal.objects.values_list("unit_id", "document_id")
    )
    assert_days_equal_the_rows(receipts, paths)
    for place in SessionUnit.objects.all():
        rows = Attendance.objects.filter(session_id=place.session_id, unit_id=place.unit_id)
        states = list(rows.values_list("state", flat=True))
        assert (place.called, place.present, place.excused, place.absent) == (
            len(states),
            states.count("present"),
            states.count("excused"),
            states.count("absent"),
        )
    for receipt in receipts:
        verbs = (
            ReachEvent.objects.filter(
                unit_id=receipt.unit_id, document_id=receipt.document_id, person_id=receipt.person_id
            )
            .exclude(verb=ReachVerb.ALSO)
            .values_list("verb", flat=True)
        )
        balance = sum(1 if verb == ReachVerb.REACHED else -1 for verb in verbs)
        assert balance == (1 if receipt.reached_at else 0)
