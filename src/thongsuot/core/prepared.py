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
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ValuesListIterable, get_related_populators

from thongsuot.core import clock

Row = TypeVar("Row")
MOST_SHAPES = 256
Plain = int | str | dt.date
# No value of ours: a key nobody has, a word that is spelt like none, a day before everything.
_NUMBER = 1_987_650_000
_MARK = "\u2639\u2639"
_WORD = f"{_MARK} Stand-In "
_FIRST_DAY = dt.date(1801, 1, 1)
# What the clock says meanwhile: another year, so that it is recognised where it was not named.
_OTHER_YEAR = dt.datetime(1701, 6, 15, 5, tzinfo=dt.UTC)


class Compound(ABC):
    """A value that stands in a query at places of its own, such as a person with the ranges of all their rights.

    Two of one ``shape`` give the same SQL but for their ``parts``, numbers and words. Without a shape (None) the query
    is put together each time.
    """

    shape: Hashable | None
    parts: tuple[int | str, ...]

    @abstractmethod
    def made_of(self, parts: Sequence[int | str]) -> Any:
        """What the query is built with when these are the parts; with its own, the value itself."""

    @abstractmethod
    def in_sql(self, parts: Sequence[int | str]) -> Sequence[int | str]:
        """The parts as a query may name them, and what else follows from them: the end of a range from its begin."""


Value = Plain | tuple[int, ...] | tuple[str, ...] | Compound


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
        parts = {name: _parts_of(value) for name, value in given.items()}
        for place, name, number in self.names:
            values[place] = _stored(parts[name][number])
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

    Values are whole numbers, words, days, some of them to be ``IN``, or compound ones, and never nothing: NULL is
    compared in other words.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._ready: dict[tuple[object, ...], _Ready | None] = {}

    def __call__(self, **values: Value) -> list[Row]:
        shape = (connection.vendor, *(_shape_of(value) for value in values.values()))
        if None in shape:
            return list(self._build(**{name: _itself(value) for name, value in values.items()}))
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
    parts = {name: _stand_ins(value, number) for number, (name, value) in enumerate(values.items(), 1)}
    with clock.at(_OTHER_YEAR):
        queryset = build(**{name: _made_of(value, parts[name]) for name, value in values.items()})
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
    may_be_missing = {name for name, value in values.items() if isinstance(value, Compound)}
    stand_ins = {
        name: value.in_sql(parts[name]) if isinstance(value, Compound) else parts[name]
        for name, value in values.items()
    }
    names = _places_of(stand_ins, parameters, may_be_missing)
    fields = [column[0] for column in compiler.select[: compiler.col_count]]
    if compiler.has_composite_fields(fields) or queryset._prefetch_related_lookups:  # type: ignore[attr-defined]  # inner
        raise NotPreparableError("A composite key as a column, or a second query, cannot be prepared.")
    converters = tuple(
        (place, tuple(functions), expression)
        for place, (functions, expression) in compiler.get_converters(fields).items()
    )
    return _Ready(sql, tuple(parameters), names, converters, _maker_of(queryset, compiler))


def _parts_of(value: Value) -> Sequence[Plain]:
    if isinstance(value, Compound):
        return value.in_sql(value.parts)
    return value if isinstance(value, tuple) else (value,)


def _shape_of(value: Value) -> Hashable | None:
    if isinstance(value, Compound):
        return value.shape
    return len(value) if isinstance(value, tuple) else 1


def _itself(value: Value) -> Any:
    return value.made_of(value.parts) if isinstance(value, Compound) else value


def _made_of(value: Value, parts: Sequence[Any]) -> Any:
    """What a query is built with: the value of the same kind that has these parts."""
    if isinstance(value, Compound):
        return value.made_of(parts)
    return tuple(parts) if isinstance(value, tuple) else parts[0]


def _stand_ins(value: Value, number: int) -> list[Any]:
    parts = value.parts if isinstance(value, Compound) else _parts_of(value)
    return [_stand_in(part, number, place) for place, part in enumerate(parts)]


def _stand_in(value: Plain, number: int, place: int) -> Plain:
    if isinstance(value, dt.datetime | bool) or not isinstance(value, Plain):
        raise NotPreparableError("A value is a number, a word, a day, some of them, or a compound one.")
    if isinstance(value, int):
        return _NUMBER + 1000 * number + place
    if isinstance(value, str):
        return f"{_WORD}{number}.{place}."  # with an end: no stand-in may look like the beginning of another
    return _FIRST_DAY + dt.timedelta(1000 * number + place)


def _places_of(
    stand_ins: Mapping[str, Sequence[Plain]], parameters: Sequence[object], may_be_missing: Collection[str]
) -> tuple[tuple[int, str, int], ...]:
    """Where each value stands in the SQL: all of them somewhere, and no moment that nobody has named.

    Of a compound value a query needs what it needs; but what it makes of a part (a longer word, a piece of it) would
    be kept as it is, and is refused.
    """
    stored = {
        _stored(one): (name, number) for name, parts in stand_ins.items() for number, one in enumerate(parts)
    }
    found = tuple(
        (place, *stored[value])
        for place, value in enumerate(parameters)
        if isinstance(value, Plain) and value in stored
    )
    wanted = {name for name, _number in stored.values()} - set(may_be_missing)
    if missing := wanted - {name for _place, name, _number in found}:
        message = f"Not in the query as they are: {', '.join(sorted(missing))}."
        raise NotPreparableError(message)
    named = {place for place, _name, _number in found}
    rest = [str(value) for place, value in enumerate(parameters) if place not in named]
    if any(str(_OTHER_YEAR.year) in value for value in rest):
        raise NotPreparableError("The query asks the clock: name the day as a value.")
    if any(_MARK in value for value in rest):
        raise NotPreparableError("The query makes something else of a value: name that as a value.")
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
