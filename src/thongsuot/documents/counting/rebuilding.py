"""Making totals anew from what the counters have added to them, slice by slice while everybody goes on.

A total is the sum of the folded numbers of the counters below: what was counted and not yet folded is no part of
it. So no counter is touched or held; only the fold waits, as long as one slice takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max, Q

from thongsuot.core.clock import now
from thongsuot.documents.counting.days import prefixes, sum_days
from thongsuot.documents.counting.folding import fold, take_turn
from thongsuot.documents.counting.models import SubtreeTotal, UnitCounter
from thongsuot.documents.counting.progress import Progress, Tell, nobody
from thongsuot.documents.counting.slices import Slice, plan
from thongsuot.organizations.models import Unit
from thongsuot.organizations.models.reorganization import ReorganizationChange

MOST = 50_000
UNIT = Unit._meta.db_table


def rebuild(
    counter: type[UnitCounter], total: type[SubtreeTotal], *, resume: bool = False, tell: Tell = nobody
) -> None:
    """Make all totals anew. With ``resume`` it goes on where a run that was ended before its time stood."""
    progress = Progress(f"rebuild {total._meta.label_lower}")
    progress.walk(plan(counter, total, most=MOST), _summing(counter, total), resume=resume, tell=tell)
    fold(counter, total)


def sum_up(counter: type[UnitCounter], total: type[SubtreeTotal], document_ids: Iterable[int]) -> None:
    """Make the totals anew of these documents: their units hang elsewhere in the tree."""
    work = _summing(counter, total)
    for document in document_ids:
        for one in plan(counter, total, most=MOST, document_ids=[document]):
            with transaction.atomic():
                work(one)
    fold(counter, total)


def touched_by(counter: type[UnitCounter], reorganization_id: int) -> list[int]:
    """The documents that are counted in units which a reorganisation hung elsewhere."""
    moved = ReorganizationChange.objects.filter(
        reorganization=reorganization_id, table="unit", before__has_key="path"
    )
    rows = counter._default_manager.filter(unit__in=moved.values("row"))
    return sorted(rows.values_list("document_id", flat=True).distinct())


def _summing(counter: type[UnitCounter], total: type[SubtreeTotal]) -> Callable[[Slice], None]:
    levels = 1 + (Unit.objects.aggregate(deepest=Max("depth"))["deepest"] or 0)

    def work(one: Slice) -> None:
        take_turn(counter)
        names, of = counter.MEASURES, ", ".join(counter.of())
        source, values = (
            _of_tops(counter, total, one) if one.height else _of_part(counter, total, one, levels)
        )
        sums = ", ".join(f"SUM({name})" for name in names)
        # Only what differs is written: a row that is only looked at by ON CONFLICT costs as much as a change.
        differs = " OR ".join(f"SUM({name}) <> 0" for name in names)
        more = ", ".join(f"{name} = {total._meta.db_table}.{name} + excluded.{name}" for name in names)
        sql = (
            f"INSERT INTO {total._meta.db_table} (unit_id, {of}, as_of, {', '.join(names)}) "  # noqa: S608
            f"SELECT unit_id, {of}, %s, {sums} FROM ({source}) s GROUP BY unit_id, {of} "
            f"HAVING {differs} ON CONFLICT (unit_id, {of}) DO UPDATE SET as_of = excluded.as_of, {more}"
        )
        as_of = total._meta.get_field("as_of").get_db_prep_value(now(), connection)
        with connection.cursor() as cursor:
            cursor.execute(sql, [as_of, *values])
        if counter.STEPS:
            sum_days(counter, one, levels)
        _forget_nothing(total, one)
        _mark_forgotten(counter, one)

    return work


def _of_part(
    counter: type[UnitCounter], total: type[SubtreeTotal], one: Slice, levels: int
) -> tuple[str, list[Any]]:
    """What each counter added to itself and its ancestors in the part; and what the totals say now."""
    should, was = _columns(counter, "c.folded_")
    own, other = _of(counter, "c"), _of(counter, "o")
    sql = (
        f"WITH tops AS MATERIALIZED (SELECT u.id AS below, a.id AS above FROM {UNIT} u "  # noqa: S608  # our own names
        f"JOIN {UNIT} a ON a.path IN ({prefixes('u.path', levels)}) "
        f"WHERE u.path >= %s AND u.path < %s AND a.path >= %s) "
        f"SELECT t.above AS unit_id, {own}, {should} FROM {counter._meta.db_table} c "
        f"JOIN tops t ON t.below = c.unit_id WHERE c.document_id BETWEEN %s AND %s "
        f"UNION ALL SELECT o.unit_id, {other}, {was} FROM {total._meta.db_table} o "
        f"JOIN {UNIT} u ON u.id = o.unit_id "
        f"WHERE o.document_id BETWEEN %s AND %s AND u.path >= %s AND u.path < %s"
    )
    documents = (one.first, one.last)
    return sql, [one.low, one.high, one.low, *documents, *documents, one.low, one.high]


def _of_tops(counter: type[UnitCounter], total: type[SubtreeTotal], one: Slice) -> tuple[str, list[Any]]:
    """Their own counters and the totals directly below, which are right by now; and what theirs say now."""
    own, was = _columns(counter, "c.folded_")
    mine, other = _of(counter, "c"), _of(counter, "o")
    below, _was = _columns(counter, "o.")
    tops = ", ".join("%s" for _ in one.tops)
    sql = (
        f"SELECT c.unit_id, {mine}, {own} FROM {counter._meta.db_table} c "  # noqa: S608  # our own names
        f"WHERE c.document_id BETWEEN %s AND %s AND c.unit_id IN ({tops}) "
        f"UNION ALL SELECT u.parent_id, {other}, {below} FROM {total._meta.db_table} o "
        f"JOIN {UNIT} u ON u.id = o.unit_id WHERE o.document_id BETWEEN %s AND %s AND u.parent_id IN ({tops}) "
        f"UNION ALL SELECT o.unit_id, {other}, {was} FROM {total._meta.db_table} o "
        f"WHERE o.document_id BETWEEN %s AND %s AND o.unit_id IN ({tops})"
    )
    return sql, [one.first, one.last, *one.tops] * 3


def _of(counter: type[UnitCounter], source: str) -> str:
    return ", ".join(f"{source}.{name}" for name in counter.of())


def _columns(counter: type[UnitCounter], source: str) -> tuple[str, str]:
    """What a total should be, and what it is with the other sign: together they say by how much it is wrong."""
    names = counter.MEASURES
    return ", ".join(f"{source}{name} AS {name}" for name in names), ", ".join(f"-o.{name}" for name in names)


def _forget_nothing(total: type[SubtreeTotal], one: Slice) -> None:
    """Totals under which nothing is counted any more."""
    empty = dict.fromkeys(total.COUNTER.MEASURES, 0)
    rows = total._default_manager.filter(document_id__gte=one.first, document_id__lte=one.last, **empty)
    if one.height:
        rows.filter(unit_id__in=one.tops).delete()
    else:
        rows.filter(unit__in=Unit.objects.filter(path__gte=one.low, path__lt=one.high)).delete()


def _mark_forgotten(counter: type[UnitCounter], one: Slice) -> None:
    """A counter that differs from what it added, and that no fold would look at."""
    if one.height:
        return
    differs = Q()
    for name in counter.MEASURES:
        differs |= ~Q(**{name: F(f"folded_{name}")})
    for name in counter.step_days():
        empty = Q(**{f"{name}__isnull": True}), Q(**{f"folded_{name}__isnull": True})
        differs |= ~Q(**{name: F(f"folded_{name}")}) & ~(empty[0] & empty[1])
    rows = counter._default_manager.filter(
        differs, changed=False, document_id__gte=one.first, document_id__lte=one.last
    )
    rows.filter(unit__path__gte=one.low, unit__path__lt=one.high).update(changed=True)
