"""Writing rows like one given row by one ``INSERT … SELECT``, the same on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

from thongsuot.core import clock

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Computed:
    """A column of a statement, with the values it needs."""

    sql: str
    values: tuple[Any, ...] = ()


def write(row: models.Model, source: str, *values: Any, **computed: str | Computed) -> int:
    """A row like this one for each line of ``source``, with some columns computed there; how many."""
    columns: list[str] = []
    places: list[str] = []
    given: list[Any] = []
    for field in row._meta.local_concrete_fields:
        name = str(field.column)
        if name in computed:
            made = computed[name]
            sql, of_it = (made.sql, made.values) if isinstance(made, Computed) else (made, ())
        elif isinstance(field, models.AutoField):
            continue
        else:
            sql, of_it = "%s", (field.get_db_prep_save(getattr(row, field.attname), connection),)
        columns.append(name)
        places.append(sql)
        given.extend(of_it)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({', '.join(columns)}) SELECT {', '.join(places)} {source}",
            [*given, *values],
        )
        return int(cursor.rowcount)


def numbers(count: int) -> str:
    counting = f"SELECT 0 AS i UNION ALL SELECT i + 1 FROM numbers WHERE i < {count - 1}"  # noqa: S608
    return f"(WITH RECURSIVE numbers(i) AS ({counting}) SELECT i FROM numbers) AS n"  # noqa: S608


def segment(key: str) -> str:
    """``segment_of`` in SQL."""
    return " || ".join(
        f"SUBSTR('{DIGITS}', CAST((({key}) / {36**power}) %% 36 AS integer) + 1, 1)"
        for power in range(5, -1, -1)
    )


def day(offset: int) -> dt.date:
    return clock.today() + dt.timedelta(days=offset)


def value_of(model: type[models.Model], name: str, value: object) -> Any:
    field: Any = model._meta.get_field(name)
    return field.get_db_prep_value(value, connection)


def typed(model: type[models.Model], name: str) -> str:
    # In a CASE a bare parameter is text to PostgreSQL; to SQLite it is what it is.
    field: Any = model._meta.get_field(name)
    return "%s" if connection.vendor == "sqlite" else f"CAST(%s AS {field.db_type(connection)})"


def when(condition: str, model: type[models.Model], name: str, value: object) -> Computed:
    return Computed(f"CASE WHEN {condition} THEN {typed(model, name)} END", (value_of(model, name, value),))


def one_of(condition: str, case: str, model: type[models.Model], name: str, values: list[Any]) -> Computed:
    whens = " ".join(f"WHEN {n} THEN {typed(model, name)}" for n in range(len(values)))
    return Computed(f"CASE WHEN {condition} THEN {case} {whens} END END", tuple(values))


@contextmanager
def unchecked() -> Iterator[None]:
    """Without looking at foreign keys, which would cost more than the rows: ``thongsuot check`` proves them."""
    off, on = {
        "sqlite": ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
        "postgresql": ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(off)
        try:
            yield
        finally:
            cursor.execute(on)


@contextmanager
def without_indexes(model: type[models.Model]) -> Iterator[None]:
    """Made anew at the end, sorted, instead of grown row by row."""
    with connection.cursor() as cursor:
        for index in model._meta.indexes:
            cursor.execute(f"DROP INDEX IF EXISTS {index.name}")
    try:
        yield
    finally:
        # The statement alone: SQLite's editor of tables does not work inside a transaction.
        editor = connection.schema_editor()
        with connection.cursor() as cursor:
            for index in model._meta.indexes:
                cursor.execute(str(index.create_sql(model, editor)))


def after_writing() -> None:
    """Numbers go on after the keys that were given, and the planner knows how much there is."""
    from django.apps import apps

    with connection.cursor() as cursor:
        tables = [model for model in apps.get_models() if model.__module__.startswith("thongsuot.")]
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
