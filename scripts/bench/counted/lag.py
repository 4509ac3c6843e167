"""How far totals are behind while 500 people a second are marked as reached, folded by the product's own worker."""

from __future__ import annotations

import statistics
import threading
import time
from collections import deque
from itertools import groupby

from django.db import connection, transaction

from scripts.bench.large import LargePlace
from scripts.bench.table import Line, show
from thongsuot.config import processes
from thongsuot.core import clock
from thongsuot.core.jobs import enqueue_once
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import Channel, CoverageCounter, CoverageTotal, Receipt
from thongsuot.dissemination.services.reaching import reach_people
from thongsuot.documents.models import Document

A_SECOND, SECONDS, MOST_LAG = 500, 20, 5.0
PATIENCE = 60


def run(place: LargePlace, document: Document) -> None:
    """Cell by cell, as attendance and confirmations come; a thread looks at the total of the root meanwhile."""
    cells = _cells(document, A_SECOND * SECONDS)
    connection.close()
    worker = processes.start("Tiến trình nền", "The worker", processes.worker_command())
    try:
        _wait_for_the_worker(document)
        watcher = _Watcher(place, document)
        watcher.start()
        begin = time.perf_counter()
        marked = _arrive(place, document, cells, watcher, begin)
        took = time.perf_counter() - begin
        watcher.join(PATIENCE)
    finally:
        processes.stop([worker])
    if watcher.seen != marked:
        raise RuntimeError(f"The total says {watcher.seen}, {marked} were marked.")
    most, a_second = max(watcher.lags), marked / took
    show(
        f"Totals behind ({place.title}): {marked:,} people marked",
        ("value", "limit"),
        [
            Line("people marked a second", (f"{a_second:.0f}", str(A_SECOND)), a_second > 0.95 * A_SECOND),
            Line("behind by, in the middle", (f"{statistics.median(watcher.lags):.1f} s", "")),
            Line("behind by, at most", (f"{most:.1f} s", f"≤ {MOST_LAG} s"), most <= MOST_LAG),
        ],
    )


def _cells(document: Document, people: int) -> list[tuple[int, list[int]]]:
    rows = Receipt.objects.filter(document=document, reached_at=None).order_by("unit_id", "person_id")
    pairs = rows.values_list("unit_id", "person_id")[:people]
    return [
        (unit, [person for _unit, person in group]) for unit, group in groupby(pairs, key=lambda row: row[0])
    ]


def _arrive(
    place: LargePlace, document: Document, cells: list[tuple[int, list[int]]], watcher: _Watcher, begin: float
) -> int:
    marked = 0
    for unit_id, people in cells:
        early = begin + marked / A_SECOND - time.perf_counter()
        if early > 0:
            time.sleep(early)
        with transaction.atomic():
            reach_people(
                by=place.clerk,
                document_ids=[document.pk],
                person_ids=people,
                unit_id=unit_id,
                channel=Channel.READING,
                at=clock.now(),
            )
            enqueue_once(fold_coverage)
        marked += len(people)
        watcher.came(marked)
    watcher.all_came = True
    return marked


class _Watcher(threading.Thread):
    """Compares, many times a second, what the total says with what had been committed and since when."""

    def __init__(self, place: LargePlace, document: Document) -> None:
        super().__init__()
        self._totals = CoverageTotal.objects.filter(unit=place.root, document=document)
        self._before = self._reached()
        self._waiting: deque[tuple[int, float]] = deque()
        self.lags: list[float] = [0.0]
        self.seen = 0
        self.all_came = False

    def came(self, marked: int) -> None:
        self._waiting.append((marked, time.perf_counter()))

    def _reached(self) -> int:
        return sum(self._totals.values_list("reached", flat=True))

    def run(self) -> None:
        end = time.perf_counter() + PATIENCE + SECONDS
        try:
            while time.perf_counter() < end:
                looked = time.perf_counter()
                self.seen = self._reached() - self._before
                while self._waiting and self._waiting[0][0] <= self.seen:
                    self._waiting.popleft()
                if self._waiting:
                    self.lags.append(max(0.0, looked - self._waiting[0][1]))
                elif self.all_came:
                    return
                time.sleep(0.05)
        finally:
            connection.close()


def _wait_for_the_worker(document: Document) -> None:
    """Until its first fold is done: starting belongs to no lag."""
    CoverageCounter.objects.filter(document=document).update(changed=True)
    enqueue_once(fold_coverage)
    end = time.perf_counter() + PATIENCE
    while CoverageCounter.objects.filter(changed=True).exists():
        if time.perf_counter() > end:
            raise RuntimeError("The worker does not fold.")
        time.sleep(0.2)
