"""Adding up the days on which units took their steps: the same three levels as for numbers, day by day.

A counter holds the days of its unit; ``FlowDay`` of a unit above says how many units below took a step on a day.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import connection

from thongsuot.documents.counting.models import FlowDay, UnitCounter
from thongsuot.documents.counting.slices import Slice
from thongsuot.organizations.models import Unit
from thongsuot.organizations.models.units import SEGMENT

UNIT, DAY = Unit._meta.db_table, FlowDay._meta.db_table
KEY = "unit_id, document_id, step, depth, since, day"


def prefixes(path: str, levels: int) -> str:
    """The paths of a unit's ancestors and its own, for ``IN``: equality on each uses the unique index of paths."""
    return ", ".join(f"SUBSTR({path}, 1, {SEGMENT * level})" for level in range(1, levels + 1))


def add_days(counter: type[UnitCounter], batch: uuid.UUID, levels: int) -> None:
    """What the counters of the batch say now, less what they have said before, to the rows of all units above."""
    mark = counter._meta.get_field("batch").get_db_prep_value(batch, connection)
    moved = " OR ".join(f"c.{day} IS DISTINCT FROM c.folded_{day}" for day in counter.step_days())
    stands = f"({_stands(counter, 'c.')}) IS DISTINCT FROM ({_stands(counter, 'c.folded_')})"
    parts = [
        f"SELECT c.unit_id, c.document_id, {columns}, {sign} AS n FROM {counter._meta.db_table} c "  # noqa: S608
        f"WHERE c.batch = %s AND {told} AND ({moved} OR {stands})"
        for sign, prefix in ((1, "c."), (-1, "c.folded_"))
        for columns, told in _steps(counter, prefix)
    ]
    sql = (
        f"SELECT a.id AS unit_id, c.document_id, c.step, u.depth, c.since, c.day, c.n "  # noqa: S608
        f"FROM ({' UNION ALL '.join(parts)}) c JOIN {UNIT} u ON u.id = c.unit_id "
        f"JOIN {UNIT} a ON a.path IN ({prefixes('u.path', levels)}) AND a.id <> u.id"
    )
    _add(sql, [mark] * len(parts))


def sum_days(counter: type[UnitCounter], one: Slice, below: str) -> None:
    """Make the rows of a slice anew, of a part from what was gathered ``below``; only what differs is written."""
    names = [step.name for step in counter.STEPS]
    steps = ", ".join(["%s"] * len(names))
    documents = [one.first, one.last]
    if one.height:
        sql, values = _of_tops(counter, one, steps, names)
    else:
        sql = (
            f"{_gathered(counter, below)} "  # noqa: S608  # our own names
            f"UNION ALL SELECT o.unit_id, o.document_id, o.step, o.depth, o.since, o.day, -o.number FROM {DAY} o "
            f"JOIN {UNIT} u ON u.id = o.unit_id WHERE o.document_id BETWEEN %s AND %s AND o.step IN ({steps}) "
            f"AND u.path >= %s AND u.path < %s"
        )
        values = [*documents, *names, one.low, one.high]
    _add(sql, values)
    rows = FlowDay.objects.filter(number=0, document__gte=one.first, document__lte=one.last, step__in=names)
    # Units by their key, which the rows are in the order of.
    units = Unit.objects.filter(path__gte=one.low, path__lt=one.high)
    rows.filter(unit__in=one.tops or units).delete()


def _gathered(counter: type[UnitCounter], below: str) -> str:
    """The steps of all units strictly below each unit of the part: those of another depth than its own."""
    return " UNION ALL ".join(
        f"SELECT c.unit_id, c.document_id, '{step.name}' AS step, c.depth, "  # noqa: S608  # our own names
        f"COALESCE(c.{step.since}, c.{step.day}) AS since, c.{step.day} AS day, c.standing AS n FROM {below} c "
        f"JOIN {UNIT} u ON u.id = c.unit_id WHERE c.{step.day} IS NOT NULL AND c.depth <> u.depth"
        for step in counter.STEPS
    )


def _of_tops(counter: type[UnitCounter], one: Slice, steps: str, names: list[str]) -> tuple[str, list[Any]]:
    """What the units directly below did themselves, and their rows, which are right by now."""
    tops = ", ".join(["%s"] * len(one.tops))
    within = [one.first, one.last]
    parts = [
        f"SELECT u.parent_id AS unit_id, c.document_id, {columns.replace('step,', 'step, u.depth,')}, 1 AS n "  # noqa: S608
        f"FROM {counter._meta.db_table} c JOIN {UNIT} u ON u.id = c.unit_id "
        f"WHERE c.document_id BETWEEN %s AND %s AND u.parent_id IN ({tops}) AND {told}"
        for columns, told in _steps(counter, "c.folded_")
    ]
    values: list[Any] = [*within, *one.tops] * len(parts)
    was = "o.document_id, o.step, o.depth, o.since, o.day"
    parts += [
        f"SELECT u.parent_id, {was}, o.number FROM {DAY} o JOIN {UNIT} u ON u.id = o.unit_id "  # noqa: S608
        f"WHERE o.document_id BETWEEN %s AND %s AND u.parent_id IN ({tops}) AND o.step IN ({steps})",
        f"SELECT o.unit_id, {was}, -o.number FROM {DAY} o "  # noqa: S608
        f"WHERE o.document_id BETWEEN %s AND %s AND o.unit_id IN ({tops}) AND o.step IN ({steps})",
    ]
    values += [*within, *one.tops, *names] * 2
    return " UNION ALL ".join(parts), values


def _steps(counter: type[UnitCounter], prefix: str) -> list[tuple[str, str]]:
    """For each step its columns, and the condition under which it was taken and stands."""
    return [
        (
            f"'{step.name}' AS step, COALESCE({prefix}{step.since}, {prefix}{step.day}) AS since, "
            f"{prefix}{step.day} AS day",
            f"{prefix}{step.day} IS NOT NULL AND {_stands(counter, prefix)}",
        )
        for step in counter.STEPS
    ]


def _stands(counter: type[UnitCounter], prefix: str) -> str:
    return counter.STANDS.format(prefix)


def _add(source: str, values: list[Any]) -> None:
    sql = (
        f"INSERT INTO {DAY} ({KEY}, number) SELECT {KEY}, SUM(n) FROM ({source}) s GROUP BY {KEY} "  # noqa: S608
        f"HAVING SUM(n) <> 0 ON CONFLICT ({KEY}) DO UPDATE SET number = {DAY}.number + excluded.number"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
