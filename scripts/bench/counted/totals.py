"""Pages of totals while receipts grow hundredfold, and making all totals anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from scripts.bench.large import LargePlace
from scripts.bench.pages import Figure, measured
from scripts.bench.sets import spent
from scripts.bench.table import Line, show
from thongsuot.dissemination.models import CoverageCounter, CoverageDay, CoverageDayTotal, CoverageTotal
from thongsuot.documents.counting import rebuild, recount
from thongsuot.documents.models import FlowCounter, FlowTotal

ROUNDS = 40
MOST_QUERIES, MOST_BARE, MOST_GROWTH, MOST_GROUPING = 12, 3.0, 1.2, 3.0
PROMISED = 1_000_000
BARE = "/bench/page/"
GROUPED = (
    "SELECT COUNT(*), SUM(required) FROM (SELECT unit_id, document_id, COUNT(*) AS required, "
    "COUNT(reached_on) AS reached FROM dissemination_receipt GROUP BY unit_id, document_id) s"
)


@dataclass(frozen=True)
class Seen:
    """What the pages cost at one number of receipts."""

    receipts: int
    figures: dict[str, Figure]

    def ratio(self, address: str) -> float:
        return self.figures[address].milliseconds / self.figures[BARE].milliseconds


@override_settings(ROOT_URLCONF="scripts.bench.bare")
def look_at(place: LargePlace) -> Seen:
    """The leader of the root opens the totals of the first document, the list of documents, and an empty page."""
    client = Client(raise_request_exception=False)
    client.force_login(place.leader)
    pages = [
        BARE,
        reverse("dissemination:coverage", args=[place.documents[0].pk]),
        reverse("dissemination:figures", args=[place.documents[0].pk]),
        reverse("dissemination:list"),
    ]
    figures = {page: measured(client, page, rounds=1) for page in pages}
    for figure in figures.values():
        figure.milliseconds = float("inf")
    for _ in range(ROUNDS):
        # In turns, so that the machine's moods hit all of them.
        for page, figure in figures.items():
            begin = spent()
            client.get(page)
            figure.milliseconds = min(figure.milliseconds, 1000 * (spent() - begin))
    return Seen(place.receipts, figures)


def compare(place: LargePlace, seen: list[Seen]) -> None:
    """A line for each page and number of receipts; growth is that of the ratio to the empty page of the moment."""
    first = seen[0]
    lines = []
    for address in list(first.figures)[1:]:
        for one in seen:
            figure, ratio = one.figures[address], one.ratio(address)
            growth = ratio / first.ratio(address)
            values = f"{figure.queries}", f"{figure.milliseconds:.0f}", f"{ratio:.2f}", f"{growth:.2f}"
            fits = figure.queries <= MOST_QUERIES and ratio <= MOST_BARE
            # The list shows a document more for each that is there; the totals of one show the same for ever.
            fits = fits and (growth <= MOST_GROWTH or address.endswith("/pho-bien/"))
            lines.append(Line(f"{address} after {one.receipts:,}", values, fits and figure.status == 200))
    bare = " / ".join(f"{one.figures[BARE].milliseconds:.0f}" for one in seen)
    show(
        f"Totals ({place.title}): limits {MOST_QUERIES} queries, {MOST_BARE} × an empty page ({bare} ms), "
        f"growth {MOST_GROWTH}",
        ("queries", "ms", "of empty", "growth"),
        lines,
    )


def rebuild_all(place: LargePlace) -> None:
    """Totals that are right, totals that are gone, and the counters from the rows, against one bare GROUP BY."""

    def grouped() -> None:
        with connection.cursor() as cursor:
            cursor.execute(GROUPED)
            cursor.fetchall()

    def again() -> None:
        rebuild(CoverageCounter, CoverageTotal)

    bare = min(_seconds(grouped), _seconds(grouped))
    right = _seconds(again)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {CoverageTotal._meta.db_table}")  # noqa: S608  # our own name
    gone = _seconds(again)
    counters = _seconds(lambda: recount(CoverageCounter, CoverageTotal))
    days = _seconds(lambda: rebuild(CoverageDay, CoverageDayTotal))
    flow = _seconds(lambda: rebuild(FlowCounter, FlowTotal))

    def line(name: str, seconds: float, limit: float | None = None) -> Line:
        # Among few receipts it is the slices that cost, and nothing was promised.
        kept = seconds <= limit * bare if limit and place.receipts >= PROMISED else None
        return Line(name, (f"{seconds:.1f} s", f"{seconds / bare:.2f}", f"≤ {limit}" if limit else ""), kept)

    show(
        f"Making anew ({place.title})",
        ("time", "of GROUP BY", "limit"),
        [
            line("bare GROUP BY over the receipts", bare),
            line("all totals, which were right", right, MOST_GROUPING),
            line("all totals, which were gone", gone, MOST_GROUPING),
            line("all counters from the receipts", counters),
            line("totals by day and way, which were right", days),
            line("totals of deliveries and their days, which were right", flow),
        ],
    )


def _seconds(act: Callable[[], object]) -> float:
    begin = spent()
    act()
    return spent() - begin
