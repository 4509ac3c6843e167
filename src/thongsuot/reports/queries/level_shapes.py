"""The flow level by level as plain values: steps, levels, parts, where it stands still."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from thongsuot.organizations.models import Unit
from thongsuot.tasks.queries import TaskFigures

# In the order in which a level goes through them, each with the one it follows.
FOLLOWS = {
    "sent": "",
    "received": "sent",
    "planned": "received",
    "asked": "",
    "met": "asked",
    "begun": "received",
    "done": "begun",
}
# What a level begins with; the last is that of people, not of units.
BEGIN = ("sent", "asked", "required")


@dataclass
class StepFlow:
    """One step of the units of a level: how many took it, after how many days, how many wait and since when."""

    name: str
    number: int = 0
    before: int = 0
    median: int | None = None
    slowest: int | None = None
    waits_since: dt.date | None = None
    due: dt.date | None = None
    day: dt.date = dt.date.min

    @property
    def waiting(self) -> int:
        return max(self.before - self.number, 0)

    @property
    def waits_for(self) -> int:
        """Days the one that waits longest has waited."""
        return max((self.day - self.waits_since).days, 0) if self.waits_since else 0

    @property
    def standing(self) -> str:
        """late, soon or done, as the badges say it."""
        if not self.waiting:
            return "done"
        return "late" if self.due and self.due < self.day else "soon"


@dataclass
class LevelFlow:
    """The units of one depth in the tree; ``steps`` only those that are asked of them or were taken."""

    depth: int
    label: str = ""
    steps: dict[str, StepFlow] = field(default_factory=dict)

    @property
    def units(self) -> int:
        """How many it has reached: sent to them, or to be made known in them."""
        return max(self.steps[name].number for name in BEGIN if name in self.steps)

    @property
    def is_people(self) -> bool:
        return self.depth < 0

    @property
    def shown(self) -> list[StepFlow]:
        return list(self.steps.values())


@dataclass(frozen=True)
class PartFlow:
    """A unit directly below, with everything below it."""

    unit: Unit
    numbers: Counter[str]
    people: tuple[int, int]

    @property
    def waiting(self) -> int:
        return max(self.numbers["sent"] - self.numbers["received"], 0) + self.unmet

    @property
    def unmet(self) -> int:
        return max(self.numbers["asked"] - self.numbers["met"], 0)


@dataclass(frozen=True)
class Standstill:
    level: LevelFlow
    step: StepFlow


@dataclass(frozen=True)
class LevelMap:
    """The whole picture of one day."""

    unit: Unit
    documents: Sequence[int]
    day: dt.date
    first: dt.date | None
    levels: list[LevelFlow]
    reached: int
    required: int
    tasks: TaskFigures | None
    due: dt.date | None = None

    @property
    def people(self) -> LevelFlow | None:
        """Those who must hear of it, as one more level after the units."""
        if not self.required:
            return None
        asked = StepFlow("required", self.required, self.required)
        reached = StepFlow("reached", self.reached, self.required, due=self.due, day=self.day)
        return LevelFlow(-1, steps={"required": asked, "reached": reached})

    def sum_of(self, name: str) -> int:
        return sum(level.steps[name].number for level in self.levels if name in level.steps)

    @property
    def age(self) -> int:
        """Days since it was first sent."""
        return (self.day - self.first).days if self.first else 0

    @property
    def standstill(self) -> Standstill | None:
        """Where most units wait past the deadline; without one past it, where most wait."""
        # Passing from work to done is the work itself, not a standstill, as long as there is time.
        all_of_them = [
            Standstill(level, step) for level in self.levels for step in level.shown if step.waiting
        ]
        late = [one for one in all_of_them if one.step.standing == "late"]
        waiting = [one for one in all_of_them if one.step.name in ("received", "planned", "met")]
        return max(late or waiting, key=lambda one: (one.step.waiting, one.step.waits_for), default=None)
