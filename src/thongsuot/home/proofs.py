"""Proofs that totals are what the rows say. Slow and independent of the code that counts, on purpose.

Each proof reads in the order of the key and never holds the rows, only what it sums. Faults name keys, never
people or the words of a document.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import add

from django.db import models
from django.db.models import Count, F, Max, Min, Q
from django.utils.translation import gettext_noop

from thongsuot.core.clock import day_of
from thongsuot.dissemination.jobs import rebuild_coverage
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    Channel,
    CoverageCounter,
    CoverageTotal,
    Receipt,
    SessionUnit,
)
from thongsuot.documents.counting import SubtreeTotal, UnitCounter, rebuild
from thongsuot.documents.models import Book, Delivery, FlowCounter, FlowTotal, RegisterEntry
from thongsuot.documents.models.dispatch import DeliveryState
from thongsuot.organizations.models import Membership, Unit
from thongsuot.organizations.models.units import ancestor_paths, segment_of

MOST_FAULTS = 20
Row = tuple[object, ...]


@dataclass(frozen=True)
class Proof:
    """One claim about the data and how to find what contradicts it."""

    title: str
    faults: Callable[[], Iterator[str]]

    def found(self) -> list[str]:
        """What is wrong. Somebody may be writing meanwhile: only what is still there the second time counts."""
        first = list(itertools.islice(self.faults(), MOST_FAULTS))
        if not first:
            return []
        still = set(itertools.islice(self.faults(), 10 * MOST_FAULTS))
        return [fault for fault in first if fault in still]


def coverage_counters() -> Iterator[str]:
    """Every cell's counter against its receipts."""
    rows = _grouped(
        Receipt.objects.all(),
        required=Count("person_id"),
        reached=Count("person_id", filter=Q(reached_on__isnull=False)),
        in_time=Count("person_id", filter=Q(reached_on__lte=F("due"))),
        by_session=Count("person_id", filter=Q(channel=Channel.SESSION)),
    )
    counters = CoverageCounter._default_manager.order_by("unit_id", "document_id")
    names = ("required", "reached", "in_time", "by_session")
    yield from _differences(_plain(counters, names), rows, names)
    for unit, document, required, cells in _plain(counters, ("required", "cells")):
        if cells != int(bool(required)):
            yield f"unit {unit}, document {document}: cells {cells}, required {required}"


def meetings() -> Iterator[str]:
    """The first day a cell met for a document against the attendance of its sessions."""
    present = Attendance.objects.filter(
        state=AttendanceState.PRESENT, session__agenda__document_id__isnull=False
    )
    grouped = present.values_list("unit_id", "session__agenda__document_id").annotate(
        first=Min("session__starts_at")
    )
    met = {(unit, document): day_of(first) for unit, document, first in grouped.iterator()}
    counters = CoverageCounter._default_manager.order_by("unit_id", "document_id")
    for unit, document, number, first in _plain(counters, ("met", "first_met_on")):
        expected = met.get((unit, document))
        if first != expected or number != int(expected is not None):
            yield f"unit {unit}, document {document}: met {number} on {first}, attendance says {expected}"


def attendance() -> Iterator[str]:
    """The counts of each cell called to a session against its attendance."""
    states = {state: Count("person_id", filter=Q(state=state)) for state in ("present", "excused", "absent")}
    rows = (
        Attendance.objects.values_list("session_id", "unit_id")
        .annotate(called=Count("person_id"), **states)
        .order_by("session_id", "unit_id")
        .values_list("session_id", "unit_id", "called", *states)
    )
    names = ("called", *states)
    counts = SessionUnit.objects.order_by("session_id", "unit_id").values_list(
        "session_id", "unit_id", *names
    )
    yield from _differences(counts.iterator(), rows.iterator(), names, ("session", "unit"))


def flow_counters() -> Iterator[str]:
    """Every unit's counter against its deliveries."""
    rows = _grouped(
        Delivery.objects.all(),
        sent=Count("dispatch_id"),
        received=Count("dispatch_id", filter=~Q(state__in=[DeliveryState.ARRIVED, DeliveryState.REFUSED])),
        refused=Count("dispatch_id", filter=Q(state=DeliveryState.REFUSED)),
        planned=Count("dispatch_id", filter=Q(plan__isnull=False)),
        planned_in_time=Count(
            "dispatch_id", filter=Q(plan__isnull=False) & (Q(plan_by=None) | Q(planned_on__lte=F("plan_by")))
        ),
    )
    counters = FlowCounter._default_manager.order_by("unit_id", "document_id")
    yield from _differences(_plain(counters, FlowCounter.MEASURES), rows, FlowCounter.MEASURES)


def totals(counter: type[UnitCounter], total: type[SubtreeTotal]) -> Iterator[str]:
    """Totals against what the counters below say was added to them; counters that wait for the next fold may differ."""
    names = counter.MEASURES
    folded = tuple(f"folded_{name}" for name in names)
    paths = dict(Unit.objects.values_list("pk", "path"))
    keys = {path: key for key, path in paths.items()}
    sums: dict[tuple[int, int], tuple[int, ...]] = defaultdict(lambda: (0,) * len(names))
    rows = counter._default_manager.values_list("unit_id", "document_id", "changed", *names, *folded)
    for unit, document, changed, *numbers in rows.iterator():
        now, added = numbers[: len(names)], numbers[len(names) :]
        if not changed and now != added:
            yield f"unit {unit}, document {document}: counted {now}, added {added}, and not marked as changed"
        for path in ancestor_paths(paths[unit]):
            above = (keys.get(path, 0), document)
            sums[above] = tuple(map(add, sums[above], added))
    written = total._default_manager.order_by("unit_id", "document_id")
    summed = ((*key, *sums[key]) for key in sorted(sums))
    yield from _differences(_plain(written, names), summed, names)


def registers() -> Iterator[str]:
    """Numbers run from 1 to the last one of the book, none missing, none beyond."""
    books = {
        (unit, register, period): last
        for unit, register, period, last in Book._default_manager.values_list(
            "unit_id", "register", "period", "last_number"
        )
    }
    kept = RegisterEntry.objects.values_list("unit_id", "register", "period").annotate(
        n=Count("number"), first=Min("number"), last=Max("number")
    )
    for unit, register, period, n, first, last in kept.order_by("unit_id", "register", "period"):
        given = books.pop((unit, register, period), 0)
        if (n, first, last) != (given, 1, given):
            yield f"unit {unit}, {register} {period}: {n} numbers from {first} to {last}, the book says {given}"
    for (unit, register, period), last in books.items():
        if last:
            yield f"unit {unit}, {register} {period}: no entries, the book says {last}"


def tree() -> Iterator[str]:
    """Path, depth and parent of every unit tell the same."""
    rows = list(Unit.objects.order_by("pk").values_list("pk", "parent_id", "path", "depth"))
    known = {key: (path, depth) for key, _parent, path, depth in rows}
    for key, parent, path, depth in rows:
        above, level = known[parent] if parent else ("", -1)
        if (path, depth) != (above + segment_of(key), level + 1):
            yield f"unit {key}: path {path}, depth {depth}, parent {parent}"


def memberships() -> Iterator[str]:
    """Nobody is a member of two cells on one day."""
    rows = Membership.objects.order_by("person_id", "valid_from", "pk").values_list(
        "person_id", "pk", "valid_from", "valid_to"
    )
    for (before, first, _since, until), (person, second, since, _until) in itertools.pairwise(
        rows.iterator()
    ):
        if before == person and (until is None or until > since):
            yield f"person {person}: memberships {first} and {second} overlap"


PROOFS = (
    Proof(gettext_noop("Units: path, depth and parent agree"), tree),
    Proof(gettext_noop("Memberships: one cell at a time"), memberships),
    Proof(gettext_noop("Registers: numbers without gaps or doubles"), registers),
    Proof(gettext_noop("Flow: counters equal deliveries"), flow_counters),
    Proof(gettext_noop("Flow: totals equal counters"), lambda: totals(FlowCounter, FlowTotal)),
    Proof(gettext_noop("Dissemination: counters equal receipts"), coverage_counters),
    Proof(
        gettext_noop("Dissemination: totals equal counters"), lambda: totals(CoverageCounter, CoverageTotal)
    ),
    Proof(gettext_noop("Dissemination: cells that met equal attendance"), meetings),
    Proof(gettext_noop("Sessions: counts equal attendance"), attendance),
)


def repair() -> None:
    """Make all totals anew from the counters."""
    rebuild(FlowCounter, FlowTotal)
    rebuild_coverage()


def _grouped(rows: models.QuerySet[models.Model], **measures: Count) -> Iterator[Row]:
    """The rows counted per unit and document, in the order of the key."""
    counted = rows.order_by("unit_id", "document_id").values_list("unit_id", "document_id")
    return iter(counted.annotate(**measures).values_list("unit_id", "document_id", *measures).iterator())


def _plain(rows: models.QuerySet[models.Model], names: Iterable[str]) -> Iterator[Row]:
    return iter(rows.values_list("unit_id", "document_id", *names).iterator())


def _differences(
    counted: Iterator[Row],
    rows: Iterator[Row],
    names: tuple[str, ...],
    key_names: tuple[str, str] = ("unit", "document"),
) -> Iterator[str]:
    """Walk both in the order of their key, two numbers; a side that is missing counts nothing."""
    nothing = (0,) * len(names)
    left, right = next(counted, None), next(rows, None)
    while left or right:
        key = min(_key(side) for side in (left, right) if side)
        found, expected = nothing, nothing
        if left and _key(left) == key:
            found, left = left[2:], next(counted, None)  # type: ignore[assignment]  # numbers
        if right and _key(right) == key:
            expected, right = right[2:], next(rows, None)  # type: ignore[assignment]  # numbers
        for name, was, should in zip(names, found, expected, strict=True):
            if was != should:
                yield f"{key_names[0]} {key[0]}, {key_names[1]} {key[1]}: {name} {was}, the rows say {should}"


def _key(row: Row) -> tuple[int, int]:
    return (row[0], row[1])  # type: ignore[return-value]  # a key of two numbers
