"""Receipts by the million: sending, confirming, totals, how far they are behind, making them anew.

``SIZE=small`` (a tenth of a province), ``province`` (10,000 cells, 150,000 members) or ``nation`` (the same with 15
million receipts; some gigabytes of disk).
"""

from __future__ import annotations

import datetime as dt
import os
import time

from django.db import connection

from scripts.bench import large
from thongsuot.core import clock
from thongsuot.documents.models import Circulation, Document

STAGES = {
    "small": (large.Size((1, 13, 1_000), 15_000, 1_000), (1, 10)),
    "province": (large.SIZES["province"], (1, 10)),
    "nation": (large.SIZES["province"], (1, 10, 100)),
}


def run() -> None:
    """One place that grows: pages at each stage, everything else at the last."""
    from scripts.bench.counted import confirming, lag, sending, totals

    name = os.environ.get("SIZE", "small")
    size, stages = STAGES[name]
    begin = time.perf_counter()
    place = large.found(size)
    seen = []
    for documents in stages:
        large.fill(place, documents=documents)
        print(f"  {place.title}: there after {time.perf_counter() - begin:.0f} s", flush=True)
        seen.append(totals.look_at(place))
    totals.compare(place, seen)
    totals.rebuild_all(place)
    sending.run(place, _new(place, 1))
    opened = _opened(place, _new(place, 2))
    lag.run(place, opened)
    confirming.run(place, opened, people=min(800, size.accounts - size.accounts // 10))
    connection.close()


def _new(place: large.LargePlace, number: int) -> Document:
    """A paper that nobody has been sent yet."""
    from scripts.bench.large.papers import document_of

    document = document_of(place, 10_000 + number)
    Circulation.objects.create(unit=place.root, document=document)
    return document


def _opened(place: large.LargePlace, document: Document) -> Document:
    from thongsuot.dissemination.jobs import fold_coverage
    from thongsuot.dissemination.services import require_dissemination

    due = clock.today() + dt.timedelta(days=9)
    require_dissemination(by=place.clerk, document=document, unit=place.root, units=[place.root], due=due)
    fold_coverage()
    return document
