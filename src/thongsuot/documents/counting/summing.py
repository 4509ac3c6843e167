"""One slice of totals made anew, by statements that write only what is wrong.

A unit with nothing below it has a total that says what its counter added: both are laid side by side in the order of
their key. Of the others, the deepest first, a total is what the unit's own counter added and the totals directly
below it, which are right by then. So nothing as large as the counters is ever sorted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import F, Max, Q, QuerySet

from thongsuot.core.clock import now
from thongsuot.documents.counting.days import sum_days
from thongsuot.documents.counting.folding import take_turn
from thongsuot.documents.counting.models import SubtreeTotal, UnitCounter
from thongsuot.documents.counting.slices import Slice
from thongsuot.organizations.models import Unit

UNIT = Unit._meta.db_table
HAS_BELOW = f"EXISTS (SELECT 1 FROM {UNIT} b WHERE b.parent_id = p.id)"  # noqa: S608  # our own names
WITHIN = "p.path >= %s AND p.path < %s"


class Summing:
    """How the totals of one kind come from their counters."""

    def __init__(self, counter: type[UnitCounter], total: type[SubtreeTotal]) -> None:
        self._counter, self._total = counter, total
        self._levels = Unit.objects.aggregate(deepest=Max("depth"))["deepest"] or 0
        self._of = ", ".join(counter.of())
        # p: the unit, c: its counter, o: its total, s: what both come to.
        self._from_counter = f"FROM {UNIT} p JOIN {counter._meta.db_table} c ON c.unit_id = p.id"
        self._from_total = f"FROM {UNIT} p JOIN {total._meta.db_table} o ON o.unit_id = p.id"

    def work(self, one: Slice) -> None:
        """Make the totals of the slice anew, inside a transaction; the fold waits for its end."""
        take_turn(self._counter._meta.label_lower)
        if one.height:
            tops = ", ".join("%s" for _ in one.tops)
            self._sum(one, f"p.id IN ({tops})", one.tops)
        else:
            self._copy(one)
            for depth in reversed(range(self._levels)):
                self._sum(one, f"p.depth = %s AND {WITHIN} AND {HAS_BELOW}", (depth, one.low, one.high))
        if self._counter.STEPS:
            sum_days(self._counter, one, self._levels + 1)
        self._forget_nothing(one)
        self._mark_forgotten(one)

    def _copy(self, one: Slice) -> None:
        names, keys = self._counter.MEASURES, self._counter.of()
        same = " AND ".join(f"o.{key} = c.{key}" for key in ("unit_id", *keys))
        said = ", ".join(f"c.folded_{name}" for name in names)
        differs = " OR ".join(f"COALESCE(o.{name}, 0) <> c.folded_{name}" for name in names)
        written = ", ".join(f"{name} = excluded.{name}" for name in names)
        rows = (
            f"SELECT p.id, {_columns('c', keys)}, %s, {said} {self._from_counter} "
            f"LEFT JOIN {self._total._meta.db_table} o ON {same} "
            f"WHERE {WITHIN} AND NOT {HAS_BELOW} AND c.document_id BETWEEN %s AND %s AND ({differs})"
        )
        self._write(rows, written, [one.low, one.high, one.first, one.last])
        lost = (
            f"DELETE FROM {self._total._meta.db_table} AS o WHERE o.document_id BETWEEN %s AND %s "  # noqa: S608  # our own names
            f"AND o.unit_id IN (SELECT p.id FROM {UNIT} p WHERE {WITHIN} AND NOT {HAS_BELOW}) "
            f"AND NOT EXISTS (SELECT 1 FROM {self._counter._meta.db_table} c WHERE {same})"
        )
        with connection.cursor() as cursor:
            cursor.execute(lost, [one.first, one.last, one.low, one.high])

    def _sum(self, one: Slice, which: str, values: Sequence[Any]) -> None:
        """By how much each total is wrong: what it should be, and with the other sign what it is."""
        names, keys = self._counter.MEASURES, self._counter.of()
        own = ", ".join(f"c.folded_{name} AS {name}" for name in names)
        is_now = ", ".join(f"-o.{name}" for name in names)
        below = (
            f"FROM {UNIT} p JOIN {UNIT} u ON u.parent_id = p.id "
            f"JOIN {self._total._meta.db_table} o ON o.unit_id = u.id"
        )
        parts = (
            f"SELECT p.id AS unit_id, {_columns('c', keys)}, {own} {self._from_counter} "
            f"WHERE {which} AND c.document_id BETWEEN %s AND %s",
            f"SELECT p.id, {_columns('o', keys)}, {_columns('o', names)} {below} "
            f"WHERE {which} AND o.document_id BETWEEN %s AND %s",
            f"SELECT p.id, {_columns('o', keys)}, {is_now} {self._from_total} "
            f"WHERE {which} AND o.document_id BETWEEN %s AND %s",
        )
        sums = ", ".join(f"SUM({name})" for name in names)
        # Only what differs is written: a row that is only looked at by ON CONFLICT costs as much as a change.
        wrong = " OR ".join(f"SUM({name}) <> 0" for name in names)
        more = ", ".join(f"{name} = {self._total._meta.db_table}.{name} + excluded.{name}" for name in names)
        rows = (
            f"SELECT unit_id, {self._of}, %s, {sums} FROM ({' UNION ALL '.join(parts)}) s "  # noqa: S608  # our own names
            f"GROUP BY unit_id, {self._of} HAVING {wrong}"
        )
        self._write(rows, more, [*values, one.first, one.last] * len(parts))

    def _write(self, rows: str, more: str, values: Sequence[Any]) -> None:
        table, names = self._total._meta.db_table, ", ".join(self._counter.MEASURES)
        as_of = self._total._meta.get_field("as_of").get_db_prep_value(now(), connection)
        sql = (
            f"INSERT INTO {table} (unit_id, {self._of}, as_of, {names}) {rows} "
            f"ON CONFLICT (unit_id, {self._of}) DO UPDATE SET as_of = excluded.as_of, {more}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [as_of, *values])

    def _forget_nothing(self, one: Slice) -> None:
        """Totals under which nothing is counted any more."""
        empty = dict.fromkeys(self._counter.MEASURES, 0)
        self._of_slice(self._total, one).filter(**empty).delete()

    def _mark_forgotten(self, one: Slice) -> None:
        """A counter that differs from what it added, and that no fold would look at."""
        differs = Q()
        for name in self._counter.MEASURES:
            differs |= ~Q(**{name: F(f"folded_{name}")})
        for name in self._counter.step_days():
            empty = Q(**{f"{name}__isnull": True}), Q(**{f"folded_{name}__isnull": True})
            differs |= ~Q(**{name: F(f"folded_{name}")}) & ~(empty[0] & empty[1])
        self._of_slice(self._counter, one).filter(differs, changed=False).update(changed=True)

    @staticmethod
    def _of_slice(model: type[UnitCounter | SubtreeTotal], one: Slice) -> QuerySet[Any]:
        """Units are named by their key: an update across a join would look at every row there is."""
        within = Unit.objects.filter(path__gte=one.low, path__lt=one.high)
        rows = model._default_manager.filter(document_id__gte=one.first, document_id__lte=one.last)
        return rows.filter(unit_id__in=one.tops) if one.height else rows.filter(unit__in=within)


def _columns(source: str, names: Sequence[str]) -> str:
    return ", ".join(f"{source}.{name}" for name in names)
