"""What the counters and totals must equal: the rows themselves, counted the slow way."""

from __future__ import annotations

import datetime as dt
from collections import Counter as Tally

from thongsuot.dissemination.jobs import fold_coverage, fold_responses
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    Channel,
    CheckAnswer,
    CheckTaken,
    CoverageCounter,
    CoverageDay,
    CoverageDayTotal,
    CoverageTotal,
    Outside,
    QuestionCounter,
    QuestionTotal,
    ReachEvent,
    ReachVerb,
    Receipt,
    Reflection,
    ResidentCount,
    ResponseCounter,
    ResponseTotal,
    SessionUnit,
)
from thongsuot.documents.counting import SubtreeTotal, UnitCounter
from thongsuot.organizations.models import Unit, UnitKind

Numbers = dict[str, int]
Day = tuple[int, int, dt.date, str]


def _numbers(receipts: list[Receipt], met: set[tuple[int, int]], counts: list[ResidentCount]) -> Numbers:
    asked = [row for row in receipts if row.released_at is None]
    kinds = dict(Unit.objects.values_list("pk", "kind"))
    cells = {(row.unit_id, row.document_id) for row in asked if kinds[row.unit_id] == UnitKind.CELL}
    key = [row for row in asked if row.is_key]
    return {
        "required": sum(row.released_at is None for row in receipts),
        "reached": sum(row.reached_on is not None for row in receipts),
        "in_time": sum(row.reached_on is not None and row.reached_on <= row.due for row in receipts),
        "by_session": sum(row.channel == Channel.SESSION for row in receipts),
        "met": len(met & cells),
        "cells": len(cells),
        "released": sum(row.released_at is not None and not row.outside for row in receipts),
        "exempt": sum(row.outside == Outside.EXEMPT for row in receipts),
        "gone": sum(row.outside == Outside.GONE for row in receipts),
        "key": len(key),
        "key_reached": sum(row.reached_on is not None for row in key),
        "key_in_time": sum(row.reached_on is not None and row.reached_on <= row.due for row in key),
        "residents": sum(row.number for row in counts if row.corrected_at is None),
        "invited": sum(row.expected or 0 for row in counts if row.corrected_at is None),
        "came": sum(row.number for row in counts if row.corrected_at is None and row.expected is not None),
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
    counts = list(ResidentCount.objects.all())
    met = set(present.values_list("unit_id", "session__agenda__document_id"))
    for counter in CoverageCounter.objects.all():
        mine = [r for r in receipts if (r.unit_id, r.document_id) == (counter.unit_id, counter.document_id)]
        said = [c for c in counts if (c.unit_id, c.document_id) == (counter.unit_id, counter.document_id)]
        assert {name: getattr(counter, name) for name in counter.MEASURES} == _numbers(mine, met, said)
    paths = dict(Unit.objects.values_list("pk", "path"))
    for total in CoverageTotal.objects.all():
        below = [
            r
            for r in receipts
            if r.document_id == total.document_id and paths[r.unit_id].startswith(paths[total.unit_id])
        ]
        said = [
            c
            for c in counts
            if c.document_id == total.document_id and paths[c.unit_id].startswith(paths[total.unit_id])
        ]
        assert {name: getattr(total, name) for name in CoverageCounter.MEASURES} == _numbers(below, met, said)
    assert {(r.unit_id, r.document_id) for r in receipts} <= set(
        CoverageTotal.objects.values_list("unit_id", "document_id")
    )
    assert_days_equal_the_rows(receipts, paths)
    assert_responses_equal_the_rows(paths)
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


def assert_responses_equal_the_rows(paths: dict[int, str]) -> None:
    """Checks, answers and papers: each counter against its rows, each total against the rows below it."""
    fold_responses()
    rows: list[tuple[int, int, str]] = []
    for check in CheckTaken._default_manager.all():
        rows += [(check.unit_id, check.document_id, "checked")] * (check.finished_at is not None)
        rows += [(check.unit_id, check.document_id, "understood")] * (check.understood_at is not None)
    for paper in Reflection.objects.exclude(state="returned"):
        rows.append((paper.unit_id, paper.document_id, f"{paper.kind}s"))
    for answer in CheckAnswer._default_manager.all():
        key = (answer.unit_id, answer.document_id)
        rows.append((*key, f"answered {answer.question_id}"))
        rows += [(*key, f"correct {answer.question_id}")] * answer.right_at_first
    exact, summed = Tally(rows), Tally[tuple[int, int, str]]()
    for unit, document, name in rows:
        summed.update(
            (above, document, name) for above, path in paths.items() if paths[unit].startswith(path)
        )
    pairs: list[tuple[list[type[UnitCounter | SubtreeTotal]], Tally[tuple[int, int, str]]]] = [
        ([ResponseCounter, QuestionCounter], exact),
        ([ResponseTotal, QuestionTotal], summed),
    ]
    for kinds, tally in pairs:
        counted: Tally[tuple[int, int, str]] = Tally()
        for kind in kinds:
            names = kind.COUNTER.MEASURES if issubclass(kind, SubtreeTotal) else kind.MEASURES
            for row in kind._default_manager.all():
                question = getattr(row, "question_id", None)
                for name in names:
                    told = f"{name} {question}" if question else name
                    counted[(row.unit_id, row.document_id, told)] += getattr(row, name)
        assert +counted == tally
