"""Queries that are asked on nearly every page, put together once in the life of a process.

For a query of one row Django takes longer to put the SQL together than the database to answer it. Such a query is
written as any other, as a function that returns a queryset; ``Prepared`` calls it once with stand-ins, keeps the SQL
and from then on only exchanges the values. Nothing that was read is kept, neither rows nor rights.

What must not be kept either is the day: whatever changes from one request to the next has to be a named value. A
function that asks the clock for itself is refused when it is put together for the first time, which every test of
it does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ValuesListIterable, get_related_populators

from thongsuot.core import clock

Row = TypeVar("Row")
MOST_SHAPES = 64
Value = int | str | dt.date | tuple[int, ...]
# No value of ours: a key nobody has, a word that is spelt like none, a day before everything.
_NUMBER = 1_987_650_000
_FIRST_DAY = dt.date(1801, 1, 1)
# What the clock says meanwhile: another year, so that it is recognised where it was not named.
_OTHER_YEAR = dt.datetime(1701, 6, 15, 5, tzinfo=dt.UTC)


class NotPreparableError(RuntimeError):
    """A query that would not say the same for other values: a fault of whoever wrote it."""


@dataclass(frozen=True)
class _Ready:
    """The SQL, its parameters in order, which of them stand for a named value, and how a row becomes an object."""

    sql: str
    values: tuple[object, ...]
    names: tuple[tuple[int, str, int], ...]
    converters: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]
    make: Callable[[Sequence[Any]], Any]

    def ask(self, given: Mapping[str, Value]) -> list[Any]:
        values: list[Any] = list(self.values)
        for place, name, number in self.names:
            value = given[name]
            values[place] = value[number] if isinstance(value, tuple) else _stored(value)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            rows = cursor.fetchall()
        return [self.make(row) for row in self._converted(rows)]

    def _converted(self, rows: Sequence[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        for row in rows:
            values = list(row)
            for place, functions, expression in self.converters:
                for function in functions:
                    values[place] = function(values[place], expression, connection)
            yield values


class Prepared(Generic[Row]):
    """Asks ``build(**values)``, a queryset of whole objects or of ``values_list``, without putting it together again.

    Values are whole numbers, words, days or some keys to be ``IN``, and never nothing: NULL is compared in other words.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._ready: dict[tuple[object, ...], _Ready | None] = {}

    def __call__(self, **values: Value) -> list[Row]:
        shape = (connection.vendor, *(len(value) for value in values.values() if isinstance(value, tuple)))
        try:
            ready = self._ready[shape]
        except KeyError:
            ready = _put_together(self._build, values)
            if len(self._ready) < MOST_SHAPES:
                self._ready[shape] = ready
        return ready.ask(values) if ready else []

    def first(self, **values: Value) -> Row | None:
        """The first row; the query itself says how many it asks for."""
        rows = self(**values)
        return rows[0] if rows else None


def _put_together(build: Callable[..., QuerySet[Any, Any]], values: Mapping[str, Value]) -> _Ready | None:
    """Nothing for a query that can find nothing, such as keys among none."""
    stand_ins = {name: _stand_in(value, number) for number, (name, value) in enumerate(values.items(), 1)}
    with clock.at(_OTHER_YEAR):
        queryset = build(**stand_ins)
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
    names = _places_of(stand_ins, parameters)
    fields = [column[0] for column in compiler.select[: compiler.col_count]]
    if compiler.has_composite_fields(fields) or queryset._prefetch_related_lookups:  # type: ignore[attr-defined]  # inner
        raise NotPreparableError("A composite key as a column, or a second query, cannot be prepared.")
    converters = tuple(
        (place, tuple(functions), expression)
        for place, (functions, expression) in compiler.get_converters(fields).items()
    )
    return _Ready(sql, tuple(parameters), names, converters, _maker_of(queryset, compiler))


def _stand_in(value: Value, number: int) -> Value:
    if isinstance(value, dt.datetime | bool):
        raise NotPreparableError("A value is a number, a word, a day or some keys.")
    if isinstance(value, tuple):
        return tuple(_NUMBER + 1000 * number + place for place in range(len(value)))
    if isinstance(value, int):
        return _NUMBER + number
    return f"Stand-In {number}" if isinstance(value, str) else _FIRST_DAY + dt.timedelta(number)


def _places_of(
    stand_ins: Mapping[str, Value], parameters: Sequence[object]
) -> tuple[tuple[int, str, int], ...]:
    """Where each value stands in the SQL: all of them somewhere, and no moment that nobody has named."""
    stored = {
        _stored(one): (name, number)
        for name, value in stand_ins.items()
        for number, one in enumerate(value if isinstance(value, tuple) else (value,))
    }
    found = tuple(
        (place, *stored[value])
        for place, value in enumerate(parameters)
        if isinstance(value, int | str | dt.date) and value in stored
    )
    if missing := {name for name, _number in stored.values()} - {name for _place, name, _number in found}:
        message = f"Not in the query as they are: {', '.join(sorted(missing))}."
        raise NotPreparableError(message)
    named = {place for place, _name, _number in found}
    rest = [value for place, value in enumerate(parameters) if place not in named]
    if any(str(_OTHER_YEAR.year) in str(value) for value in rest):
        raise NotPreparableError("The query asks the clock: name the day as a value.")
    return found


def _stored(value: int | str | dt.date) -> object:
    """As the database wants it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value


def _maker_of(queryset: QuerySet[Any, Any], compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """How Django itself makes an object of a row (``ModelIterable``), with what is alike for all rows done once."""
    if issubclass(queryset._iterable_class, ValuesListIterable):
        return tuple
    klass: dict[str, Any] = compiler.klass_info
    model: type[Model] = klass["model"]
    first, last = klass["select_fields"][0], klass["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    populators = get_related_populators(klass, compiler.select, connection.alias)  # type: ignore[call-arg]  # types of a later Django
    annotations = tuple((compiler.annotation_col_map or {}).items())

    def make(row: Sequence[Any]) -> Model:
        made = model.from_db(connection.alias, names, row[first:last])
        for populator in populators:
            populator.populate(row, made)
        for name, place in annotations:
            setattr(made, name, row[place])
        return made

    return make
