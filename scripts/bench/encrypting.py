"""What encryption costs: a thousand Party records read with their values opened, against the same rows left closed.

Then all of them brought under a new key, and proven. A page opens one record, not a thousand.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable

from django.db import connection

from scripts.bench.table import Line, show

RECORDS, READ, TURNS = 10_000, 1_000, 15
NOTE = "Được Đảng ủy tặng Giấy khen về thành tích xuất sắc trong nhiệm kỳ."


def run(records: int = RECORDS) -> None:
    """Write so many records, read a thousand of them both ways in turns, change the key, prove them."""
    from thongsuot.core.crypto import keyring
    from thongsuot.core.crypto.rotating import faults_of_encrypted, reencrypt

    written = _seconds(lambda: _write(records))
    closed, opened = _in_turns(lambda: _read(False), lambda: _read(True))
    keyring.add_key()
    rotated = _seconds(reencrypt)
    faults: list[str] = []
    proven = _seconds(lambda: faults.extend(faults_of_encrypted()))
    show(
        f"Encrypted values: {records:,} records of three values ({connection.vendor})",
        ("ms", "µs a record"),
        [
            _line(f"{READ:,} read, left closed", closed, READ),
            _line(f"{READ:,} read and opened", opened, READ),
            Line("ratio", (f"{opened / closed:.1f}", "")),
            _line("written in sets", written, records),
            _line("brought under a new key", rotated, records),
            _line("proven", proven, records),
            Line("faults", (str(len(faults)), ""), not faults),
        ],
    )


def _write(records: int) -> None:
    from thongsuot.organizations.models import PartyRecord, Person

    people = Person.objects.bulk_create((Person(name=f"Bench {n}") for n in range(records)), batch_size=500)
    day = dt.date(1999, 5, 19)
    PartyRecord.objects.bulk_create(
        (PartyRecord(person=one, admitted_on=day, official_on=day, note=NOTE) for one in people),
        batch_size=200,
    )


def _read(opened: bool) -> None:
    from thongsuot.organizations.models import PartyRecord

    for row in PartyRecord.objects.order_by("pk")[:READ]:
        if opened:
            _ = (row.admitted_on, row.official_on, row.note)


def _in_turns(*ways: Callable[[], None]) -> tuple[float, ...]:
    """The median of each, one after the other, so that the machine's mood falls on all."""
    took = [[_seconds(way) for way in ways] for _turn in range(TURNS)]
    return tuple(statistics.median(times) for times in zip(*took, strict=True))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _line(name: str, seconds: float, number: int) -> Line:
    return Line(name, (f"{seconds * 1e3:,.0f}", f"{seconds / number * 1e6:,.0f}"))
