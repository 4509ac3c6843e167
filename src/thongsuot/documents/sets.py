"""Rows for any number of units by one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def insert_for_units(
    row: models.Model, source: str, parameters: Sequence[Any], on_conflict: str, *, key: str = "id"
) -> int:
    """Write a row like this one for every unit that ``source`` selects as ``key``: one statement, however many."""
    fields = [field for field in row._meta.local_concrete_fields if field.attname != "unit_id"]
    columns = ", ".join(["unit_id", *(str(field.column) for field in fields)])
    places = ", ".join(["%s"] * len(fields))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    sql = (
        f"INSERT INTO {row._meta.db_table} ({columns}) "  # noqa: S608  # our own names
        # SQLite needs a WHERE between a SELECT and ON CONFLICT.
        f"SELECT chosen.{key}, {places} FROM ({source}) AS chosen WHERE 1 = 1 ON CONFLICT {on_conflict}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *parameters])
        return int(cursor.rowcount)


def insert_for(rows: models.QuerySet[Any, Any], row: models.Model, on_conflict: str = "DO NOTHING") -> int:
    """The same for the units of these leaf rows."""
    source, parameters = rows.order_by().values("unit_id").query.sql_with_params()
    return insert_for_units(row, source, parameters, on_conflict, key="unit_id")
