"""Counting the counters anew from the leaves, slice by slice while everybody goes on.

Whoever counts holds the row of the counter until the commit. So the counters of a slice are held first: what was
counted before is then in the leaves that are read, and what is counted later waits and is added to the new number.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import DateField, Value

from thongsuot.documents.counting.folding import fold
from thongsuot.documents.counting.models import Leaves, SubtreeTotal, UnitCounter
from thongsuot.documents.counting.progress import Progress, Tell, nobody
from thongsuot.documents.counting.slices import Slice, plan
from thongsuot.organizations.models import Unit

MOST = 5_000
TRIES, PAUSE = 100, 0.05


def recount(
    counter: type[UnitCounter], total: type[SubtreeTotal], *, resume: bool = False, tell: Tell = nobody
) -> None:
    """Count all counters anew. With ``resume`` it goes on where a run that was ended before its time stood."""
    # All documents there are: of one whose counters and totals are gone, nothing else says that it was counted.
    documents: Any = counter._meta.get_field("document").related_model
    keys = documents._default_manager.values_list("pk", flat=True)
    slices = plan(counter, total, most=MOST, document_ids=keys)
    Progress(f"recount {counter._meta.label_lower}").walk(
        slices, _counting(counter), resume=resume, tell=tell
    )
    fold(counter, total)


def _counting(counter: type[UnitCounter]) -> Callable[[Slice], None]:
    names, firsts, of = counter.MEASURES, counter.FIRSTS, ", ".join(counter.of())
    table = counter._meta.db_table
    columns = ", ".join(("unit_id", of, "changed", *names, *(f"folded_{m}" for m in names), *firsts))
    chosen = ", ".join((*(f"SUM({m})" for m in names), *("0" for _ in names), *(f"MIN({d})" for d in firsts)))
    written = ", ".join(f"{name} = excluded.{name}" for name in ("changed", *names, *firsts))
    differs = [f"{table}.{m} <> excluded.{m}" for m in names]
    differs += [
        f"({table}.{d} IS NULL) <> (excluded.{d} IS NULL) OR {table}.{d} <> excluded.{d}" for d in firsts
    ]

    def work(one: Slice) -> None:
        _hold(counter, one)
        source, values = _counted(counter, one)
        sql = (
            f"INSERT INTO {table} ({columns}) SELECT unit_id, {of}, %s, {chosen} FROM ({source}) s "  # noqa: S608
            f"GROUP BY unit_id, {of} HAVING SUM(there) > 0 "
            f"ON CONFLICT (unit_id, {of}) DO UPDATE SET {written} WHERE {' OR '.join(differs)}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [True, *values])

    return work


def _hold(counter: type[UnitCounter], one: Slice) -> None:
    """Hold the counters of the slice. Never waits while it holds some: that could be a deadlock with a writer."""
    holder = counter.holder()
    rows = holder._default_manager.filter(document_id__gte=one.first, document_id__lte=one.last)
    rows = rows.filter(**one.of_units).order_by("unit_id", *holder.of())
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE)
        try:
            with transaction.atomic():
                list(rows.select_for_update(nowait=True, of=("self",)).values_list("unit_id", flat=True))
        except OperationalError:
            continue
        return
    list(rows.select_for_update(of=("self",)).values_list("unit_id", flat=True))


def _counted(counter: type[UnitCounter], one: Slice) -> tuple[str, list[Any]]:
    """The counters that are there, as nothing, and what the leaves say."""
    names = ", ".join(f"0 AS {name}" for name in counter.MEASURES)
    firsts = "".join(
        f"CAST(NULL AS {counter._meta.get_field(name).db_type(connection)}) AS {name}, "
        for name in counter.FIRSTS
    )
    unit, of = Unit._meta.db_table, ", ".join(f"c.{name}" for name in counter.of())
    units: tuple[Any, ...] = one.tops or (one.low, one.high)
    these = f"u.id IN ({', '.join('%s' for _ in units)})" if one.tops else "u.path >= %s AND u.path < %s"
    parts = [
        f"SELECT c.unit_id, {of}, {names}, {firsts}1 AS there FROM {counter._meta.db_table} c "  # noqa: S608
        f"JOIN {unit} u ON u.id = c.unit_id WHERE c.document_id BETWEEN %s AND %s AND {these}"
    ]
    values: list[Any] = [one.first, one.last, *units]
    for leaves in counter.leaves():
        sql, given = _grouped(counter, leaves, one)
        parts.append(sql)
        values += given
    return " UNION ALL ".join(parts), values


def _grouped(counter: type[UnitCounter], leaves: Leaves, one: Slice) -> tuple[str, list[Any]]:
    """The leaves of the slice by the key of the counter: measures, first days, and whether they found one."""
    within = {f"{leaves.document}__gte": one.first, f"{leaves.document}__lte": one.last, **one.of_units}
    said: dict[str, Any] = {f"said_{name}": leaves.measures.get(name, Value(0)) for name in counter.MEASURES}
    none = Value(None, output_field=DateField())
    said |= {f"said_{name}": leaves.measures.get(name, none) for name in counter.FIRSTS}
    said["there"] = Value(int(leaves.found))
    rows = (
        leaves.rows.filter(**within)
        .order_by()
        .values("unit_id", leaves.document, *leaves.by)
        .annotate(**said)
    )
    sql, values = rows.query.sql_with_params()
    return sql, list(values)
