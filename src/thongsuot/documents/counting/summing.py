"""One slice of totals made anew, by statements that write only what is wrong.

A unit with nothing below it has a total that says what its counter added: both are laid side by side in the order of
their key, and nothing is written where they agree. Of the others a total is what was gathered ``Below`` it; those
above all parts come last, and theirs is the sum of what is directly below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from thongsuot.core.clock import now
from thongsuot.documents.counting.below import HAS_BELOW, UNIT, WITHIN, Below
from thongsuot.documents.counting.days import sum_days
from thongsuot.documents.counting.folding import take_turn
from thongsuot.documents.counting.models import SubtreeTotal, UnitCounter
from thongsuot.documents.counting.slices import Slice
from thongsuot.organizations.models import Unit

LEAVES = f"{WITHIN} AND NOT {HAS_BELOW}"


class Summing:
    """How the totals of one kind come from their counters."""

    def __init__(self, counter: type[UnitCounter], total: type[SubtreeTotal]) -> None:
        self._counter, self._total = counter, total
        levels = Unit.objects.aggregate(deepest=Max("depth"))["deepest"] or 0
        self._below = Below(counter, levels)
        self._of = ", ".join(counter.of())
        # u: the unit, c: its counter, o: its total.
        self._from_counter = f"FROM {UNIT} u JOIN {counter._meta.db_table} c ON c.unit_id = u.id"
        self._from_total = f"FROM {UNIT} u JOIN {total._meta.db_table} o ON o.unit_id = u.id"
        self._same = " AND ".join(f"o.{key} = c.{key}" for key in ("unit_id", *counter.of()))

    def work(self, one: Slice) -> None:
        """Make the totals of the slice anew, inside a transaction; the fold waits for its end."""
        take_turn(self._counter._meta.label_lower)
        if one.height:
            self._sum_tops(one)
        else:
            self._copy_to_leaves(one)
            self._below.gather(one)
            self._sum_others(one)
        if self._counter.STEPS:
            sum_days(self._counter, one, self._below.table)
        others = Unit.objects.filter(Exists(Unit.objects.filter(parent=OuterRef("pk"))))
        self._forget_nothing(self._of_slice(self._total, one, others))
        self._mark_forgotten(self._of_slice(self._counter, one, others))

    def _copy_to_leaves(self, one: Slice) -> None:
        """Look first: totals that are right cost one reading of them and their counters, and nothing else."""
        if not (totals := self._totals_of_leaves(one)):
            wrong, empty, lost, forgotten = 1, 0, False, 1
        else:
            with_counter, wrong, empty, forgotten = self._look_at_leaves(one)
            lost = totals != with_counter
        if wrong:
            self._copy(one, beside_totals=bool(totals))
        if empty or lost:
            self._forget_lost(one)
        if forgotten:
            leaves = Unit.objects.filter(~Exists(Unit.objects.filter(parent=OuterRef("pk"))))
            self._mark_forgotten(self._of_slice(self._counter, one, leaves))

    def _totals_of_leaves(self, one: Slice) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT COUNT(*) {self._from_total} WHERE {LEAVES} AND o.document_id BETWEEN %s AND %s",
                [one.low, one.high, one.first, one.last],
            )
            return int(cursor.fetchone()[0])

    def _look_at_leaves(self, one: Slice) -> tuple[int, ...]:
        """How many totals have a counter, are wrong or missing, are empty; and how many counters were forgotten."""
        names, table = self._counter.MEASURES, self._total._meta.db_table
        right = " AND ".join(f"o.{name} = c.folded_{name}" for name in names)
        empty = " AND ".join(f"o.{name} = 0" for name in names)
        folded = " AND ".join(
            (
                *(f"c.{name} = c.folded_{name}" for name in names),
                *(f"c.{day} IS NOT DISTINCT FROM c.folded_{day}" for day in self._counter.step_days()),
            )
        )
        sql = (
            f"SELECT COUNT(o.unit_id), SUM(CASE WHEN {right} THEN 0 ELSE 1 END), "
            f"SUM(CASE WHEN {empty} THEN 1 ELSE 0 END), SUM(CASE WHEN c.changed OR ({folded}) THEN 0 ELSE 1 END) "
            f"{self._from_counter} LEFT JOIN {table} o ON {self._same} "
            f"WHERE {LEAVES} AND c.document_id BETWEEN %s AND %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [one.low, one.high, one.first, one.last])
            return tuple(number or 0 for number in cursor.fetchone())

    def _copy(self, one: Slice, *, beside_totals: bool) -> None:
        """Write the totals that are wrong, or all of them where there are none."""
        names, keys = self._counter.MEASURES, self._counter.of()
        said = ", ".join(f"c.folded_{name}" for name in names)
        there, joined = "0", ""
        if beside_totals:
            there, joined = "COALESCE(o.{}, 0)", f"LEFT JOIN {self._total._meta.db_table} o ON {self._same} "
        differs = " OR ".join(f"{there.format(name)} <> c.folded_{name}" for name in names)
        written = ", ".join(f"{name} = excluded.{name}" for name in names)
        rows = (
            f"SELECT u.id, {_columns('c', keys)}, %s, {said} {self._from_counter} {joined}"
            f"WHERE {LEAVES} AND c.document_id BETWEEN %s AND %s AND ({differs})"
        )
        self._write(rows, written, [one.low, one.high, one.first, one.last])

    def _forget_lost(self, one: Slice) -> None:
        """Totals of leaves without a counter, or with one that has added nothing."""
        empty = " AND ".join(f"o.{name} = 0" for name in self._counter.MEASURES)
        sql = (
            f"DELETE FROM {self._total._meta.db_table} AS o WHERE o.document_id BETWEEN %s AND %s "  # noqa: S608  # our own names
            f"AND o.unit_id IN (SELECT u.id FROM {UNIT} u WHERE {LEAVES}) AND (({empty}) "
            f"OR NOT EXISTS (SELECT 1 FROM {self._counter._meta.db_table} c WHERE {self._same}))"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [one.first, one.last, one.low, one.high])

    def _sum_others(self, one: Slice) -> None:
        """Units of the part with some below: what was gathered, and with the other sign what their totals say."""
        names = ", ".join(self._counter.MEASURES)
        self._correct(
            [
                f"SELECT unit_id, {self._of}, {names} FROM {self._below.table}",  # noqa: S608  # our own names
                f"{self._are_now()} WHERE {WITHIN} AND {HAS_BELOW} AND o.document_id BETWEEN %s AND %s",
            ],
            [one.low, one.high, one.first, one.last],
        )

    def _sum_tops(self, one: Slice) -> None:
        """Units above the parts: their own counters and the totals directly below, which are right by now."""
        names, keys = self._counter.MEASURES, self._counter.of()
        own = ", ".join(f"c.folded_{name} AS {name}" for name in names)
        which = f"IN ({', '.join('%s' for _ in one.tops)})"
        self._correct(
            [
                f"SELECT u.id AS unit_id, {_columns('c', keys)}, {own} {self._from_counter} "
                f"WHERE u.id {which} AND c.document_id BETWEEN %s AND %s",
                f"SELECT u.parent_id, {_columns('o', keys)}, {_columns('o', names)} {self._from_total} "
                f"WHERE u.parent_id {which} AND o.document_id BETWEEN %s AND %s",
                f"{self._are_now()} WHERE u.id {which} AND o.document_id BETWEEN %s AND %s",
            ],
            [*one.tops, one.first, one.last] * 3,
        )

    def _are_now(self) -> str:
        is_now = ", ".join(f"-o.{name}" for name in self._counter.MEASURES)
        return f"SELECT u.id, {_columns('o', self._counter.of())}, {is_now} {self._from_total}"

    def _correct(self, parts: Sequence[str], values: Sequence[Any]) -> None:
        """By how much each total is wrong, added to it."""
        names = self._counter.MEASURES
        sums = ", ".join(f"SUM({name})" for name in names)
        # Only what differs is written: a row that is only looked at by ON CONFLICT costs as much as a change.
        wrong = " OR ".join(f"SUM({name}) <> 0" for name in names)
        more = ", ".join(f"{name} = {self._total._meta.db_table}.{name} + excluded.{name}" for name in names)
        rows = (
            f"SELECT unit_id, {self._of}, %s, {sums} FROM ({' UNION ALL '.join(parts)}) s "  # noqa: S608  # our own names
            f"GROUP BY unit_id, {self._of} HAVING {wrong}"
        )
        self._write(rows, more, values)

    def _write(self, rows: str, more: str, values: Sequence[Any]) -> None:
        table, names = self._total._meta.db_table, ", ".join(self._counter.MEASURES)
        as_of = self._total._meta.get_field("as_of").get_db_prep_value(now(), connection)
        sql = (
            f"INSERT INTO {table} (unit_id, {self._of}, as_of, {names}) {rows} "
            f"ON CONFLICT (unit_id, {self._of}) DO UPDATE SET as_of = excluded.as_of, {more}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [as_of, *values])

    def _forget_nothing(self, totals: QuerySet[Any]) -> None:
        """Totals under which nothing is counted any more."""
        totals.filter(**dict.fromkeys(self._counter.MEASURES, 0)).delete()

    def _mark_forgotten(self, counters: QuerySet[Any]) -> None:
        """A counter that differs from what it added, and that no fold would look at."""
        differs = Q()
        for name in self._counter.MEASURES:
            differs |= ~Q(**{name: F(f"folded_{name}")})
        for name in self._counter.step_days():
            empty = Q(**{f"{name}__isnull": True}), Q(**{f"folded_{name}__isnull": True})
            differs |= ~Q(**{name: F(f"folded_{name}")}) & ~(empty[0] & empty[1])
        counters.filter(differs, changed=False).update(changed=True)

    @staticmethod
    def _of_slice(
        model: type[UnitCounter | SubtreeTotal], one: Slice, units: QuerySet[Unit]
    ) -> QuerySet[Any]:
        """Units are named by their key: an update across a join would look at every row there is."""
        rows = model._default_manager.filter(document_id__gte=one.first, document_id__lte=one.last)
        if one.height:
            return rows.filter(unit_id__in=one.tops)
        return rows.filter(unit__in=units.filter(path__gte=one.low, path__lt=one.high))


def _columns(source: str, names: Sequence[str]) -> str:
    return ", ".join(f"{source}.{name}" for name in names)
