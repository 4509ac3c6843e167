"""Sending to N units and opening receipts for M people, against the bare statements.

The rows the services write are read and rolled back, put into temporary tables, and written again by one
``INSERT … SELECT`` a table: what the database itself costs. Service and bare statements take turns, each rolled
back, and the best of each counts (on SQLite in seconds of the processor). The ratio is the promise: at least half the
bare rate.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from thongsuot.core import clock
from thongsuot.demo.place import Place
from thongsuot.dissemination.models import CoverageCounter, Receipt, Requirement
from thongsuot.documents import services as documents
from thongsuot.documents.models import Circulation, Delivery, Dispatch, Document, FlowCounter
from thongsuot.organizations.models import Unit
from thongsuot.tasks.models import Task

from .subjects import new_document
from .table import Line, show

ROUNDS = 20
Row = tuple[Any, ...]
LEAST_RATIO = 0.5
# In the order in which rows point at each other.
TABLES: tuple[type[models.Model], ...] = (
    Dispatch,
    Delivery,
    Circulation,
    FlowCounter,
    Requirement,
    Receipt,
    CoverageCounter,
    Task,
)


class Sends(Protocol):
    """An act of sending one document."""

    @property
    def document(self) -> Document: ...

    def send(self) -> None: ...


@dataclass(frozen=True)
class Sending:
    """One document on its way to these units, everybody in them to hear of it."""

    place: Place
    document: Document
    units: list[Unit]

    def send(self) -> None:
        due = clock.today() + dt.timedelta(days=20)
        documents.dispatch_document(
            by=self.place.users["vanthu"],
            unit=self.place.city,
            document=self.document,
            units=self.units,
            receive_by=due,
            plan_by=due,
            disseminate_by=due,
        )


def run(place: Place) -> None:
    """Print rates, their ratio, and the number of statements for 60 and for 600 units."""
    with transaction.atomic():
        document = new_document(place, "về giữ gìn cảnh quan ven sông", provisions=2)
    cells = [cell for commune in place.communes for cell in place.cells_of(commune)]
    all_cells, tenth = Sending(place, document, cells), Sending(place, document, cells[: len(cells) // 10])
    with temporary_tables(all_cells) as rows:
        service, bare = race(all_cells.send, write_bare)
    few, many = _statements(tenth), _statements(all_cells)
    ratio = bare / service
    show(
        f"Sets ({connection.vendor}): to {len(cells)} units, with what follows from it",
        ("value", "limit"),
        [
            Line("rows written", (f"{rows:,}", "")),
            Line("the services", (f"{service * 1000:.0f} ms, {rows / service:,.0f} rows/s", "")),
            Line("bare INSERT … SELECT", (f"{bare * 1000:.0f} ms, {rows / bare:,.0f} rows/s", "")),
            Line(
                "rate of the services / bare rate", (f"{ratio:.2f}", f"≥ {LEAST_RATIO}"), ratio >= LEAST_RATIO
            ),
            Line(f"statements for {len(tenth.units)} units", (str(few), "")),
            Line(f"statements for {len(cells)} units", (str(many), f"{few}"), few == many),
        ],
    )


def race(service: Callable[[], None], bare: Callable[[], None], rounds: int = ROUNDS) -> tuple[float, float]:
    """The best seconds of each, taken in turns so that the machine's moods hit both."""
    times: dict[Callable[[], None], list[float]] = {service: [], bare: []}
    for _ in range(rounds):
        for way, taken in times.items():
            with rolled_back():
                begin = spent()
                way()
                _check_keys()
                taken.append(spent() - begin)
    return min(times[service]), min(times[bare])


def spent() -> float:
    """SQLite works in this process: its processor time says what the work costs, whatever else the machine does."""
    return time.process_time() if connection.vendor == "sqlite" else time.perf_counter()


def _statements(sending: Sending) -> int:
    with rolled_back(), CaptureQueriesContext(connection) as asked:
        sending.send()
    return len(asked)


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _check_keys() -> None:
    """PostgreSQL puts the check of foreign keys off to the commit; SQLite has no cheap way to ask for it now."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


@contextmanager
def temporary_tables(sending: Sends) -> Iterator[int]:
    """For each table a temporary one with the rows the services write; how many rows there are."""
    written: dict[type[models.Model], list[Row]] = {}
    with rolled_back():
        before = {model: set(_rows_of(sending.document, model)) for model in TABLES}
        sending.send()
        for model in TABLES:
            written[model] = [row for row in _rows_of(sending.document, model) if row not in before[model]]
    with connection.cursor() as cursor:
        for model, rows in written.items():
            table = model._meta.db_table
            cursor.execute(f"CREATE TEMPORARY TABLE bare_{table} AS SELECT * FROM {table} WHERE 1 = 0")  # noqa: S608
            places = ", ".join(["%s"] * len(model._meta.local_concrete_fields))
            cursor.executemany(f"INSERT INTO bare_{table} VALUES ({places})", rows)  # noqa: S608
    yield sum(len(rows) for rows in written.values())
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(f"DROP TABLE bare_{model._meta.db_table}")


def _rows_of(document: Document, model: type[models.Model]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {model._meta.db_table} WHERE document_id = %s",  # noqa: S608
            [document.pk],
        )
        return list(cursor.fetchall())


def write_bare() -> None:
    with connection.cursor() as cursor:
        for model in TABLES:
            table = model._meta.db_table
            cursor.execute(f"INSERT INTO {table} SELECT * FROM bare_{table}")  # noqa: S608
