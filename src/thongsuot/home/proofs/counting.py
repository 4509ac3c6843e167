"""Totals against the rows they count."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Count, F, Min, Q

from thongsuot.core.clock import day_of
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    BridgePoint,
    Channel,
    CheckAnswer,
    CheckTaken,
    CoverageCounter,
    CoverageDay,
    Outside,
    QuestionCounter,
    Receipt,
    Reflection,
    ReflectionKind,
    ResidentCount,
    ResponseCounter,
    SessionUnit,
)
from thongsuot.dissemination.models.coverage import OF_RESIDENTS
from thongsuot.documents.counting import FlowDay, Step, SubtreeTotal, UnitCounter, counted_totals, rebuild
from thongsuot.documents.models import Delivery, FlowCounter
from thongsuot.documents.models.dispatch import NOT_RECEIVED, DeliveryState
from thongsuot.home.proofs.comparing import differences, grouped, plain
from thongsuot.organizations.models import Unit, UnitKind
from thongsuot.organizations.models.units import SEGMENT

AT_ONCE = 200_000


def coverage_counters() -> Iterator[str]:
    """Every cell's counter against its receipts."""
    rows = grouped(
        Receipt.objects.all(),
        required=Count("person_id", filter=Q(released_at=None)),
        reached=Count("person_id", filter=Q(reached_on__isnull=False)),
        in_time=Count("person_id", filter=Q(reached_on__lte=F("due"))),
        by_session=Count("person_id", filter=Q(channel=Channel.SESSION)),
        released=Count("person_id", filter=Q(released_at__isnull=False, outside=Outside.NOT)),
        exempt=Count("person_id", filter=Q(outside=Outside.EXEMPT)),
        gone=Count("person_id", filter=Q(outside=Outside.GONE)),
        key=Count("person_id", filter=Q(released_at=None, is_key=True)),
        key_reached=Count("person_id", filter=Q(reached_on__isnull=False, is_key=True)),
        key_in_time=Count("person_id", filter=Q(reached_on__lte=F("due"), is_key=True)),
    )
    counters = CoverageCounter._default_manager.order_by("unit_id", "document_id")
    of_people = ("required", "reached", "in_time", "by_session", "released", "exempt", "gone")
    names = (*of_people, "key", "key_reached", "key_in_time")
    yield from differences(plain(counters, names), rows, names)
    for unit, document, required, cells, kind in plain(counters, ("required", "cells", "unit__kind")):
        if cells != int(bool(required) and kind == UnitKind.CELL):
            yield f"unit {unit}, document {document}: cells {cells}, required {required}"


def coverage_days() -> Iterator[str]:
    """Every day's counter against the receipts that were reached on it."""
    key = ("unit_id", "document_id", "reached_on", "channel")
    reached = Receipt.objects.exclude(reached_on=None).order_by(*key).values_list(*key)
    rows = reached.annotate(number=Count("person_id"))
    counters = CoverageDay._default_manager.exclude(reached=0).order_by("unit_id", *CoverageDay.of())
    # Names of channels are lower-case letters, which every database and we put in the same order.
    yield from differences(
        counters.values_list("unit_id", *CoverageDay.of(), "reached").iterator(),
        rows.iterator(),
        ("reached",),
        ("unit", "document", "day", "channel"),
    )


def responses() -> Iterator[str]:
    """Every cell's counter against the checks that were finished and the papers handed in."""
    checks = grouped(
        CheckTaken._default_manager.exclude(finished_at=None),
        checked=Count("finished_at"),
        understood=Count("understood_at"),
    )
    papers = grouped(
        Reflection.objects.handed_in(),
        reflections=Count("person_id", filter=Q(kind=ReflectionKind.REFLECTION)),
        commitments=Count("person_id", filter=Q(kind=ReflectionKind.COMMITMENT)),
    )
    counters = ResponseCounter._default_manager.order_by("unit_id", "document_id")
    for rows, names in ((checks, ResponseCounter.MEASURES[:2]), (papers, ResponseCounter.MEASURES[2:])):
        yield from differences(plain(counters, names), rows, names)


def questions() -> Iterator[str]:
    """Every cell's counter of a question against the first answers to it."""
    key = ("unit_id", *QuestionCounter.of())
    rows = CheckAnswer._default_manager.order_by(*key).values_list(*key)
    counted = rows.annotate(number=Count("person_id"), well=Count("person_id", filter=Q(right_at_first=True)))
    counters = QuestionCounter._default_manager.exclude(answered=0).order_by(*key)
    yield from differences(
        counters.values_list(*key, *QuestionCounter.MEASURES).iterator(),
        counted.iterator(),
        QuestionCounter.MEASURES,
        ("unit", "document", "question"),
    )


def residents() -> Iterator[str]:
    """Residents reached in each unit against the numbers that were entered and not corrected since."""
    rows = grouped(ResidentCount.objects.filter(corrected_at=None), **OF_RESIDENTS)
    counters = CoverageCounter._default_manager.order_by("unit_id", "document_id")
    yield from differences(plain(counters, tuple(OF_RESIDENTS)), rows, tuple(OF_RESIDENTS))


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


def bridge_points() -> Iterator[str]:
    """How many came to each bridge point of an online conference against the attendance there."""
    there = Attendance.objects.filter(state=AttendanceState.PRESENT, point__isnull=False).order_by("point_id")
    rows = dict(there.values_list("point_id").annotate(people=Count("person_id", distinct=True)))
    for point, present in BridgePoint.objects.order_by("pk").values_list("pk", "present"):
        if present != rows.get(point, 0):
            yield f"bridge point {point}: present {present}, attendance says {rows.get(point, 0)}"


def flow_counters() -> Iterator[str]:
    """Every unit's counter against its deliveries."""
    here = ~Q(state=DeliveryState.GIVEN_BACK)
    rows = grouped(
        Delivery.objects.all(),
        sent=Count("dispatch_id"),
        received=Count("dispatch_id", filter=here & ~Q(state__in=NOT_RECEIVED)),
        refused=Count("dispatch_id", filter=Q(state=DeliveryState.REFUSED)),
        planned=Count("dispatch_id", filter=here & Q(plan__isnull=False)),
        planned_in_time=Count(
            "dispatch_id",
            filter=here & Q(plan__isnull=False) & (Q(plan_by=None) | Q(planned_on__lte=F("plan_by"))),
        ),
        forwarded=Count("dispatch_id", filter=here & Q(forwarded_at__isnull=False)),
        done=Count("dispatch_id", filter=here & Q(done_at__isnull=False)),
        recalled=Count("dispatch_id", filter=~here),
        urged=Count("dispatch_id", filter=Q(urges__gt=0)),
    )
    counters = FlowCounter._default_manager.order_by("unit_id", "document_id")
    yield from differences(plain(counters, FlowCounter.MEASURES), rows, FlowCounter.MEASURES)


def days() -> Iterator[str]:
    """The days in the counters against the rows they come from."""
    deliveries = Delivery.objects.values_list(
        "unit_id", "document_id", "arrived_at", "received_at", "planned_on", "begun_on", "done_at"
    )
    should: dict[tuple[object, object], tuple[object, ...]] = {
        (unit, document): (day_of(sent), received and day_of(received), planned, begun, done and day_of(done))
        for unit, document, sent, received, planned, begun, done in deliveries.iterator()
    }
    counters = FlowCounter._default_manager.order_by("unit_id", "document_id")
    for unit, document, *found in plain(counters, FlowCounter.FIRSTS):
        expected = should.get((unit, document), (None,) * len(found))
        for name, was, day in zip(FlowCounter.FIRSTS, found, expected, strict=True):
            if was != day:
                yield f"unit {unit}, document {document}: {name} {was}, the delivery says {day}"
    rows = Receipt.objects.values_list("unit_id", "document_id").annotate(first=Min("requirement__opened_at"))
    asked: dict[tuple[object, object], object] = {
        (unit, document): day_of(first) for unit, document, first in rows.order_by().iterator()
    }
    cells = CoverageCounter._default_manager.order_by("unit_id", "document_id")
    for unit, document, was in plain(cells, ("asked_on",)):
        if was != asked.get((unit, document)):
            yield f"unit {unit}, document {document}: asked_on {was}, the receipts say {asked.get((unit, document))}"


def summed_days() -> Iterator[str]:
    """How many units took each step on each day, against what the counters below say they have added."""
    paths = dict(Unit.objects.values_list("pk", "path"))
    keys = {path: key for key, path in paths.items()}
    sums: Tally[tuple[Any, ...]] = Tally()
    for total in counted_totals():
        for step in total.COUNTER.STEPS:
            for unit, document, since, day in _added(total.COUNTER, step):
                path = paths[unit]
                for end in range(SEGMENT, len(path), SEGMENT):
                    depth = len(path) // SEGMENT - 1
                    sums[(keys[path[:end]], document, step.name, depth, since or day, day)] += 1
    names = ("unit_id", "document_id", "step", "depth", "since", "day", "number")
    found: dict[tuple[Any, ...], int] = {
        row[:-1]: row[-1] for row in FlowDay.objects.exclude(number=0).values_list(*names).iterator()
    }
    for key in sorted(found.keys() | sums.keys(), key=str):
        if found.get(key, 0) != sums[key]:
            yield f"unit {key[0]}, document {key[1]}: {key[2:]} {found.get(key, 0)}, the rows say {sums[key]}"


def _added(counter: type[UnitCounter], step: Step) -> Iterator[tuple[Any, ...]]:
    """Unit, document and the two days, of every counter that has added the step and stands."""
    stands = Q(folded_sent__gt=F("folded_recalled")) if counter is FlowCounter else Q(folded_cells__gt=0)
    rows = counter._default_manager.filter(stands, **{f"folded_{step.day}__isnull": False})
    names = ("unit_id", "document_id", f"folded_{step.since}", f"folded_{step.day}")
    return iter(rows.order_by().values_list(*names).iterator())


def totals(total: type[SubtreeTotal]) -> Iterator[str]:
    """Totals against what the counters below say was added to them; counters that wait for the next fold may differ."""
    counter = total.COUNTER
    yield from _forgotten(counter)
    for first, last in _ranges(counter, total):
        for unit, document, *rest in _unequal(counter, total, first, last):
            by, numbers = rest[: len(counter.BY)], rest[len(counter.BY) :]
            was, should = numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]
            for name, one, other in zip(counter.MEASURES, was, should, strict=True):
                if one != other:
                    yield f"{_place(unit, document, by)}: {name} {one}, the rows say {other}"


def _place(unit: object, document: object, by: Sequence[object]) -> str:
    return ", ".join((f"unit {unit}", f"document {document}", *(str(one) for one in by)))


def _forgotten(counter: type[UnitCounter]) -> Iterator[str]:
    """Counters that differ from what they added, and that no fold will look at."""
    names = counter.MEASURES
    differs = Q()
    for name in names:
        differs |= ~Q(**{name: F(f"folded_{name}")})
    rows = counter._default_manager.filter(differs, changed=False).order_by("unit_id", *counter.of())
    for unit, document, *rest in plain(rows, (*counter.BY, *names, *(f"folded_{name}" for name in names))):
        by, numbers = rest[: len(counter.BY)], rest[len(counter.BY) :]
        now, added = numbers[: len(names)], numbers[len(names) :]
        yield f"{_place(unit, document, by)}: counted {now}, added {added}, and not marked as changed"


def _ranges(counter: type[UnitCounter], total: type[SubtreeTotal]) -> Iterator[tuple[int, int]]:
    """All documents, so many at a time that the database has not too much to sort."""
    sizes: Tally[int] = Tally()
    for model in (counter, total):
        rows = model._default_manager.order_by().values_list("document_id").annotate(number=Count("unit_id"))
        sizes.update(dict(rows.iterator()))
    first, held = None, 0
    for document in sorted(sizes):
        first = document if first is None else first
        held += sizes[document]
        if held >= AT_ONCE:
            yield first, document
            first, held = None, 0
    if first is not None:
        yield first, max(sizes)


def _unequal(
    counter: type[UnitCounter], total: type[SubtreeTotal], first: int, last: int
) -> list[tuple[Any, ...]]:
    """Both sides laid together by the database, unit by unit; only what differs comes out, by unit and document."""
    names, unit, of = counter.MEASURES, Unit._meta.db_table, ", ".join(counter.of())
    own = ", ".join(f"c.{name}" for name in counter.of())
    written = ", ".join(
        [*(f"{name} AS was_{name}" for name in names), *(f"0 AS should_{name}" for name in names)]
    )
    added = ", ".join(["0"] * len(names) + [f"c.folded_{name}" for name in names])
    sums = ", ".join([*(f"SUM(was_{name})" for name in names), *(f"SUM(should_{name})" for name in names)])
    above = ", ".join(f"SUBSTR(u.path, 1, {SEGMENT * level})" for level in range(1, 21))
    sql = (
        f"SELECT unit_id, {of}, {sums} FROM ("  # noqa: S608  # our own names
        f"SELECT unit_id, {of}, {written} FROM {total._meta.db_table} WHERE document_id BETWEEN %s AND %s "
        f"UNION ALL SELECT a.id, {own}, {added} FROM {counter._meta.db_table} c "
        f"JOIN {unit} u ON u.id = c.unit_id JOIN {unit} a ON a.path IN ({above}) "
        f"WHERE c.document_id BETWEEN %s AND %s) s GROUP BY unit_id, {of} "
        f"HAVING {' OR '.join(f'SUM(was_{name}) <> SUM(should_{name})' for name in names)} "
        f"ORDER BY unit_id, {of}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [first, last, first, last])
        return list(cursor.fetchall())


def repair() -> None:
    """Make all totals anew from the counters."""
    for total in counted_totals():
        rebuild(total.COUNTER, total)
