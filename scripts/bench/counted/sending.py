"""Sending to every cell of a province, everybody in them to hear of it, against the bare statements."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from dataclasses import dataclass

from scripts.bench.large import LargePlace
from scripts.bench.sets import race, rolled_back, temporary_tables, write_bare
from scripts.bench.table import Line, show
from thongsuot.core import clock
from thongsuot.documents import services as documents
from thongsuot.documents.models import Document
from thongsuot.documents.whom import CELLS, Whom
from thongsuot.organizations.models import Unit, UnitKind

ROUNDS = 4
LEAST_RATIO, MOST_MEMORY = 0.7, 5_000_000


@dataclass(frozen=True)
class SendingToAll:
    """One document for whoever is meant, everybody in these units to hear of it."""

    place: LargePlace
    document: Document
    whom: Whom

    def send(self) -> None:
        due = clock.today() + dt.timedelta(days=20)
        documents.dispatch_document(
            by=self.place.clerk,
            unit=self.place.root,
            document=self.document,
            whom=self.whom,
            receive_by=due,
            plan_by=due,
            disseminate_by=due,
        )


def run(place: LargePlace, document: Document) -> None:
    """Rate against the bare rate, and the memory for a tenth of the cells and for all."""
    to_all = SendingToAll(place, document, Whom(levels=frozenset({CELLS})))
    tenth = Unit.objects.filter(kind=UnitKind.CELL).order_by("pk")[: place.size.cells // 10]
    to_few = SendingToAll(place, document, Whom(units=frozenset(tenth.values_list("pk", flat=True))))
    with temporary_tables(to_all) as rows:
        service, bare = race(to_all.send, write_bare, ROUNDS)
    ratio = bare / service
    few, all_of_them = _peak(to_few), _peak(to_all)
    show(
        f"Sending to {place.size.cells:,} cells ({place.title})",
        ("value", "limit"),
        [
            Line("rows written", (f"{rows:,}", "")),
            Line("the services", (f"{service:.2f} s, {rows / service:,.0f} rows/s", "")),
            Line("bare INSERT … SELECT", (f"{bare:.2f} s, {rows / bare:,.0f} rows/s", "")),
            Line("rate / bare rate", (f"{ratio:.2f}", f"≥ {LEAST_RATIO}"), ratio >= LEAST_RATIO),
            Line(
                "most memory for all cells (for a tenth of them)",
                (f"{all_of_them / 1e6:.1f} MB ({few / 1e6:.1f} MB)", f"≤ {MOST_MEMORY / 1e6:.0f} MB"),
                all_of_them <= MOST_MEMORY,
            ),
        ],
    )


def _peak(sending: SendingToAll) -> int:
    with rolled_back():
        tracemalloc.start()
        sending.send()
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return peak
