"""The values a reorganisation is worked out with: units, steps, what comes of them, what speaks against them.

Units are numbers. A unit founded by a step is known by the step's number, negative, until it is there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from thongsuot.organizations.models.reorganization import ENDING, ObligationsRule, RolesRule, StepKind

ONE = Decimal(1)


@dataclass(frozen=True)
class Node:
    """A unit as the plan sees it. ``since`` is the day from which it has been what it is."""

    key: int
    parent: int | None
    kind: str
    name: str
    short_name: str
    symbol: str = ""
    place: str = ""
    valid_from: dt.date = dt.date.min
    valid_to: dt.date | None = None
    since: dt.date = dt.date.min

    def stands_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to > day)


@dataclass(frozen=True)
class Part:
    """One that takes over, with its share of the figures."""

    unit: int
    share: Decimal = ONE
    is_main: bool = True


@dataclass(frozen=True)
class Step:
    """A step as the plan reads it; ``key`` is its number in the database."""

    key: int
    kind: str
    unit: int | None = None
    target: int | None = None
    sources: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()
    children: Mapping[int, int] = field(default_factory=dict)
    # Members of a cell that is split, by the key of the person; all others go to the main part.
    members: Mapping[int, int] = field(default_factory=dict)
    name: str = ""
    short_name: str = ""
    unit_kind: str = ""
    symbol: str = ""
    place: str = ""
    obligations: str = ObligationsRule.MAIN
    roles: str = RolesRule.SAME

    @property
    def founds(self) -> int:
        return -self.key

    @property
    def ending(self) -> tuple[int, ...]:
        """The units that are no more after this step."""
        if self.kind == StepKind.MERGE:
            return self.sources
        return (self.unit,) if self.kind in ENDING and self.unit is not None else ()


@dataclass(frozen=True)
class Problem:
    """What speaks against a step (or against the whole when ``step`` is None). A warning does not stop it."""

    step: int | None
    code: str
    sentence: str
    is_warning: bool = False


@dataclass(frozen=True)
class Ending:
    """A unit that ends, and who takes over."""

    unit: int
    heirs: tuple[Part, ...]
    step: Step

    @property
    def main(self) -> int:
        return next(heir.unit for heir in self.heirs if heir.is_main)


@dataclass
class Plan:
    """The tree afterwards, as far as it was looked at."""

    day: dt.date
    nodes: dict[int, Node]
    before: Mapping[int, Node]
    founded: dict[int, Node] = field(default_factory=dict)
    endings: dict[int, Ending] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def blocking(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_warning]

    @property
    def moved(self) -> dict[int, int | None]:
        """The units that were there and get another parent, with it."""
        return {
            key: node.parent
            for key, node in self.nodes.items()
            if key > 0 and node.parent != self.before[key].parent
        }

    @property
    def upward(self) -> dict[int, int]:
        """The units that end and whose roles and posts go on in one that stands higher in the tree, with that one."""
        kept = {old: e.main for old, e in self.endings.items() if e.step.roles == RolesRule.SAME}
        return {
            old: heir for old, heir in kept.items() if _level(self.nodes, heir) < _level(self.before, old)
        }

    def standing_above(self, key: int) -> int:
        """The unit itself, or for one that is only founded in the plan the nearest above it that is there."""
        while key < 0:
            key = self.nodes[key].parent or 0
        return key

    @property
    def renamed(self) -> list[Node]:
        """The units that were there and get another name, kind or symbol."""
        named = [node for key, node in self.nodes.items() if key > 0]
        return [node for node in named if _words(node) != _words(self.before[node.key])]


def _level(nodes: Mapping[int, Node], key: int) -> int:
    level, above = 0, nodes[key].parent
    while above is not None and above in nodes:
        level, above = level + 1, nodes[above].parent
    return level


def _words(node: Node) -> tuple[str, ...]:
    return (node.name, node.short_name, node.kind, node.symbol, node.place)
