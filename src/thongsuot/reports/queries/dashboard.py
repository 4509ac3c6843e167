"""The leader's first page: what is late, where, why; every figure with the address of its rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from thongsuot.core.clock import today
from thongsuot.core.pages import PAGE_SIZE
from thongsuot.dissemination.models import CoverageTotal
from thongsuot.dissemination.queries import dues_of
from thongsuot.documents.models import Delivery, Document, FlowTotal
from thongsuot.documents.models.dispatch import DeliveryState
from thongsuot.organizations.models import Unit
from thongsuot.tasks.queries import TaskFigures, tasks_by_document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thongsuot.organizations.reach import Viewer

MOST_STANDSTILLS = 8
AT_THE_DOOR = (DeliveryState.ARRIVED, DeliveryState.REFUSED)
MOST_LOOKED_AT = 500


@dataclass(frozen=True)
class FollowedDocument:
    """A document with what has become of it under the unit. Totals are true at ``as_of``."""

    document: Document
    flow: FlowTotal | None
    coverage: CoverageTotal | None
    tasks: TaskFigures
    due: dt.date | None
    day: dt.date

    @property
    def is_due_past(self) -> bool:
        return self.due is not None and self.due < self.day


@dataclass(frozen=True)
class Standstill:
    """A unit at whose door, or on whose desk, a document lies past its deadline, or that sent it away."""

    delivery: Delivery
    due: dt.date
    days: int

    @property
    def waits_to_be_received(self) -> bool:
        return self.delivery.state == DeliveryState.ARRIVED

    @property
    def was_refused(self) -> bool:
        return self.delivery.state == DeliveryState.REFUSED


@dataclass(frozen=True)
class Dashboard:
    unit: Unit
    tasks: TaskFigures
    documents: list[FollowedDocument]
    finished: bool
    open_count: int
    finished_count: int
    page: int
    pages: int
    standstills: list[Standstill]
    units_standing_still: int
    as_of: dt.datetime | None

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1


def dashboard(
    user: Viewer, unit: Unit, *, finished: bool = False, page: int = 1, size: int = PAGE_SIZE
) -> Dashboard:
    """What is under way in ``unit`` and below: overdue documents first, then the newest. Seven queries.

    A document is followed until its day to reach everybody has passed, every unit has taken it in and every task
    that comes from it is closed; from then on it is among the ``finished``.
    """
    counted = _Counted.under(user, unit)
    under_way = {key for key in counted.dates if counted.is_under_way(key)}
    ordered = counted.in_order(counted.dates.keys() - under_way if finished else under_way)
    pages = max((len(ordered) + size - 1) // size, 1)
    page = min(max(page, 1), pages)
    shown = ordered[(page - 1) * size : page * size]
    documents = Document.objects.defer("text", "search_text").in_bulk(shown)
    standstills = _standstills(user, unit, counted.day)
    return Dashboard(
        unit=unit,
        tasks=sum_of(counted.tasks.values()),
        documents=[counted.row(documents[key]) for key in shown],
        finished=finished,
        open_count=len(under_way),
        finished_count=len(counted.dates) - len(under_way),
        page=page,
        pages=pages,
        standstills=standstills[:MOST_STANDSTILLS],
        units_standing_still=len({row.delivery.unit_id for row in standstills}),
        as_of=counted.as_of,
    )


@dataclass(frozen=True)
class _Counted:
    """Everything counted under a unit, by document; ``dates`` holds the documents the person may see."""

    flows: dict[int, FlowTotal]
    coverages: dict[int, CoverageTotal]
    tasks: dict[int | None, TaskFigures]
    dates: dict[int, dt.date]
    dues: dict[int, dt.date]
    day: dt.date

    @classmethod
    def under(cls, user: Viewer, unit: Unit) -> _Counted:
        flows = {row.document_id: row for row in FlowTotal.objects.filter(unit=unit)}
        coverages = {row.document_id: row for row in CoverageTotal.objects.filter(unit=unit)}
        tasks = tasks_by_document(user, unit)
        found = {key for key in flows.keys() | coverages.keys() | tasks.keys() if key is not None}
        # All of them by key and date only: rows are read for the page that is shown.
        dates = dict(Document.objects.visible_to(user).filter(pk__in=found).values_list("pk", "issued_on"))
        return cls(flows, coverages, tasks, dates, dues_of(unit, list(dates)), today())

    def is_under_way(self, key: int) -> bool:
        flow = self.flows.get(key)
        waits_at_a_door = flow is not None and flow.received + flow.refused < flow.sent
        has_open_tasks = key in self.tasks and self.tasks[key].open > 0
        return has_open_tasks or waits_at_a_door or self.dues.get(key, dt.date.min) >= self.day

    def in_order(self, keys: Iterable[int]) -> list[int]:
        """Most overdue tasks first, then the newest."""
        return sorted(keys, key=lambda key: (-self._late(key), -self.dates[key].toordinal(), -key))

    def row(self, document: Document) -> FollowedDocument:
        key = document.pk
        tasks = self.tasks.get(key, TaskFigures())
        return FollowedDocument(
            document, self.flows.get(key), self.coverages.get(key), tasks, self.dues.get(key), self.day
        )

    @property
    def as_of(self) -> dt.datetime | None:
        return max((row.as_of for row in (*self.flows.values(), *self.coverages.values())), default=None)

    def _late(self, key: int) -> int:
        return self.tasks[key].late if key in self.tasks else 0


def sum_of(figures: Iterable[TaskFigures]) -> TaskFigures:
    """Figures of several groups of tasks as one."""
    parts = list(figures)
    names = ("in_time", "soon", "late", "done_in_time", "done_late", "total")
    return TaskFigures(**{name: sum(getattr(part, name) for part in parts) for name in names})


def _standstills(user: Viewer, unit: Unit, day: dt.date) -> list[Standstill]:
    """Deliveries under the unit that were to be received, or to have a plan, before today; the longest first.

    What a unit refused lies still as well, until the sender puts it right and the unit receives it.
    """
    below = (
        Delivery.objects.visible_to(user)
        .filter(unit__path__gte=unit.path, unit__path__lt=unit.path + "~")
        .select_related("unit", "document")
        .defer("document__text", "document__search_text")
        .order_by("arrived_at")
    )
    unreceived = Q(state__in=AT_THE_DOOR, receive_by__lt=day)
    planless = Q(received_at__isnull=False, plan=None, plan_by__lt=day)
    found = []
    below = below.exclude(state=DeliveryState.GIVEN_BACK)
    for row in below.filter(unreceived | planless)[:MOST_LOOKED_AT]:
        due = row.receive_by if row.state in AT_THE_DOOR else row.plan_by
        if due:
            found.append(Standstill(row, due, (day - due).days))
    return sorted(found, key=lambda row: (-row.days, row.delivery.unit.sort_key))
