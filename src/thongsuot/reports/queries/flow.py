"""The flow of one document: every unit it was sent to, the days each step took, and where it stands still.

Composed from rows that are indexed by document: deliveries, and the counters of cells. Nothing is counted
from receipts.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from statistics import median
from typing import TYPE_CHECKING

from thongsuot.core.clock import SOON_DAYS, day_of, today
from thongsuot.dissemination.queries import cells_of_document
from thongsuot.documents.models import Delivery, Document
from thongsuot.documents.models.dispatch import DeliveryState
from thongsuot.organizations.models import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from thongsuot.organizations.reach import Viewer


class Step(IntEnum):
    """Where a unit stands: the first step that is not behind it."""

    RECEIVE = 1
    PLAN = 2
    MEET = 3
    READ = 4
    THROUGH = 5


@dataclass(frozen=True)
class CellFlow:
    """A cell: how many of its members must hear of the document and have; the day it first met for it."""

    unit_id: int
    name: str
    required: int
    reached: int
    met_on: dt.date | None


@dataclass(frozen=True)
class UnitFlow:
    """One unit the document was sent to, with the cells below it."""

    unit: Unit
    state: str
    reason: str
    arrived_on: dt.date
    receive_by: dt.date | None
    received_on: dt.date | None
    plan_by: dt.date | None
    planned_on: dt.date | None
    plan_symbol: str
    disseminate_by: dt.date | None
    cells: tuple[CellFlow, ...]
    day: dt.date

    @property
    def refused(self) -> bool:
        return self.state == DeliveryState.REFUSED

    @property
    def required(self) -> int:
        return sum(cell.required for cell in self.cells)

    @property
    def reached(self) -> int:
        return sum(cell.reached for cell in self.cells)

    @property
    def missing(self) -> int:
        return self.required - self.reached

    @property
    def cells_met(self) -> int:
        return sum(1 for cell in self.cells if cell.met_on)

    @property
    def cells_to_meet(self) -> int:
        """Cells that have neither met nor been reached in another way."""
        return sum(1 for cell in self.cells if not cell.met_on and cell.reached < cell.required)

    @property
    def step(self) -> Step:
        if not self.received_on:
            return Step.RECEIVE
        if self.plan_by and not self.planned_on:
            return Step.PLAN
        if self.cells_to_meet:
            return Step.MEET
        return Step.READ if self.reached < self.required else Step.THROUGH

    @property
    def due(self) -> dt.date | None:
        """The deadline of the step at which it stands."""
        return {Step.RECEIVE: self.receive_by, Step.PLAN: self.plan_by}.get(self.step, self.disseminate_by)

    @property
    def days_late(self) -> int:
        """Days past the deadline of the step at which it stands; 0 in time, without a deadline or all through."""
        if self.step == Step.THROUGH or not self.due:
            return 0
        return max((self.day - self.due).days, 0)

    @property
    def standing(self) -> str:
        """late, soon, run or done, as the badges say it."""
        if self.step == Step.THROUGH:
            return "done"
        if self.days_late or self.refused:
            return "late"
        return "soon" if self.due and (self.due - self.day).days <= SOON_DAYS else "run"

    @property
    def days_to_receive(self) -> int | None:
        return (self.received_on - self.arrived_on).days if self.received_on else None

    @property
    def days_to_plan(self) -> int | None:
        return (self.planned_on - self.arrived_on).days if self.planned_on else None

    @property
    def days_to_meet(self) -> int | None:
        """From its own plan (or receipt) to the middle one of its cells' meetings."""
        start = self.planned_on or self.received_on
        days = [(cell.met_on - start).days for cell in self.cells if cell.met_on] if start else []
        return round(median(days)) if days else None


@dataclass(frozen=True)
class Flow:
    """A document on its way down from ``unit``."""

    document: Document
    unit: Unit
    rows: tuple[UnitFlow, ...]
    disseminate_by: dt.date | None

    @property
    def required(self) -> int:
        return sum(row.required for row in self.rows)

    @property
    def reached(self) -> int:
        return sum(row.reached for row in self.rows)

    @property
    def received(self) -> int:
        return sum(1 for row in self.rows if row.received_on)

    @property
    def planned(self) -> int:
        return sum(1 for row in self.rows if row.planned_on)

    @property
    def plans_wanted(self) -> int:
        return sum(1 for row in self.rows if row.plan_by)

    @property
    def cells(self) -> int:
        return sum(len(row.cells) for row in self.rows)

    @property
    def cells_met(self) -> int:
        return sum(row.cells_met for row in self.rows)

    @property
    def absent(self) -> int:
        """Members of cells that have met who have still not been reached."""
        return sum(cell.required - cell.reached for row in self.rows for cell in row.cells if cell.met_on)

    @property
    def blocked(self) -> list[UnitFlow]:
        """Units at which it stands still past a deadline, or that sent it back; the longest first."""
        late = [row for row in self.rows if row.standing == "late"]
        return sorted(late, key=lambda row: (-row.days_late, row.unit.sort_key))

    @property
    def worst_first(self) -> list[UnitFlow]:
        """All units: those that stand still first, then by how far it has come."""
        return sorted(
            self.rows,
            key=lambda row: (
                row.standing != "late",
                -row.days_late,
                row.step,
                -row.missing,
                row.unit.sort_key,
            ),
        )

    @property
    def dry(self) -> int:
        """Members below the blocked units whom it has not reached."""
        return sum(row.required - row.reached for row in self.blocked)

    @property
    def days_to_receive(self) -> int | None:
        return _middle(row.days_to_receive for row in self.rows)

    @property
    def days_to_plan(self) -> int | None:
        return _middle(row.days_to_plan for row in self.rows)

    @property
    def days_to_meet(self) -> int | None:
        return _middle(row.days_to_meet for row in self.rows)


def _middle(days: Iterable[int | None]) -> int | None:
    known = [day for day in days if day is not None]
    return round(median(known)) if known else None


def flow_of(user: Viewer, document: Document, unit: Unit) -> Flow:
    """The units under ``unit`` (and itself) the document was sent to, in three queries whatever their number.

    The caller has checked that ``user`` may look into ``unit``; deliveries still start at ``visible_to``.
    """
    day = today()
    deliveries = (
        Delivery.objects.visible_to(user)
        .filter(document=document, unit__path__gte=unit.path, unit__path__lt=unit.path + "~")
        .exclude(state=DeliveryState.GIVEN_BACK)
        .select_related("unit", "plan", "dispatch")
        .order_by("unit__sort_key", "unit_id")
    )
    rows = list(deliveries)
    cells = list(cells_of_document(document, unit))
    owner = _nearest_delivered(rows)
    below: dict[int, list[CellFlow]] = defaultdict(list)
    for cell in cells:
        at = owner(cell.path)
        if at is not None:
            below[at].append(
                CellFlow(cell.unit_id, cell.name, cell.required, cell.reached, cell.first_met_on)
            )
    flows = tuple(_unit_flow(row, tuple(below[row.unit_id]), day) for row in rows)
    dues = [row.disseminate_by for row in flows if row.disseminate_by]
    return Flow(document, unit, flows, max(dues, default=None))


def _nearest_delivered(rows: list[Delivery]) -> Callable[[str], int | None]:
    """Which delivered unit a path belongs to: the deepest one above it."""
    by_path = {row.unit.path: row.unit_id for row in rows}
    lengths = sorted({len(path) for path in by_path}, reverse=True)

    def owner(path: str) -> int | None:
        return next((by_path[path[:n]] for n in lengths if path[:n] in by_path), None)

    return owner


def _unit_flow(row: Delivery, cells: tuple[CellFlow, ...], day: dt.date) -> UnitFlow:
    return UnitFlow(
        unit=row.unit,
        state=row.state,
        reason=row.reason,
        arrived_on=day_of(row.arrived_at),
        receive_by=row.receive_by,
        received_on=day_of(row.received_at) if row.received_at else None,
        plan_by=row.plan_by,
        planned_on=row.planned_on,
        plan_symbol=row.plan.symbol if row.plan else "",
        disseminate_by=row.dispatch.disseminate_by,
        cells=cells,
        day=day,
    )
