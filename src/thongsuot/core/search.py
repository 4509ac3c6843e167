"""Finding Vietnamese text however it was typed, through an index, on both databases.

Rows carry ``search_text``, the folded form (``core.text.fold``) of what they may be found by, and ``sort_key``,
their place in the Vietnamese order. SQLite keeps a full-text table beside each searchable one, PostgreSQL a GIN
index; both answer a prefix of every word. This is the only module that asks which database it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import AppConfig
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from thongsuot.core.fields import BytewiseCharField
from thongsuot.core.text import fold

Row = TypeVar("Row", bound=models.Model)
MOST_WORDS = 12
if TYPE_CHECKING:
    _TextField = models.TextField[str, str]  # not subscriptable at run time
else:
    _TextField = models.TextField


class SearchTextField(_TextField):
    """The folded words of a row; ``search_text__matches=[words]`` asks the full-text index of the database."""


@SearchTextField.register_lookup
class Matches(models.Lookup):
    """Every given word (folded, letters and digits only) begins some word of the row."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column, parameters = self.process_lhs(compiler, connection)
        query = " & ".join(f"{word}:*" for word in self.rhs)
        return f"to_tsvector('simple', {column}) @@ to_tsquery('simple', %s)", [*parameters, query]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        # The key of a searchable table is an integer, which SQLite uses as the row's own number.
        index = f"{self.lhs.target.model._meta.db_table}_fts"
        rows = f'SELECT rowid FROM "{index}" WHERE "{index}" MATCH %s'  # noqa: S608  # our own names
        return f'"{self.lhs.alias}"."id" IN ({rows})', [" ".join(f'"{word}"*' for word in self.rhs)]


class SearchQuerySet(models.QuerySet[Row]):
    """Adds ``search(text)`` to a queryset of rows with a folded form."""

    def search(self, text: str) -> Self:
        """Rows in which every word of ``text`` begins some word; all rows when it holds no word."""
        words = _split(fold(text))[:MOST_WORDS]
        return self.filter(search_text__matches=words) if words else self


def _split(folded: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in folded).split()


def searchable(*parts: object) -> str:
    """The folded form of everything a row may be found by."""
    return " ".join(_split(fold(" ".join(str(part) for part in parts if part))))


class Searchable(models.Model):
    """A row that people look for by words. The service that writes it fills both columns."""

    search_text = SearchTextField(blank=True, default="", editable=False)
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
