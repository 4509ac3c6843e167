"""What a page offers to choose from: rules with how many units they mean, ticks where there are few, a search else."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from thongsuot.documents.models import Delivery, Document
from thongsuot.documents.models.groups import UnitGroup
from thongsuot.documents.whom import ALL, CELLS, COMMUNES, DIRECT, LEVELS, Whom, meant, successors_of
from thongsuot.organizations.models import Unit, UnitKind
from thongsuot.organizations.models.units import COMMUNE_LEVEL
from thongsuot.organizations.queries import commune_level_below, units_below
from thongsuot.organizations.reach import ended_below

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

# More ticks than this are no longer read; then a rule and a search serve better.
MOST_TICKS = 200
MOST_FOUND = 20


@dataclass(frozen=True)
class Choice:
    """A unit one can send to, and since when it has the document."""

    unit: Unit
    sent_at: dt.datetime | None


@dataclass(frozen=True)
class ChoiceGroup:
    """Units that are usually chosen together: "14 wards and communes"."""

    key: str
    choices: list[Choice]

    @property
    def open_count(self) -> int:
        return sum(1 for choice in self.choices if choice.sent_at is None)


@dataclass(frozen=True)
class Rule:
    key: str
    label: str
    count: int


@dataclass(frozen=True)
class Offer:
    """All that can be chosen below a unit, and what has been chosen so far."""

    ticks: list[ChoiceGroup]
    levels: list[Rule]
    kinds: list[Rule]
    groups: list[UnitGroup]
    whom: Whom
    text: str = ""
    found: list[Unit] = field(default_factory=list)
    # Chosen, or left out, one by one, and shown nowhere else on the page.
    picked: list[Unit] = field(default_factory=list)
    left_out: list[Unit] = field(default_factory=list)

    @property
    def is_rules_first(self) -> bool:
        """Whether the rules stand open: there is one chosen, or too much for ticks."""
        total = next((rule.count for rule in self.levels if rule.key == ALL), 0)
        return self.whom.is_by_rule or bool(self.whom.without) or total > MOST_TICKS


def offer(
    user: Viewer,
    unit: Unit,
    whom: Whom,
    *,
    document: Document | None = None,
    text: str = "",
    groups: bool = True,
) -> Offer:
    """What the pages for sending and for groups show; the same number of queries for two units and for 20,000."""
    ticks = units_to_send_to(unit, document)
    shown = {choice.unit.pk for group in ticks for choice in group.choices}
    found = _found(unit, text)
    shown_now = shown | {row.pk for row in found}
    others = {row.pk: row for row in _named(unit, (whom.units - shown_now) | whom.without)}
    levels, kinds = _rules(unit)
    return Offer(
        ticks=ticks,
        levels=levels,
        kinds=kinds,
        groups=groups_for(user, unit) if groups else [],
        whom=whom,
        text=text,
        found=[row for row in found if row.pk not in shown | whom.without],
        picked=[row for key, row in others.items() if key in whom.units],
        left_out=[row for key, row in others.items() if key in whom.without],
    )


def groups_for(user: Viewer, unit: Unit) -> list[UnitGroup]:
    """The saved groups of a unit and of those it took over from."""
    rows = UnitGroup.objects.visible_to(user).filter(Q(unit=unit) | Q(unit__in=ended_below([unit.pk])))
    return list(rows.select_related("unit").order_by("name", "pk"))


def groups_of(user: Viewer, units: Iterable[Unit]) -> list[UnitGroup]:
    """All groups the person may use in the name of these units."""
    keys = [unit.pk for unit in units]
    rows = UnitGroup.objects.visible_to(user).filter(Q(unit__in=keys) | Q(unit__in=ended_below(keys)))
    counts = Count("members", filter=Q(members__is_exception=False))
    return list(rows.annotate(named=counts).select_related("unit", "changed_by").order_by("name", "pk"))


def what_a_group_means(group: UnitGroup) -> Whom:
    """The group as it was saved, to be changed; the successor stands in it for a unit that has ended."""
    members = list(group.members.values_list("unit_id", "is_exception"))
    return Whom(
        units=frozenset(successors_of(key for key, is_exception in members if not is_exception)),
        without=frozenset(successors_of(key for key, is_exception in members if is_exception)),
        levels=frozenset(group.levels),
        kinds=frozenset(group.kinds),
    )


@dataclass(frozen=True)
class HowMany:
    """Units that would be sent the document, and those left out because they have it."""

    sent: int
    have_it: int


def how_many(unit: Unit, whom: Whom, document: Document | None = None) -> HowMany:
    """How many units a choice means today, before anything is sent."""
    units = meant(unit, whom).order_by()
    total = units.count()
    if document is None:
        return HowMany(total, 0)
    have_it = units.filter(pk__in=Delivery.objects.filter(document=document).values("unit_id")).count()
    return HowMany(total - have_it, have_it)


def units_to_send_to(unit: Unit, document: Document | None = None) -> list[ChoiceGroup]:
    """The wards and communes below, and the other units directly below, with those that have it already.

    A group of more than ``MOST_TICKS`` is left to the rules.
    """
    communes = list(commune_level_below(unit)[: MOST_TICKS + 1])
    below = units_below(unit).filter(parent=unit).order_by("sort_key", "pk")
    others = below.exclude(kind__in=COMMUNE_LEVEL)
    groups = {
        "communes": communes,
        "cells": list(others.filter(kind=UnitKind.CELL)[: MOST_TICKS + 1]),
        "boards": list(others.exclude(kind=UnitKind.CELL)[: MOST_TICKS + 1]),
    }
    few = {key: members for key, members in groups.items() if 0 < len(members) <= MOST_TICKS}
    keys = [member.pk for members in few.values() for member in members]
    sent = {}
    if document is not None:
        rows = Delivery.objects.filter(document=document, unit__in=keys)
        sent = dict(rows.values_list("unit", "arrived_at"))
    return [
        ChoiceGroup(key, [Choice(member, sent.get(member.pk)) for member in members])
        for key, members in few.items()
    ]


def _rules(unit: Unit) -> tuple[list[Rule], list[Rule]]:
    """Levels and kinds with how many units each means; those that mean nobody, or the same as one before, not."""
    rows = units_below(unit).order_by().values_list("kind").annotate(n=Count("pk"), direct=_direct(unit))
    by_kind = {kind: (n, direct) for kind, n, direct in rows}
    counts: Counter[str] = Counter()
    for kind, (n, direct) in by_kind.items():
        counts[ALL] += n
        counts[DIRECT] += direct
        counts[COMMUNES] += n if kind in COMMUNE_LEVEL else 0
        counts[CELLS] += n if kind == UnitKind.CELL else 0
    levels = [Rule(key, str(label), counts[key]) for key, label in LEVELS.items() if counts[key]]
    kinds = [Rule(kind.value, str(kind.label), by_kind[kind][0]) for kind in UnitKind if kind in by_kind]
    return levels, kinds


def _direct(unit: Unit) -> Count:
    return Count("pk", filter=Q(parent=unit.pk))


def _found(unit: Unit, text: str) -> list[Unit]:
    if not text.strip():
        return []
    rows = units_below(unit).filter(pk__in=Unit.objects.search(text).values("pk"))
    return list(rows.select_related("parent").order_by("depth", "sort_key", "pk")[:MOST_FOUND])


def _named(unit: Unit, keys: Iterable[int]) -> list[Unit]:
    return list(units_below(unit).filter(pk__in=list(keys)).select_related("parent").order_by("path"))
