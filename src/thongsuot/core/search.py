"""Finding Vietnamese text however it was typed, through an index, on both databases.

Rows carry ``search_text``, the folded form (``core.text.fold``) of what they may be found by, and ``sort_key``,
their place in the Vietnamese order. SQLite keeps a full-text table beside each searchable one, PostgreSQL a GIN
index; both answer a prefix of every word. This is the only module that asks which database it is.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.apps import AppConfig
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from thongsuot.core.fields import BytewiseCharField
from thongsuot.core.text import fold

Row = TypeVar("Row", bound=models.Model)
MOST_WORDS = 12


class SearchQuerySet(models.QuerySet[Row]):
    """Adds ``search(text)`` to a queryset of rows with a folded form."""

    def search(self, text: str) -> SearchQuerySet[Row]:
        """Rows in which every word of ``text`` begins some word; all rows when it holds no word."""
        words = ["".join(filter(str.isalnum, part)) for part in _split(fold(text))]
        words = [word for word in words if word][:MOST_WORDS]
        if not words:
            return self
        table = self.model._meta.db_table
        if connections[self.db].vendor == "sqlite":
            match = " ".join(f'"{word}"*' for word in words)
            sql = f'SELECT rowid FROM "{table}_fts" WHERE "{table}_fts" MATCH %s'  # noqa: S608  # our own names
            return self.extra(where=[f'"{table}".rowid IN ({sql})'], params=[match])
        query = " & ".join(f"{word}:*" for word in words)
        return self.extra(
            where=[f"to_tsvector('simple', \"{table}\".search_text) @@ to_tsquery('simple', %s)"],
            params=[query],
        )


def _split(folded: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in folded).split()


def searchable(*parts: object) -> str:
    """The folded form of everything a row may be found by."""
    return " ".join(_split(fold(" ".join(str(part) for part in parts if part))))


class Searchable(models.Model):
    """A row that people look for by words. The service that writes it fills both columns."""

    search_text = models.TextField(blank=True, default="", editable=False)
    sort_key = BytewiseCharField(max_length=400, blank=True, default="", editable=False)

    class Meta:
        abstract = True


def ensure_indexes_of(sender: AppConfig, using: str = "default", **_: Any) -> None:
    """After a migration: every searchable table of the app has its index, and it is complete.

    Not in the migrations themselves, because SQLite forgets triggers whenever it rebuilds a table for one.
    """
    connection = connections[using]
    for model in sender.get_models():
        if issubclass(model, Searchable) and model._meta.db_table in connection.introspection.table_names():
            ensure_index(connection, model._meta.db_table)


def ensure_index(connection: BaseDatabaseWrapper, table: str) -> None:
    """Make the search index of one table where it is missing."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f'CREATE INDEX IF NOT EXISTS "{table}_search" ON "{table}" '
                "USING gin (to_tsvector('simple', search_text))"
            )
            return
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{table}_fts_%"]
        )
        if cursor.fetchone()[0] == 3:
            return
        for statement in _sqlite_index(table):
            cursor.execute(statement)


def _sqlite_index(table: str) -> list[str]:
    # External content: the words live once, in the table itself; the triggers are SQLite's own way of keeping
    # such an index, as PostgreSQL keeps its GIN, and exist on SQLite only.
    fts = f"{table}_fts"
    put = f'INSERT INTO "{fts}"(rowid, search_text) VALUES (new.rowid, new.search_text);'  # noqa: S608
    drop = (
        f'INSERT INTO "{fts}"("{fts}", rowid, search_text) VALUES (\'delete\', old.rowid, old.search_text);'  # noqa: S608
    )
    return [
        f'DROP TABLE IF EXISTS "{fts}"',
        f'CREATE VIRTUAL TABLE "{fts}" USING fts5(search_text, content="{table}", content_rowid=rowid)',
        f'CREATE TRIGGER "{fts}_insert" AFTER INSERT ON "{table}" BEGIN {put} END',
        f'CREATE TRIGGER "{fts}_delete" AFTER DELETE ON "{table}" BEGIN {drop} END',
        f'CREATE TRIGGER "{fts}_update" AFTER UPDATE OF search_text ON "{table}" BEGIN {drop} {put} END',
        f'INSERT INTO "{fts}"("{fts}") VALUES (\'rebuild\')',  # noqa: S608
    ]
