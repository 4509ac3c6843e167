"""Totals against the rows they count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from operator import add

from django.db.models import Count, F, Min, Q

from thongsuot.core.clock import day_of
from thongsuot.dissemination.jobs import rebuild_coverage
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    Channel,
    CoverageCounter,
    Receipt,
    SessionUnit,
)
from thongsuot.documents.counting import SubtreeTotal, UnitCounter, rebuild
from thongsuot.documents.models import Delivery, FlowCounter, FlowTotal
from thongsuot.documents.models.dispatch import DeliveryState
from thongsuot.home.proofs.comparing import differences, grouped, plain
from thongsuot.organizations.models import Unit
from thongsuot.organizations.models.units import ancestor_paths


def coverage_counters() -> Iterator[str]:
    """Every cell's counter against its receipts."""
    rows = grouped(
        Receipt.objects.all(),
        required=Count("person_id"),
        reached=Count("person_id", filter=Q(reached_on__isnull=False)),
        in_time=Count("person_id", filter=Q(reached_on__lte=F("due"))),
        by_session=Count("person_id", filter=Q(channel=Channel.SESSION)),
    )
    counters = CoverageCounter._default_manager.order_by("unit_id", "document_id")
    names = ("required", "reached", "in_time", "by_session")
    yield from differences(plain(counters, names), rows, names)
    for unit, document, required, cells in plain(counters, ("required", "cells")):
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
    for unit, document, number, first in plain(counters, ("met", "first_met_on")):
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
    yield from differences(counts.iterator(), rows.iterator(), names, ("session", "unit"))


def flow_counters() -> Iterator[str]:
    """Every unit's counter against its deliveries."""
    rows = grouped(
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
    yield from differences(plain(counters, FlowCounter.MEASURES), rows, FlowCounter.MEASURES)


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
    yield from differences(plain(written, names), summed, names)


def repair() -> None:
    """Make all totals anew from the counters."""
    rebuild(FlowCounter, FlowTotal)
    rebuild_coverage()
