"""The flow of a document, or of all that carry it out, level by level, on any day: read from days summed up.

What it costs grows with the levels, the days and the units directly below, which are shown; never with deliveries
or receipts (docs/flow-map.md).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Max, Min, Q, Sum

from thongsuot.core.clock import today
from thongsuot.dissemination.models import CoverageCounter, CoverageDayTotal, CoverageTotal
from thongsuot.documents.counting import UnitCounter
from thongsuot.documents.models import Dispatch, Document, FlowCounter, FlowDay, FlowTotal
from thongsuot.organizations.models import Unit, UnitKind
from thongsuot.reports.queries.level_shapes import (
    FOLLOWS,
    LevelFlow,
    LevelMap,
    PartFlow,
    StepFlow,
)
from thongsuot.tasks.queries import TaskFigures, tasks_by_document

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

COUNTERS: tuple[type[UnitCounter], ...] = (FlowCounter, CoverageCounter)
MOST_KINDS = 40
OF_PARTS = ("sent", "received", "planned", "asked", "met")


def level_map(user: Viewer, documents: Sequence[int], unit: Unit, day: dt.date | None = None) -> LevelMap:
    """How far these documents have come under ``unit`` on a day; nine queries, whatever there is below.

    The caller has checked that ``user`` may look into ``unit`` and read the documents.
    """
    now = today()
    day = min(day or now, now)
    rows = _days_below(documents, unit) + _own_days(documents, [unit.pk])
    first = min((row.day for row in rows if row.step in ("sent", "asked")), default=None)
    dues = _dues(documents)
    levels = _levels([row for row in rows if row.day <= day], day, dues)
    _name(levels, unit)
    reached, required = _people(documents, unit, day)
    tasks = _tasks(user, documents, unit, day == now)
    return LevelMap(unit, documents, day, first, levels, reached, required, tasks, dues["met"])


def days_of(documents: Sequence[int], unit: Unit) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day on which anything happened under the unit."""
    found = FlowDay.objects.filter(unit=unit, document__in=documents, number__gt=0)
    days = found.aggregate(first=Min("day"), last=Max("day"))
    return days["first"], days["last"]


def parts_of(documents: Sequence[int], unit: Unit, day: dt.date) -> list[PartFlow]:
    """The units directly below it has come to, or below which it has: where most wait first; at most five queries."""
    numbers = _parts_today(documents, unit) if day == today() else _parts_on(documents, unit, day)
    units = Unit.objects.in_bulk([key for key, told in numbers.items() if +told])
    totals = CoverageTotal.objects.filter(unit__in=list(units), document__in=documents).values_list("unit_id")
    people = {
        key: (reached, required)
        for key, reached, required in totals.annotate(a=Sum("reached"), b=Sum("required")).order_by()
    }
    found = [PartFlow(units[key], numbers[key], people.get(key, (0, 0))) for key in units]
    return sorted(found, key=lambda part: (-part.waiting, part.unit.sort_key, part.unit.pk))


def _parts_today(documents: Sequence[int], unit: Unit) -> dict[int, Counter[str]]:
    """From the totals: a row for each of them and document, however many days there are."""
    numbers: dict[int, Counter[str]] = defaultdict(Counter)
    flows = FlowTotal.objects.filter(unit__parent=unit, document__in=documents).order_by()
    told = flows.values_list("unit_id").annotate(
        a=Sum(F("sent") - F("recalled")), b=Sum("received"), c=Sum("planned")
    )
    for key, sent, received, planned in told:
        numbers[key].update(sent=sent, received=received, planned=planned)
    cells = CoverageTotal.objects.filter(unit__parent=unit, document__in=documents).order_by()
    for key, asked, met in cells.values_list("unit_id").annotate(a=Sum("cells"), b=Sum("met")):
        numbers[key].update(asked=asked, met=met)
    return numbers


def _parts_on(documents: Sequence[int], unit: Unit, day: dt.date) -> dict[int, Counter[str]]:
    """From the days, for a day that is over."""
    numbers: dict[int, Counter[str]] = defaultdict(Counter)
    below = FlowDay.objects.filter(unit__parent=unit, document__in=documents, day__lte=day, step__in=OF_PARTS)
    for key, step, number in below.order_by().values_list("unit_id", "step").annotate(n=Sum("number")):
        numbers[key][step] += number
    for row in _own_days(documents, list(Unit.objects.filter(parent=unit).values_list("pk", flat=True))):
        if row.day <= day:
            numbers[row.unit_id][row.step] += row.number
    return numbers


@dataclass(frozen=True)
class _Row:
    unit_id: int
    step: str
    depth: int
    since: dt.date
    day: dt.date
    number: int


def _days_below(documents: Sequence[int], unit: Unit) -> list[_Row]:
    rows = FlowDay.objects.filter(unit=unit, document__in=documents).order_by()
    summed = rows.values_list("step", "depth", "since", "day").annotate(n=Sum("number"))
    return [_Row(unit.pk, *row) for row in summed if row[-1]]


def _own_days(documents: Sequence[int], units: Iterable[int]) -> list[_Row]:
    """What units did themselves, from their counters: one query for each kind."""
    rows: list[_Row] = []
    for counter in COUNTERS:
        names = counter.step_days()
        found = counter._default_manager.filter(
            standing_in(counter), unit_id__in=units, document__in=documents
        )
        for unit_id, depth, *days in found.order_by().values_list("unit_id", "unit__depth", *names):
            told = dict(zip(names, days, strict=True))
            for step in counter.STEPS:
                day = told[step.day]
                if day:
                    rows.append(_Row(unit_id, step.name, depth, told[step.since] or day, day, 1))
    return rows


def standing_in(counter: type[UnitCounter]) -> Q:
    """The counters whose days are added up: what was given back, or is asked of nobody any more, is not there."""
    return Q(sent__gt=F("recalled")) if counter is FlowCounter else Q(cells__gt=0)


def _levels(rows: list[_Row], day: dt.date, dues: dict[str, dt.date | None]) -> list[LevelFlow]:
    by_depth: dict[int, dict[str, list[_Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_depth[row.depth][row.step].append(row)
    levels = []
    for depth in sorted(by_depth):
        told = by_depth[depth]
        level = LevelFlow(depth)
        for name, before in FOLLOWS.items():
            asked = name in told or (before in told and _is_asked(name, dues))
            if asked and (not before or before in told):
                level.steps[name] = _step(name, told[name], told[before] if before else [], day, dues)
        if level.steps.keys() & {"sent", "asked"}:
            levels.append(level)
    return levels


def _is_asked(name: str, dues: dict[str, dt.date | None]) -> bool:
    """A plan is waited for only where one was asked for; what a unit does after receiving is always shown."""
    return name != "planned" or dues["planned"] is not None


def _step(
    name: str, taken: list[_Row], before: list[_Row], day: dt.date, dues: dict[str, dt.date | None]
) -> StepFlow:
    took = Counter[int]()
    waiting = Counter[dt.date]()
    for row in before:
        waiting[row.day] += row.number
    for row in taken:
        took[max((row.day - row.since).days, 0)] += row.number
        waiting[row.since] -= row.number
    number = sum(took.values())
    follows = bool(FOLLOWS[name])
    return StepFlow(
        name,
        number,
        sum(row.number for row in before) if follows else number,
        _median(took) if follows else None,
        max(took, default=None) if follows else None,
        min((since for since, count in waiting.items() if count > 0), default=None) if follows else None,
        dues.get(name),
        day,
    )


def _median(took: Counter[int]) -> int | None:
    """The day by which half of them had taken the step, the lower one of two."""
    half, seen = (sum(took.values()) + 1) // 2, 0
    for days in sorted(took):
        seen += took[days]
        if seen >= half > 0:
            return days
    return None


def _dues(documents: Sequence[int]) -> dict[str, dt.date | None]:
    """The last day that any sending names for each step."""
    named = Dispatch.objects.filter(document__in=documents)
    return named.aggregate(received=Max("receive_by"), planned=Max("plan_by"), met=Max("disseminate_by"))


def _name(levels: list[LevelFlow], unit: Unit) -> None:
    """A level is called after the kinds of its first units: those below the first ones of the level above."""
    below = Unit.objects.order_by("path")
    sample = [(unit.pk, str(unit.kind))]
    named = {unit.depth: sample}
    for depth in range(unit.depth + 1, max((level.depth for level in levels), default=0) + 1):
        rows = below.filter(parent__in=[key for key, _kind in sample]).values_list("pk", "kind")
        sample = list(rows[:MOST_KINDS])
        if not sample:  # none of the first ones has any below: whoever comes first in the tree
            within = below.filter(depth=depth, path__gte=unit.path, path__lt=unit.path + "~")
            sample = list(within.values_list("pk", "kind")[:1])
        named[depth] = sample
    for level in levels:
        kinds = Counter(kind for _key, kind in named[level.depth])
        level.label = " · ".join(str(UnitKind(kind).label) for kind, _number in kinds.most_common(2))


def _people(documents: Sequence[int], unit: Unit, day: dt.date) -> tuple[int, int]:
    totals = CoverageTotal.objects.filter(unit=unit, document__in=documents)
    required = totals.aggregate(n=Sum("required"))["n"] or 0
    days = CoverageDayTotal.objects.filter(unit=unit, document__in=documents, day__lte=day)
    return days.aggregate(n=Sum("reached"))["n"] or 0, required


def _tasks(user: Viewer, documents: Sequence[int], unit: Unit, is_today: bool) -> TaskFigures | None:
    """The tasks that come from them; only today's, for an earlier day nothing is kept."""
    if not is_today:
        return None
    one = documents[0] if len(documents) == 1 else None
    found = tasks_by_document(user, unit, document_id=one)
    names = TaskFigures.__dataclass_fields__
    told = [found[key] for key in documents if key in found]
    return TaskFigures(**{name: sum(getattr(figures, name) for figures in told) for name in names})


def units_at(
    documents: Iterable[int], unit: Unit, depth: int, step: str, day: dt.date, *, waiting: bool
) -> tuple[type[UnitCounter], Q]:
    """The counters behind a number of the map: of a level, or of all (depth < 0), that took a step or wait for it."""
    counter = next(one for one in COUNTERS if step in {told.name for told in one.STEPS})
    fields = {told.name: told.day for told in counter.STEPS}
    rows = standing_in(counter) & Q(document__in=list(documents))
    rows &= Q(unit__path__gte=unit.path, unit__path__lt=unit.path + "~")
    if depth >= 0:
        rows &= Q(unit__depth=depth)
    taken = Q(**{f"{fields[step]}__lte": day})
    if not waiting:
        return counter, rows & taken
    before = Q(**{f"{fields[FOLLOWS[step]]}__lte": day})
    return counter, rows & before & (
        Q(**{f"{fields[step]}__isnull": True}) | Q(**{f"{fields[step]}__gt": day})
    )


def document_choices(user: Viewer, unit: Unit, most: int) -> list[Document]:
    """The newest documents that have come anywhere under the unit: with one of them another is compared."""
    known = FlowDay.objects.filter(unit=unit, step__in=("sent", "asked")).values("document_id")
    rows = Document.objects.visible_to(user).filter(pk__in=known).defer("text", "search_text")
    return list(rows.order_by("-issued_on", "-pk")[:most])
