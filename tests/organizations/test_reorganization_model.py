"""Random trees and random drafts, against a slow plain model written apart from the product."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.organizations.reorganizing import DECISION, carried_out, in_days, on, paths_agree, rows_of_units
from thongsuot.core.refusals import Refused
from thongsuot.home.proofs.tree import successions, tree, units_in_force, versions
from thongsuot.organizations.models import ReorganizationStep, Unit, UnitSuccession, UnitVersion
from thongsuot.organizations.reorganization import PartData, StepData, add_step, start_draft, undo, unit_on
from thongsuot.organizations.services import found_units

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Act = tuple[Any, ...]
NUMBERS = st.integers(0, 11)
ACTS = st.one_of(
    st.tuples(st.just("found"), NUMBERS),
    st.tuples(st.just("rename"), NUMBERS),
    st.tuples(st.just("move"), NUMBERS, NUMBERS),
    st.tuples(st.just("merge"), NUMBERS, NUMBERS, NUMBERS),
    st.tuples(st.just("split"), NUMBERS, NUMBERS, NUMBERS),
    st.tuples(st.just("dissolve"), NUMBERS),
)


@dataclass
class Plain:
    """The tree as names: whose child each one is, who has ended, who took over."""

    parent: dict[str, str | None]
    ended: dict[str, list[str]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)

    def stands(self, *names: str) -> bool:
        return all(name in self.parent and name not in self.ended for name in names)

    def below(self, name: str, top: str) -> bool:
        at: str | None = name
        while at is not None:
            if at == top:
                return True
            at = self.parent[at]
        return False

    def takes_over(self, name: str) -> bool:
        return any(name in heirs for heirs in self.ended.values())

    def may_end(self, name: str, *heirs: str) -> bool:
        there = self.stands(name, *heirs) and name != "root" and name not in self.new
        return there and not self.takes_over(name) and not any(self.below(heir, name) for heir in heirs)

    def end(self, name: str, *heirs: str) -> None:
        for child, parent in list(self.parent.items()):
            if parent == name:
                self.parent[child] = heirs[0]
        self.parent[name] = heirs[0]
        self.ended[name] = list(heirs)

    def take(self, act: Act, names: list[str]) -> bool:
        """Whether the step can be; if so it has been taken."""
        kind, *numbers = act
        who = [names[number % len(names)] for number in numbers]
        if kind == "found" and self.stands(who[0]):
            name = f"new {len(names)}"
            self.parent[name] = who[0]
            self.new.add(name)
            names.append(name)
        elif kind == "rename" and self.stands(who[0]):
            self.renamed[who[0]] = f"other {who[0]}"
        elif kind == "move" and self.stands(*who) and who[0] != "root" and not self.below(who[1], who[0]):
            if self.parent[who[0]] == who[1]:
                return False
            self.parent[who[0]] = who[1]
        elif kind == "merge" and self._may_merge(who):
            for source in dict.fromkeys(who[1:]):
                self.end(source, who[0])
        elif kind == "split" and len(set(who)) == 3 and self.may_end(who[0], who[1], who[2]):
            self.end(who[0], who[1], who[2])
        elif kind == "dissolve" and self.may_end(who[0], self.parent[who[0]] or ""):
            self.end(who[0], self.parent[who[0]] or "")
        else:
            return False
        return True

    def _may_merge(self, who: list[str]) -> bool:
        target, *sources = who
        sources = list(dict.fromkeys(sources))
        if target in sources or (target in self.new and len(sources) < 2):
            return False
        # The second source must still be free when the first has ended below the target.
        return all(self.may_end(source, target) for source in sources)


def _real(kind: str, who: list[str], refs: dict[str, Any], plain: Plain) -> StepData:
    """The same step as a clerk would enter it."""
    one = refs[who[0]]
    if kind == "found":
        name = f"new {len(refs)}"
        return StepData("found", target=one, name=name, short_name=name, unit_kind="department")
    if kind == "rename":
        name = f"other {who[0]}"
        return StepData("rename", unit=one, name=name, short_name=name, unit_kind="department")
    if kind == "move":
        return StepData("move", unit=one, target=refs[who[1]])
    if kind == "merge":
        return StepData("merge", target=one, sources=[refs[name] for name in dict.fromkeys(who[1:])])
    if kind == "split":
        parts = [PartData(refs[who[1]], Decimal("0.7"), is_main=True), PartData(refs[who[2]], Decimal("0.3"))]
        return StepData("split", unit=one, parts=parts)
    return StepData("dissolve", unit=one)


def _found(shape: list[int]) -> dict[str, Unit]:
    """A tree of departments, each below the one whose number says so; its root below nothing."""
    made: dict[str, Unit] = {}
    for number, above in enumerate([0, *shape]):
        name = f"unit {number}" if number else "root"
        parent = list(made.values())[above % number] if number else None
        unit = Unit(
            parent=parent, name=name, short_name=name, kind="department", valid_from=dt.date(2026, 1, 1)
        )
        made[name] = found_units([unit])[0]
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shape=st.lists(NUMBERS, min_size=3, max_size=8), acts=st.lists(ACTS, min_size=1, max_size=6))
def test_the_tree_is_what_a_plain_model_says_and_comes_back(
    cast: Cast, shape: list[int], acts: list[Act]
) -> None:
    with transaction.atomic():
        _play(cast, shape, acts)
        transaction.set_rollback(True)


def _play(cast: Cast, shape: list[int], acts: list[Act]) -> None:
    refs: dict[str, Any] = dict(_found(shape))
    plain = Plain({name: unit.parent.name if unit.parent else None for name, unit in refs.items()})
    then = dict(plain.parent)
    cast.city_clerk.grants.create(
        unit=refs["root"], role_id="clerk", valid_from=dt.date(2026, 1, 1), reaches_subtree=True
    )
    clerk = type(cast.city_clerk).objects.get(pk=cast.city_clerk.pk)
    made = start_draft(by=clerk, scope=refs["root"], title="Thử", effective_on=in_days(1), decision=DECISION)
    names = list(refs)
    before = rows_of_units()
    for act in acts:
        who = [names[number % len(names)] for number in act[1:]]
        changed = who[1:] if act[0] == "merge" else who[:1] if act[0] != "found" else []
        if any(isinstance(refs[name], ReorganizationStep) for name in changed):
            continue  # what is founded in the draft is not yet there to be changed in it
        data = _real(act[0], who, refs, plain)
        if plain.take(act, names):
            refs_made = add_step(by=clerk, reorganization=made, data=data)
            if act[0] == "found":
                refs[data.name] = refs_made
        else:
            with pytest.raises(Refused), transaction.atomic():
                add_step(by=clerk, reorganization=made, data=data)
    if not made.steps.exists():
        return
    done = carried_out(made)
    assert done.state == "done", done.failure
    _compare(plain, refs, then, before)
    with on(in_days(3)):
        undo(by=clerk, reorganization=done)
    assert rows_of_units() == before


def _compare(plain: Plain, refs: dict[str, Any], then: dict[str, str | None], before: Any) -> None:
    names = {unit.pk: name for name, unit in refs.items() if isinstance(unit, Unit)}
    names |= {unit.pk: unit.name for unit in Unit.objects.filter(name__in=plain.new)}
    units = {names[unit.pk]: unit for unit in Unit.objects.filter(pk__in=names).select_related("parent")}
    assert {n: names[u.parent_id] if u.parent_id else None for n, u in units.items()} == plain.parent
    assert {name for name, unit in units.items() if unit.valid_to} == set(plain.ended)
    # What ends on the day keeps the name it had until then.
    renamed = {old: new for old, new in plain.renamed.items() if old not in plain.ended}
    assert {name: unit.name for name, unit in units.items() if name in renamed} == renamed
    heirs: dict[str, list[str]] = {}
    for row in UnitSuccession.objects.order_by("-is_main", "pk"):
        heirs.setdefault(names[row.old_id], []).append(names[row.new_id])
    assert heirs == plain.ended
    assert paths_agree()
    assert [*tree(), *units_in_force(), *versions(), *successions()] == []
    for name, parent in then.items():  # the day before, it stood where it stood
        version = unit_on(units[name], in_days(0))
        assert version is not None
        assert (names[version.parent_id] if version.parent_id else None) == parent
    today = UnitVersion.objects.valid_on(in_days(1)).filter(unit__in=names)
    standing = {names[row.unit_id]: names.get(row.parent_id) if row.parent_id else None for row in today}
    assert standing == {name: parent for name, parent in plain.parent.items() if name not in plain.ended}
