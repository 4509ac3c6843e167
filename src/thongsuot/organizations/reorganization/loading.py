"""From rows to the values of a plan, and what each touched unit was: its fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q

from thongsuot.organizations.models import Reorganization, ReorganizationStep, StepKind, Unit, UnitVersion
from thongsuot.organizations.models.units import ancestor_paths
from thongsuot.organizations.reorganization.plan import Node, Part, Step

_COLUMNS = ("pk", "parent_id", "kind", "name", "short_name", "symbol", "place", "valid_from", "valid_to")


@dataclass(frozen=True)
class Loaded:
    """The part of the tree a draft is about, with where each unit stands."""

    nodes: dict[int, Node]
    paths: dict[int, str]


def steps_of(reorganization: Reorganization) -> list[Step]:
    """The steps of a draft in their order, in four queries."""
    rows = reorganization.steps.order_by("ordinal").prefetch_related("parts", "children", "members")
    return [_step(row) for row in rows]


def _step(row: ReorganizationStep) -> Step:
    parts = sorted(row.parts.all(), key=lambda part: part.ordinal)
    merges = row.kind == StepKind.MERGE
    return Step(
        key=row.pk,
        kind=row.kind,
        unit=row.unit_id,
        target=_ref(row.target_unit_id, row.target_step_id),
        sources=tuple(part.unit_id for part in parts if part.unit_id) if merges else (),
        parts=()
        if merges
        else tuple(
            Part(_ref(part.unit_id, part.founded_by_id) or 0, part.share, part.is_main) for part in parts
        ),
        children={
            child.child_id: _ref(child.target_unit_id, child.target_step_id) or 0
            for child in row.children.all()
        },
        members={
            member.person_id: _ref(member.target_unit_id, member.target_step_id) or 0
            for member in row.members.all()
        },
        name=row.name,
        short_name=row.short_name,
        unit_kind=row.unit_kind,
        symbol=row.symbol,
        place=row.place,
        obligations=row.obligations,
        roles=row.roles,
    )


def _ref(unit_id: int | None, step_id: int | None) -> int | None:
    if unit_id is not None:
        return unit_id
    return -step_id if step_id is not None else None


def named_in(steps: Iterable[Step]) -> set[int]:
    """The units the steps name."""
    named: set[int | None] = set()
    for step in steps:
        named |= {step.unit, step.target, *step.sources, *(part.unit for part in step.parts)}
        named |= {*step.children, *step.children.values()}
    return {key for key in named if key is not None and key > 0}


def tree_for(steps: Sequence[Step]) -> Loaded:
    """What the plan has to know: the units named, all above them, and their neighbours below one parent."""
    named = named_in(steps)
    rows = list(_rows(Q(pk__in=named)))
    endings = {key for step in steps for key in step.ending}
    parents = {row["parent_id"] for row in rows if row["parent_id"]}
    targets = {step.target for step in steps if step.target and step.target > 0}
    parts = {part.unit for step in steps for part in step.parts if part.unit > 0}
    above = {path for row in rows for path in ancestor_paths(row["path"])[:-1]}
    children = {target for step in steps for target in step.children.values() if target > 0}
    rows += _rows(Q(path__in=above) | Q(parent__in=endings | parents | targets | parts | children))
    since = dict(
        UnitVersion.objects.filter(unit__in=named).values_list("unit_id").annotate(Max("valid_from"))
    )
    nodes = {
        row["pk"]: Node(
            key=row["pk"],
            parent=row["parent_id"],
            since=since.get(row["pk"], row["valid_from"]),
            **{name: row[name] for name in _COLUMNS[2:]},
        )
        for row in rows
    }
    return Loaded(nodes, {row["pk"]: row["path"] for row in rows})


def _rows(condition: Q) -> Iterable[dict[str, Any]]:
    rows: Iterable[dict[str, Any]] = Unit.objects.filter(condition).order_by("pk").values(*_COLUMNS, "path")
    return rows


def fingerprint_of(nodes: Mapping[int, Node], steps: Sequence[Step]) -> dict[str, str]:
    """What each unit that a draft names, and each child of one that ends, is: a short digest by key."""
    endings = {key for step in steps for key in step.ending}
    keys = named_in(steps) | {node.key for node in nodes.values() if node.parent in endings}
    return {str(key): _digest(nodes[key]) for key in sorted(keys) if key in nodes}


def _digest(node: Node) -> str:
    words = (node.parent, node.kind, node.name, node.short_name, node.symbol, node.valid_from, node.valid_to)
    return hashlib.sha256(repr([str(word) for word in words]).encode()).hexdigest()[:16]


def changed_since(before: Mapping[str, str], now: Mapping[str, str]) -> list[int]:
    """The units whose digest differs, or that came or went."""
    return sorted(int(key) for key in {*before, *now} if before.get(key) != now.get(key))
