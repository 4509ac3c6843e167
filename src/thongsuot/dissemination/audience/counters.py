"""Moving people from one number of their unit to another: who is asked, and who is no longer and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from thongsuot.dissemination.audience.sets import Changed
from thongsuot.dissemination.models import Channel, CoverageCounter
from thongsuot.organizations.models import Unit, UnitKind

COUNTER, UNIT = CoverageCounter._meta.db_table, Unit._meta.db_table
# What changes when people are reached, or that is taken back.
MOVED = ("reached", "in_time", "by_session", "key_reached", "key_in_time")
NAMES = ("required", "released", "exempt", "gone", "key")
# Counters that change by one statement.
AT_ONCE = 5_000


def numbers_of(rows: Sequence[Changed]) -> tuple[int, ...]:
    """What these people add to each of ``MOVED``."""
    key = [row for row in rows if row.is_key]
    return (
        len(rows),
        sum(row.on <= row.due for row in rows),
        sum(row.channel == Channel.SESSION for row in rows),
        len(key),
        sum(row.on <= row.due for row in key),
    )


@dataclass
class Shift:
    """What is added to each number of one unit and document."""

    required: int = 0
    released: int = 0
    exempt: int = 0
    gone: int = 0
    key: int = 0

    def add(self, **by: int) -> None:
        for name, number in by.items():
            setattr(self, name, getattr(self, name) + number)

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(getattr(self, name) for name in NAMES)


def shift_counters(shifts: Mapping[tuple[int, int], Shift]) -> None:
    """Add to the counters of (unit, document), which are there since somebody was asked. In the order of their keys,
    so that two who change the same wait for each other."""
    rows = iter(sorted(shifts.items()))
    while part := list(islice(rows, AT_ONCE)):
        _shift([(*key, *shift.numbers) for key, shift in part])


def _shift(rows: list[tuple[int, ...]]) -> None:
    """One statement; a cell with nobody to ask is none to count."""
    marks = ", ".join(["(" + ", ".join(["%s"] * (2 + len(NAMES))) + ")"] * len(rows))
    moved = ", ".join(f"{name} = {COUNTER}.{name} + s.n_{name}" for name in NAMES)
    cell = f"(SELECT u.kind FROM {UNIT} u WHERE u.id = {COUNTER}.unit_id) = '{UnitKind.CELL.value}'"  # noqa: S608
    sql = (
        f"WITH s (unit_id, document_id, {', '.join(f'n_{name}' for name in NAMES)}) AS (VALUES {marks}) "  # noqa: S608
        f"UPDATE {COUNTER} SET {moved}, changed = %s, "
        f"cells = CASE WHEN {COUNTER}.required + s.n_required > 0 AND {cell} THEN 1 ELSE 0 END "
        f"FROM s WHERE {COUNTER}.unit_id = s.unit_id AND {COUNTER}.document_id = s.document_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(number for row in rows for number in row), True])
