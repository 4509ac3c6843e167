"""The flow map of a document that went to every commune and cell of a country, and to a tenth of them.

``SIZE=small`` is a tenth of both. Every step has been taken by most units, each on one of twelve days.
"""

from __future__ import annotations

import os

from django.db import connection
from django.test import Client
from django.urls import reverse

from scripts.bench import large
from scripts.bench.large.writing import day, value_of
from scripts.bench.pages import measured
from scripts.bench.sets import spent
from scripts.bench.table import Line, show

ROUNDS = 15
MOST_MILLISECONDS, MOST_GROWTH = 300, 1.2
TENTH = (1, 34, 332, 30_000)
# Of a hundred units, so many have taken the step.
SHARES = {"planned": 70, "begun": 60, "done": 40}
MET = 55


def run() -> None:
    """Two countries in one database, the small one with keys of its own; pages in turns."""
    whole = os.environ.get("SIZE", "nation") != "small"
    few = TENTH if whole else (1, 34, 34, 3_000)
    many = large.SIZES["nation"].levels if whole else TENTH
    places = [_place(few, base=0), _place(many, base=10_000_000)]
    lines: list[Line] = []
    firsts: dict[str, float] = {}
    for title, changes in (
        ("map", {}),
        ("table", {"xem": "bang"}),
        ("a day", {"ngay": day(-20).isoformat()}),
    ):
        told = [_milliseconds(place, changes) for place in places]
        for place, (milliseconds, queries) in zip(places, told, strict=True):
            growth = milliseconds / firsts.setdefault(title, milliseconds)
            fits = milliseconds < MOST_MILLISECONDS and growth <= MOST_GROWTH
            cells = f"{place.size.levels[-2]:,} / {place.size.cells:,}"
            lines.append(
                Line(f"{title}, {cells}", (f"{queries}", f"{milliseconds:.0f} ms", f"{growth:.2f}"), fits)
            )
    show(
        f"Flow map over communes / cells ({connection.vendor}): limits {MOST_MILLISECONDS} ms, growth {MOST_GROWTH}",
        ("queries", "server", "growth"),
        lines,
    )


def _place(levels: tuple[int, ...], base: int) -> large.LargePlace:
    place = large.found(large.Size(levels, members=levels[-1], accounts=20, base=base))
    large.fill(place, documents=1)
    _take_steps(place)
    return place


def _take_steps(place: large.LargePlace) -> None:
    """Plans, work and meetings on twelve days, as counted and as added up."""
    from thongsuot.dissemination.jobs import rebuild_coverage
    from thongsuot.documents.counting import rebuild
    from thongsuot.documents.models import FlowCounter, FlowTotal

    with connection.cursor() as cursor:
        for name, share in SHARES.items():
            days = [value_of(FlowCounter, f"{name}_on", day(-15 + n)) for n in range(12)]
            kind = _day_type()
            chosen = " ".join(
                f"WHEN {n} THEN CAST(%s AS {kind})" if kind else f"WHEN {n} THEN %s" for n in range(12)
            )
            more = "" if name == "begun" else f", {name} = 1, folded_{name} = 1"
            cursor.execute(
                f"UPDATE documents_flowcounter SET {name}_on = CASE (unit_id / 7) %% 12 {chosen} END, "  # noqa: S608
                f"folded_{name}_on = CASE (unit_id / 7) %% 12 {chosen} END{more} "
                f"WHERE document_id = %s AND received = 1 AND (unit_id * 13) %% 100 < {share}",
                [*days, *days, place.documents[0].pk],
            )
        days = [value_of(FlowCounter, "sent_on", day(-14 + n)) for n in range(12)]
        cursor.execute(
            f"UPDATE dissemination_coveragecounter SET first_met_on = CASE unit_id %% 12 {chosen} END, "  # noqa: S608
            f"folded_first_met_on = CASE unit_id %% 12 {chosen} END, met = 1, folded_met = 1 "
            f"WHERE document_id = %s AND (unit_id * 17) %% 100 < {MET}",
            [*days, *days, place.documents[0].pk],
        )
    rebuild(FlowCounter, FlowTotal)
    rebuild_coverage()


def _day_type() -> str:
    return "" if connection.vendor == "sqlite" else "date"


def _milliseconds(place: large.LargePlace, changes: dict[str, str]) -> tuple[float, int]:
    """The best of some requests of the leader of the whole, and how many queries a warm one asks."""
    client = Client(raise_request_exception=False)
    client.force_login(place.leader)
    query = "&".join(f"{key}={value}" for key, value in changes.items())
    address = f"{reverse('reports:levels', args=[place.documents[0].pk])}?{query}"
    figure = measured(client, address, rounds=1)
    if figure.status != 200:
        return float("inf"), 0
    best = float("inf")
    for _ in range(ROUNDS):
        begin = spent()
        client.get(address)
        best = min(best, 1000 * (spent() - begin))
    return best, figure.queries
