"""12,000 units and 150,000 people from tables: reading, looking through and writing, with the memory they take."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import psutil
from django.db import connection

from tests.cast import Cast, gather
from thongsuot.organizations.columns import PEOPLE_COLUMNS, UNIT_COLUMNS
from thongsuot.organizations.imports import jobs, reading, services
from thongsuot.organizations.models import Import, ImportState, ImportSubject, Person

COMMUNES, CELLS = 100, 120
PEOPLE = 150_000
T = TypeVar("T")


def run() -> None:
    cast = gather()
    print(f"\nImport, {connection.vendor}: {COMMUNES * CELLS:,} units, then {PEOPLE:,} people")
    _import(cast, ImportSubject.UNITS, list(UNIT_COLUMNS.values())[:5], _units())
    _import(cast, ImportSubject.PEOPLE, list(PEOPLE_COLUMNS.values())[:5], _people())
    print(f"  people written: {Person.objects.filter(code__startswith='P').count():,}")
    _import(cast, ImportSubject.PEOPLE, list(PEOPLE_COLUMNS.values())[:5], _people(), again=True)


def _units() -> Iterable[Sequence[str]]:
    for commune in range(COMMUNES):
        yield f"X{commune}", "", f"Đảng ủy xã số {commune}", "", "Đảng ủy xã"
        for cell in range(CELLS - 1):
            yield f"X{commune}.{cell}", f"X{commune}", f"Chi bộ ấp {cell}, xã số {commune}", "", "Chi bộ"


def _people() -> Iterable[Sequence[str]]:
    for number in range(PEOPLE):
        cell = f"X{number % COMMUNES}.{number // COMMUNES % (CELLS - 1)}"
        name = f"Nguyễn {('Văn', 'Thị', 'Hữu')[number % 3]} Số {number % 5000}"
        yield f"P{number}", name, f"09{number:08}", f"p{number}@example.vn", cell


def _import(
    cast: Cast, subject: str, header: Sequence[str], rows: Iterable[Sequence[str]], *, again: bool = False
) -> None:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows(rows)
    content = file.getvalue().encode()
    by, unit = cast.administrator, cast.city
    batch = _timed(
        "read",
        lambda: services.take_in_table(by=by, unit=unit, subject=subject, content=content, name="bench.csv"),
    )
    _timed("read later", lambda: reading.read_kept_file(batch.pk))
    Import.objects.filter(pk=batch.pk).update(state=ImportState.PLANNING)
    _timed("look through", lambda: jobs.look_through(batch.pk))
    batch.refresh_from_db()
    print(f"  {batch.state}: new {batch.new:,}, same {batch.same:,}, wrong {batch.wrong:,}")
    if again:
        return
    Import.objects.filter(pk=batch.pk).update(state=ImportState.RUNNING, is_writing=True, decided_by=by)

    def write() -> None:
        # A long import hands itself on to the queue; here the next turn is taken at once.
        while Import.objects.filter(pk=batch.pk, state=ImportState.RUNNING).exists():
            jobs.write(batch.pk)

    _timed("write", write)


def _timed(what: str, act: Callable[[], T]) -> T:
    begun, worked = time.perf_counter(), time.process_time()
    answer = act()
    memory = psutil.Process().memory_info().rss / 1024**2
    # The clock tells what else the machine did; the processor's seconds what the work costs (but PostgreSQL's part).
    took, cost = time.perf_counter() - begun, time.process_time() - worked
    print(f"  {what:<14}{took:8.1f} s   {cost:8.1f} s of a processor   {memory:6.0f} MB", flush=True)
    return answer
