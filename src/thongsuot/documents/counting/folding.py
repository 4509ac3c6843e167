"""Counting in the transaction of the leaf, and adding what was counted to the totals above."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from thongsuot.core.clock import now
from thongsuot.documents.counting.days import add_days, prefixes
from thongsuot.documents.counting.models import CountingTurn, SubtreeTotal, UnitCounter

DEEPEST = 8


def bump(
    counter: type[UnitCounter],
    *,
    unit_ids: list[int],
    document_id: int,
    of: Mapping[str, Any] | None = None,
    **by: int | dt.date,
) -> None:
    """Add to the counters of these units, making those that are not there yet. Call inside the leaf's transaction.

    A number is added, a day is set. ``of`` names the rest of the key of a counter that has one, such as its day.
    """
    rows, rest = counter._default_manager, dict(of or {})
    if len(unit_ids) == 1:
        one = {"unit_id": unit_ids[0], "document_id": document_id, **rest}
        if _add_to_one(counter, one, by):
            return  # nearly always: one person confirms, and the counter came with the receipts
    added: dict[str, Any] = {
        name: F(name) + value if isinstance(value, int) else value for name, value in by.items()
    }
    mine = rows.filter(unit_id__in=unit_ids, document_id=document_id, **rest)
    missing = [counter(unit_id=unit_id, document_id=document_id, **rest) for unit_id in unit_ids]
    rows.bulk_create(missing, ignore_conflicts=True, batch_size=1000)
    mine.update(changed=True, **added)


def _add_to_one(counter: type[UnitCounter], key: Mapping[str, Any], by: Mapping[str, int | dt.date]) -> int:
    """The statement of every confirmation, written down: Django would take longer to put it together than to ask it."""
    meta: Any = counter._meta
    stored = {
        name: meta.get_field(name).get_db_prep_value(value, connection)
        for name, value in {"changed": True, **by, **key}.items()
    }
    sets = [
        f"{name} = {name} + %s" if isinstance(by.get(name), int) else f"{name} = %s"
        for name in ("changed", *by)
    ]
    where = " AND ".join(f"{name} = %s" for name in key)
    sql = f"UPDATE {meta.db_table} SET {', '.join(sets)} WHERE {where}"  # noqa: S608  # our own names
    with connection.cursor() as cursor:
        cursor.execute(sql, list(stored.values()))
        return int(cursor.rowcount)


def fold(counter: type[UnitCounter], total: type[SubtreeTotal]) -> int:
    """Add everything counted since the last fold to the totals of all ancestors; how many counters moved.

    Counters are first claimed by a batch mark, which on PostgreSQL also locks them until the end: what is
    counted meanwhile waits and sets ``changed`` again, so nothing is added twice or lost. Of two processes one
    waits for the other.
    """
    batch = uuid.uuid4()
    measures = counter.MEASURES
    with transaction.atomic():
        take_turn(counter._meta.label_lower)
        moved = _claim(counter, batch)
        if not moved:
            return 0
        _add_to_ancestors(counter, total, batch)
        if counter.STEPS:
            add_days(counter, batch, DEEPEST)
        folded: dict[str, Any] = {f"folded_{name}": F(name) for name in (*measures, *counter.step_days())}
        counter._default_manager.filter(batch=batch).update(batch=None, **folded)
    return moved


def _claim(counter: type[UnitCounter], batch: uuid.UUID) -> int:
    """Mark what has changed, found by its index alone: the other counters may be millions."""
    if not connection.features.has_select_for_update_skip_locked:
        return counter._default_manager.filter(changed=True).update(changed=False, batch=batch)
    # Rows somebody is counting at this moment are left for the next fold: waiting for them in another order
    # than theirs would be a deadlock.
    table, keys = counter._meta.db_table, ("unit_id", *counter.of())
    sql = (
        f"UPDATE {table} c SET changed = %s, batch = %s "  # noqa: S608  # our own names
        f"FROM (SELECT {', '.join(keys)} FROM {table} WHERE changed FOR UPDATE SKIP LOCKED) free "
        f"WHERE {' AND '.join(f'c.{key} = free.{key}' for key in keys)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [False, counter._meta.get_field("batch").get_db_prep_value(batch, connection)])
        return int(cursor.rowcount)


def take_turn(name: str) -> None:
    """Wait until nobody else has this turn, which the transaction then keeps: the totals of a kind, or other work."""
    CountingTurn.objects.bulk_create([CountingTurn(counter=name)], ignore_conflicts=True)
    CountingTurn.objects.select_for_update().get(counter=name)


def keep_still(*counters: type[UnitCounter]) -> None:
    """Let nobody fold or make anew these counters until the transaction ends.

    For whoever goes on to hold units: a fold writes its counters twice, for which PostgreSQL holds their units, one
    after the other, when it ends. Somebody who holds one of them and wants another would be a deadlock.
    """
    for counter in counters:
        take_turn(counter._meta.label_lower)


def _add_to_ancestors(counter: type[UnitCounter], total: type[SubtreeTotal], batch: uuid.UUID) -> None:
    """One statement: the differences of the batch, summed per ancestor and document, added to the totals."""
    names, of = counter.MEASURES, ", ".join(counter.of())
    own = ", ".join(f"c.{name}" for name in counter.of())
    columns = ", ".join(names)
    sums = ", ".join(f"SUM(c.{name} - c.folded_{name})" for name in names)
    added = ", ".join(f"{name} = {total._meta.db_table}.{name} + excluded.{name}" for name in names)
    sql = (
        f"INSERT INTO {total._meta.db_table} (unit_id, {of}, as_of, {columns}) "  # noqa: S608  # our own names
        f"SELECT a.id, {own}, %s, {sums} "
        f"FROM {counter._meta.db_table} c "
        f"JOIN organizations_unit u ON u.id = c.unit_id "
        f"JOIN organizations_unit a ON a.path IN ({prefixes('u.path', DEEPEST)}) "
        f"WHERE c.batch = %s "
        f"GROUP BY a.id, {own} "
        f"ON CONFLICT (unit_id, {of}) DO UPDATE SET as_of = excluded.as_of, {added}"
    )
    as_of = total._meta.get_field("as_of").get_db_prep_value(now(), connection)
    mark = counter._meta.get_field("batch").get_db_prep_value(batch, connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, [as_of, mark])
