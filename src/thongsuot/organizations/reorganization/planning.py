"""Working out what a reorganisation makes of the tree: in memory, no database, no clock.

Steps take effect one after the other; what speaks against one is said and the next is looked at, so that a clerk
sees it all.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from thongsuot.core.text import fold
from thongsuot.organizations.models.reorganization import StepKind
from thongsuot.organizations.reorganization.plan import ONE, Ending, Node, Part, Plan, Problem, Step


def plan_of(tree: Mapping[int, Node], steps: Sequence[Step], day: dt.date) -> Plan:
    """What these steps make of the tree on that day, and all that speaks against it."""
    planner = _Planner(tree, day)
    for step in steps:
        planner.take(step)
    planner.look_at_the_whole(steps)
    return planner.plan


class _Planner:
    """Takes one step after the other."""

    def __init__(self, tree: Mapping[int, Node], day: dt.date) -> None:
        self.plan = Plan(day, dict(tree), dict(tree))
        self.nodes = self.plan.nodes
        self.day = day
        self.below: dict[int, set[int]] = {}
        for node in tree.values():
            if node.parent is not None:
                self.below.setdefault(node.parent, set()).add(node.key)
        self.step: Step | None = None
        self.placed: set[int] = set()
        self.inherited: set[int] = set()

    def take(self, step: Step) -> None:
        self.step = step
        {
            StepKind.FOUND: self.found,
            StepKind.RENAME: self.rename,
            StepKind.MOVE: self.move,
            StepKind.MERGE: self.merge,
            StepKind.SPLIT: self.split,
            StepKind.DISSOLVE: self.dissolve,
        }[StepKind(step.kind)](step)

    # --- one step

    def found(self, step: Step) -> None:
        if not (step.name and step.short_name and step.unit_kind):
            self.refuse("no_name", _("A new unit needs a name, a short name and a kind."))
            return
        if not self.is_there(step.target):
            return
        node = Node(
            key=step.founds,
            parent=step.target,
            kind=step.unit_kind,
            name=step.name,
            short_name=step.short_name,
            symbol=step.symbol,
            place=step.place,
            valid_from=self.day,
            since=self.day,
        )
        self.nodes[node.key] = self.plan.founded[node.key] = node
        self.below.setdefault(step.target or 0, set()).add(node.key)
        self.placed.add(node.key)

    def rename(self, step: Step) -> None:
        if not self.is_there(step.unit) or step.unit is None:
            return
        if not (step.name and step.short_name and step.unit_kind):
            self.refuse("no_name", _("A unit needs a name, a short name and a kind."))
            return
        self.nodes[step.unit] = replace(
            self.nodes[step.unit],
            name=step.name,
            short_name=step.short_name,
            kind=step.unit_kind,
            symbol=step.symbol,
            place=step.place,
        )
        self.placed.add(step.unit)

    def move(self, step: Step) -> None:
        if step.unit is None or not self.is_there(step.unit) or not self.is_there(step.target):
            return
        unit = self.nodes[step.unit]
        if unit.parent == step.target:
            self.refuse("same_place", _("“%(unit)s” already stands there.") % {"unit": unit.name})
        elif self.is_free_of(step.target, unit.key):
            self.hang(unit.key, step.target)
            self.placed.add(unit.key)

    def merge(self, step: Step) -> None:
        target = step.target
        if not step.sources or target is None:
            self.refuse("too_few", _("Name the units that merge and the one that takes over."))
            return
        if target in step.sources or len(set(step.sources)) < len(step.sources):
            self.refuse("twice", _("A unit is named twice in this step."))
            return
        if target < 0 and len(step.sources) < 2:
            self.refuse("too_few", _("At least two units merge into a new one."))
            return
        # A list, not a generator: each unit that is not there is said.
        there = [self.is_there(key) for key in (*step.sources, target)]
        if all(there) and all(self.is_free_of(target, source) for source in step.sources):
            for source in step.sources:
                self.end(step, source, (Part(target),))

    def split(self, step: Step) -> None:
        if step.unit is None or not self.is_there(step.unit):
            return
        keys = [part.unit for part in step.parts]
        if len(keys) < 2:
            self.refuse("too_few", _("A split has two parts or more."))
        elif len(set(keys)) < len(keys) or step.unit in keys:
            self.refuse("twice", _("A unit is named twice in this step."))
        elif sum((part.share for part in step.parts), Decimal()) != ONE or any(
            part.share <= 0 for part in step.parts
        ):
            self.refuse("shares", _("The shares of the parts must add up to 100 %."))
        elif sum(part.is_main for part in step.parts) != 1:
            self.refuse("no_main", _("Say which part is the main one: it keeps the records."))
        elif not set(step.members.values()) <= set(keys):
            self.refuse("member", _("A member is to go to a unit that is no part of the split."))
        elif all(self.is_there(key) and self.is_free_of(key, step.unit or 0) for key in keys):
            self.end(step, step.unit, step.parts)

    def dissolve(self, step: Step) -> None:
        if step.unit is None or not self.is_there(step.unit):
            return
        heir = step.target if step.target is not None else self.nodes[step.unit].parent
        if heir is None:
            self.refuse("no_heir", _("Say which unit takes over what is open."))
        elif self.is_there(heir) and self.is_free_of(heir, step.unit):
            self.end(step, step.unit, (Part(heir),))

    # --- what steps have in common

    def is_there(self, key: int | None) -> bool:
        """Whether a unit is in force at this point of the draft; says what is wrong where it is not."""
        if key is None or key not in self.nodes:
            self.refuse(
                "missing", _("A unit of this step is missing: it was taken out or is not below the scope.")
            )
            return False
        node = self.nodes[key]
        if key in self.plan.endings:
            self.refuse("ends_here", _("“%(unit)s” ends in an earlier step.") % {"unit": node.name})
        elif node.valid_from > self.day:
            self.refuse("not_yet", _("“%(unit)s” is not yet in force on that day.") % {"unit": node.name})
        elif node.valid_to is not None and node.valid_to <= self.day:
            self.refuse("ended", _("“%(unit)s” has already ended.") % {"unit": node.name})
        elif key > 0 and node.since > self.day:
            sentence = _("“%(unit)s” was changed on a later day; the days would overlap.")
            self.refuse("overlap", sentence % {"unit": node.name})
        else:
            return True
        return False

    def is_free_of(self, key: int | None, unit: int) -> bool:
        """Whether ``key`` is neither the unit nor below it."""
        step: int | None = key
        while step is not None:
            if step == unit:
                names = {"unit": self.nodes[unit].name, "target": self.nodes[key or 0].name}
                self.refuse("cycle", _("“%(target)s” lies below “%(unit)s”: that would be a circle.") % names)
                return False
            step = self.nodes[step].parent if step in self.nodes else None
        return True

    def end(self, step: Step, unit: int, heirs: tuple[Part, ...]) -> None:
        """End a unit: what is below goes where the draft says, else to the main successor, and it hangs there too."""
        if unit < 0 or self.nodes[unit].valid_from >= self.day:
            name = {"unit": self.nodes[unit].name}
            self.refuse("not_yet", _("“%(unit)s” begins on that day and cannot end on it.") % name)
            return
        if any(unit == heir.unit for ending in self.plan.endings.values() for heir in ending.heirs):
            name = {"unit": self.nodes[unit].name}
            self.refuse("heir_ends", _("“%(unit)s” takes over in this draft and cannot end in it.") % name)
            return
        ending = Ending(unit, heirs, step)
        self.plan.endings[unit] = ending
        for child in sorted(self.below.get(unit, ())):
            wanted = step.children.get(child, ending.main)
            stands = self.nodes[child].stands_on(self.day) and child not in self.plan.endings
            if not stands:
                wanted = ending.main
            elif wanted in self.plan.endings or not self.is_there(wanted):
                name = {"unit": self.nodes[child].name}
                self.refuse("orphan", _("“%(unit)s” would be left without a unit above it.") % name)
                continue
            elif not self.is_free_of(wanted, child):
                continue
            self.hang(child, wanted)
            if stands:
                self.inherited.add(child)
        self.nodes[unit] = replace(self.nodes[unit], valid_to=self.day)
        self.hang(unit, ending.main)

    def hang(self, key: int, parent: int | None) -> None:
        node = self.nodes[key]
        if node.parent is not None:
            self.below[node.parent].discard(key)
        if parent is not None:
            self.below.setdefault(parent, set()).add(key)
        self.nodes[key] = replace(node, parent=parent)

    def refuse(self, code: str, sentence: str, *, is_warning: bool = False) -> None:
        step = self.step.key if self.step else None
        self.plan.problems.append(Problem(step, code, sentence, is_warning))

    # --- the whole

    def look_at_the_whole(self, steps: Iterable[Step]) -> None:
        self.step = None
        for node in self.nodes.values():
            parent = self.nodes.get(node.parent) if node.parent is not None else None
            if parent is None or not node.stands_on(self.day):
                continue
            if parent.valid_to is not None and parent.valid_to <= self.day:
                name = {"unit": node.name}
                self.refuse("orphan", _("“%(unit)s” would be left without a unit above it.") % name)
        for sentence, count in self._same_names().items():
            self.refuse("same_name", sentence, is_warning=count < 0)
        named = Counter(key for step in steps for key in (*step.ending,))
        for key, times in named.items():
            if times > 1 and key in self.nodes:
                name_of = {"unit": self.nodes[key].name}
                self.refuse("ends_twice", _("“%(unit)s” ends in two steps of this draft.") % name_of)

    def _same_names(self) -> dict[str, int]:
        """Sentences about units of one name below one parent: refused where a step names them, else a warning (-1)."""
        found: dict[str, int] = {}
        parents = {self.nodes[key].parent for key in self.placed | self.inherited if key in self.nodes}
        for parent in sorted(key for key in parents if key is not None):
            by_name: dict[str, list[int]] = {}
            for key in self.below.get(parent, ()):
                if self.nodes[key].stands_on(self.day):
                    by_name.setdefault(fold(self.nodes[key].name), []).append(key)
            for keys in by_name.values():
                touched = [key for key in keys if key in self.placed or key in self.inherited]
                if len(keys) > 1 and touched:
                    names = {"unit": self.nodes[keys[0]].name, "parent": self.nodes[parent].name}
                    sentence = _("Two units below “%(parent)s” would be named “%(unit)s”.") % names
                    found[sentence] = 1 if any(key in self.placed for key in keys) else -1
        return found
