"""The days on which people were reached: counted with the receipts, a statement however many cells.

Call it after ``CoverageCounter`` has been changed, in the same transaction: whoever counts holds the row of the cell
there, so nobody waits here for somebody who waits for them, and counting anew has one row a cell to hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import connection

from thongsuot.dissemination.audience.sets import Changed
from thongsuot.dissemination.models import CoverageDay

TABLE = CoverageDay._meta.db_table
KEY = "unit_id, document_id, day, channel"
AT_ONCE = 2_000


def count_days(changed: Iterable[Changed], sign: int) -> None:
    """Put these people on the days on which they were reached, or take them off."""
    found = Counter((row.unit_id, row.document_id, row.on, row.channel) for row in changed)
    rows = sorted(found.items())
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        (_put_on if sign > 0 else _take_off)([(*key, number) for key, number in part])


def _put_on(rows: list[tuple[object, ...]]) -> None:
    marks = ", ".join(["(%s, %s, %s, %s, %s, 0, %s)"] * len(rows))
    sql = (
        f"INSERT INTO {TABLE} ({KEY}, reached, folded_reached, changed) VALUES {marks} "  # noqa: S608
        f"ON CONFLICT ({KEY}) DO UPDATE SET reached = {TABLE}.reached + excluded.reached, changed = excluded.changed"
    )
    _write(sql, [value for row in rows for value in (*_stored(row), True)])


def _take_off(rows: list[tuple[object, ...]]) -> None:
    marks = ", ".join(["(%s, %s, %s, %s, %s)"] * len(rows))
    same = " AND ".join(f"{TABLE}.{name} = s.{name}" for name in KEY.split(", "))
    sql = (
        f"WITH s ({KEY}, n) AS (VALUES {marks}) "  # noqa: S608  # our own names
        f"UPDATE {TABLE} SET reached = reached - s.n, changed = %s FROM s WHERE {same}"
    )
    _write(sql, [*(value for row in rows for value in _stored(row)), True])


def _stored(row: tuple[object, ...]) -> tuple[Any, ...]:
    unit, document, day, channel, number = row
    on = CoverageDay._meta.get_field("day").get_db_prep_value(day, connection)
    return unit, document, on, channel, number


def _write(sql: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
