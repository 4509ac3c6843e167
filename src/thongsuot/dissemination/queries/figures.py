"""The figures of one document in one unit and below: counts, from totals; a rate is computed where it is shown.

Nothing here reads a receipt, so a page costs what it shows. Sessions are counted from the cells called to them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from thongsuot.accounts.roles import Permission
from thongsuot.core.prepared import Prepared
from thongsuot.dissemination.models import (
    Channel,
    CoverageDayTotal,
    CoverageTotal,
    Form,
    Requirement,
    SessionState,
    SessionUnit,
)
from thongsuot.dissemination.queries.coverage import Coverage, coverage_from
from thongsuot.documents.models import Document, DocumentVersion, FlowCounter, FlowTotal
from thongsuot.organizations.models import Unit, UnitKind
from thongsuot.organizations.models.units import ancestor_paths
from thongsuot.organizations.reach import reach
from thongsuot.organizations.rights_named import RightsOf

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


@dataclass(frozen=True)
class DayReached:
    """One day: how many it reached, in which ways, and how many stand as reached by its end."""

    day: dt.date
    ways: dict[str, int]
    so_far: int

    @property
    def reached(self) -> int:
        return sum(self.ways.values())

    @property
    def named(self) -> list[tuple[str, int]]:
        return [(way_name(way), number) for way, number in sorted(self.ways.items())]


@dataclass(frozen=True)
class FormSessions:
    """Sessions of one form: how many were held, and who of the cells below was called to them and came."""

    form: str
    held: int = 0
    called: int = 0
    present: int = 0

    @property
    def name(self) -> str:
        return str(Form(self.form).label)


@dataclass(frozen=True)
class Sessions:
    planned: int = 0
    forms: list[FormSessions] = field(default_factory=list)

    @property
    def held(self) -> int:
        return sum(row.held for row in self.forms)

    @property
    def called(self) -> int:
        return sum(row.called for row in self.forms)

    @property
    def present(self) -> int:
        return sum(row.present for row in self.forms)


@dataclass(frozen=True)
class Plans:
    """The organisations that have the document, or should, and how many of them have a plan of their own."""

    asked: int = 0
    planned: int = 0
    in_time: int = 0


@dataclass(frozen=True)
class Level:
    """All units of one kind below: how many have people to reach and have reached them all, how many have a plan."""

    kind: str
    units: int = 0
    through: int = 0
    plans: Plans = field(default_factory=Plans)

    @property
    def name(self) -> str:
        return str(UnitKind(self.kind).label)


def way_name(way: str) -> str:
    return str(Channel(way).label)


def days_of(document: Document, unit: Unit) -> list[DayReached]:
    """Every day that reached somebody, in order, in one query."""
    found: dict[dt.date, dict[str, int]] = defaultdict(dict)
    rows = CoverageDayTotal._default_manager.filter(unit=unit, document=document, reached__gt=0)
    for day, way, reached in rows.order_by("day", "channel").values_list("day", "channel", "reached"):
        found[day][way] = reached
    sums = accumulate(sum(ways.values()) for ways in found.values())
    return [DayReached(day, ways, so_far) for (day, ways), so_far in zip(found.items(), sums, strict=True)]


def ways_of(days: Iterable[DayReached]) -> list[tuple[str, int]]:
    """The ways in which people were reached, the one that reached most first."""
    sums: dict[str, int] = defaultdict(int)
    for row in days:
        for way, number in row.ways.items():
            sums[way] += number
    return [
        (way_name(way), number) for way, number in sorted(sums.items(), key=lambda one: (-one[1], one[0]))
    ]


def sessions_about(document: Document, unit: Unit) -> Sessions:
    """Sessions about the document to which cells of the unit were called, in one query."""
    places = SessionUnit.objects.filter(session__agenda__document=document)
    places = places.filter(unit__path__gte=unit.path, unit__path__lt=unit.path + "~")
    rows = (
        places.exclude(session__state=SessionState.CANCELLED)
        .order_by("session__form")
        .values_list("session__state", "session__form")
    )
    numbers = rows.annotate(number=Count("session", distinct=True), of=Sum("called"), came=Sum("present"))
    held, planned = [], 0
    for state, form, number, called, present in numbers:
        if state == SessionState.HELD:
            held.append(FormSessions(form, number, called, present))
        else:
            planned += number
    return Sessions(planned, held)


@dataclass(frozen=True)
class UnitFigures:
    """The numbers of one unit and all below it."""

    unit: Unit
    coverage: Coverage
    plans: Plans

    @classmethod
    def of(cls, total: CoverageTotal) -> UnitFigures:
        found: Any = total  # annotated
        plans = Plans(found.asked or 0, found.planned or 0, found.planned_in_time or 0)
        return cls(total.unit, coverage_from(total), plans)


def figures_of(document_id: int, unit_id: int, user: Viewer | None = None) -> UnitFigures | None:
    """Of the unit itself; nothing while nobody there is asked, or where the ``user`` who is named sees no counts.

    The unit comes along with the one above it: whoever asks for a unit by its key needs no other question.
    """
    totals = _with_plans(document_id).filter(unit=unit_id)
    if user is not None:
        totals = totals.filter(reach(user, Permission.OVERVIEW_READ))
    total = totals.select_related("unit__parent").first()
    return UnitFigures.of(total) if total else None


def figures_below(document: Document, unit: Unit) -> QuerySet[CoverageTotal]:
    """Of the units directly below that have people to reach, in the Vietnamese order: for ``UnitFigures.of``."""
    # Named by their keys: a database that is told the parent by a join reads all totals of the document.
    units = Unit.objects.filter(parent=unit).values("pk")
    below = _with_plans(document.pk).filter(required__gt=0, unit__in=units)
    return below.order_by("unit__sort_key", "unit_id")


def _with_plans(document_id: int) -> QuerySet[CoverageTotal]:
    """Each total with the plans of the same units, looked up by its own key. Nothing where it was not sent to."""
    flow = FlowTotal.objects.filter(unit=OuterRef("unit"), document=document_id)
    return (
        CoverageTotal.objects.filter(document=document_id)
        .select_related("unit")
        .annotate(
            asked=Subquery(flow.values_list(F("sent") - F("recalled"))[:1]),
            planned=Subquery(flow.values("planned")[:1]),
            planned_in_time=Subquery(flow.values("planned_in_time")[:1]),
        )
    )


def with_deadline(documents: QuerySet[Document], unit: Unit) -> QuerySet[Document]:
    """With ``due``, by when each must have reached everybody in the unit, as ``dues_of`` says it."""
    asked = Requirement.objects.filter(document=OuterRef("pk")).order_by().values("document")
    binding = asked.filter(unit__path__in=ancestor_paths(unit.path)).values_list(Max("due"))
    below = asked.filter(unit__path__gte=unit.path, unit__path__lt=unit.path + "~").values_list(Max("due"))
    return documents.annotate(due=Coalesce(Subquery(binding), Subquery(below)))


def with_change(documents: QuerySet[Document]) -> QuerySet[Document]:
    """With ``changed_at`` and ``what_changed``, the last change of substance: since then everybody is asked again."""
    changes = DocumentVersion.objects.filter(document=OuterRef("pk"), material=True, number__gt=1)
    last = changes.order_by("-number")
    return documents.annotate(
        changed_at=Subquery(last.values("published_at")[:1]),
        what_changed=Subquery(last.values("what_changed")[:1]),
    )


def followed_document(user: Viewer, key: int) -> Document | None:
    """The document as pages about its dissemination show it, without its text; nothing where a person may not read."""
    return _DOCUMENT.first(user=RightsOf(user), key=key)


def _document(user: Viewer, key: int) -> QuerySet[Document]:
    documents = Document.objects.visible_to(user).filter(pk=key)
    return with_change(documents).defer("text", "search_text")[:1]


_DOCUMENT = Prepared[Document](_document)


def levels_of(document: Document, unit: Unit) -> list[Level]:
    """Kind of unit by kind, the highest first, in two queries; the unit itself is among its kind."""
    below = Q(document=document, unit__path__gte=unit.path, unit__path__lt=unit.path + "~")
    totals = CoverageTotal.objects.filter(below, required__gt=0).order_by().values_list("unit__kind")
    covered = totals.annotate(
        units=Count("unit"), through=Count("unit", filter=Q(reached=F("required"))), depth=Min("unit__depth")
    )
    counters = FlowCounter._default_manager.filter(below).order_by().values_list("unit__kind")
    flows = counters.annotate(
        *(Sum(name) for name in ("sent", "recalled", "planned", "planned_in_time")),
        depth=Min("unit__depth"),
    )
    people = {kind: (units, through, depth) for kind, units, through, depth in covered}
    plans = {kind: (Plans(sent - back, own, timely), depth) for kind, sent, back, own, timely, depth in flows}
    nobody, nothing = (0, 0, 0), (Plans(), 0)
    highest = {kind: row[-1] for kind, row in (plans | people).items()}
    return [
        Level(kind, *people.get(kind, nobody)[:2], plans.get(kind, nothing)[0])
        for kind in sorted(highest, key=lambda kind: (highest[kind], kind))
    ]
