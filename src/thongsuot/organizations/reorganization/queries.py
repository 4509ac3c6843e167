"""Reading units in time: who took over, what stood where on a day, what changed between two days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.organizations.models import Reorganization, Unit, UnitSuccession, UnitVersion
from thongsuot.organizations.reach import can_anywhere

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

# Longer than any chain of mergers; a circle cannot be, but would not hang the page.
MOST_SUCCESSIONS = 50


def can_reorganize_anywhere(user: Viewer) -> bool:
    return can_anywhere(user, Permission.UNIT_REORGANIZE)


def reorganizations_of(user: Viewer) -> QuerySet[Reorganization]:
    """Those of the units in which the person may reorganise, the newest day first."""
    rows = Reorganization.objects.visible_to(user).select_related("scope")
    return rows.order_by("-effective_on", "-pk")


def successors_of(unit: Unit) -> list[UnitSuccession]:
    """Who took over when the unit ended, the main one first."""
    return list(unit.successors.select_related("new").order_by("-is_main", "-share", "new__sort_key", "pk"))


def predecessors_of(unit: Unit) -> list[UnitSuccession]:
    """From whom the unit took over, the newest first."""
    return list(unit.predecessors.select_related("old").order_by("-effective_on", "old__sort_key", "pk"))


def current_of(unit: Unit) -> Unit:
    """The unit that stands for this one today: itself, or along the main successors the one still in force."""
    here, day = unit, today()
    for _step in range(MOST_SUCCESSIONS):
        if here.valid_to is None or here.valid_to > day:
            return here
        next_one = here.successors.filter(is_main=True).select_related("new").first()
        if next_one is None:
            return here
        here = next_one.new
    return here


def unit_on(unit: Unit, day: dt.date) -> UnitVersion | None:
    """What the unit was on a day: its name, kind and place then."""
    return UnitVersion.objects.valid_on(day).filter(unit=unit).select_related("parent").first()


def children_on(parent: Unit, day: dt.date) -> QuerySet[UnitVersion]:
    """The units directly below on a day, in the Vietnamese order of their names then."""
    rows = UnitVersion.objects.valid_on(day).filter(parent=parent)
    return rows.select_related("unit").order_by("sort_key", "unit_id")


@dataclass(frozen=True)
class Difference:
    """One unit on two days: ``before`` or ``after`` is None where it did not stand below the unit compared."""

    unit_id: int
    before: UnitVersion | None
    after: UnitVersion | None
    successors: tuple[UnitSuccession, ...] = ()

    @property
    def name(self) -> str:
        shown = self.after or self.before
        return shown.name if shown else ""

    @property
    def is_renamed(self) -> bool:
        return bool(
            self.before
            and self.after
            and (self.before.name, self.before.kind, self.before.symbol)
            != (self.after.name, self.after.kind, self.after.symbol)
        )

    @property
    def is_moved(self) -> bool:
        return bool(self.before and self.after and self.before.parent_id != self.after.parent_id)


def compare(day_a: dt.date, day_b: dt.date, *, under: Unit) -> list[Difference]:
    """What was founded, ended, renamed or moved below a unit between two days, in four queries.

    A unit whose place changed only because one above it moved is not named.
    """
    before, after = _standing(under, day_a), _standing(under, day_b)
    keys = [key for key in {*before, *after} if _differs(before.get(key), after.get(key))]
    successors: dict[int, list[UnitSuccession]] = {}
    ended = [key for key in keys if key not in after]
    for row in UnitSuccession.objects.filter(old__in=ended).select_related("new").order_by("-is_main", "pk"):
        successors.setdefault(row.old_id, []).append(row)
    found = [Difference(key, before.get(key), after.get(key), tuple(successors.get(key, ()))) for key in keys]
    return sorted(found, key=lambda one: (_place(one), one.unit_id))


def _standing(under: Unit, day: dt.date) -> dict[int, UnitVersion]:
    top = unit_on(under, day)
    if top is None:
        return {}
    rows = UnitVersion.objects.valid_on(day).filter(path__gte=top.path, path__lt=top.path + "~")
    return {row.unit_id: row for row in rows}


def _differs(before: UnitVersion | None, after: UnitVersion | None) -> bool:
    if before is None or after is None:
        return True
    names = ("parent_id", "name", "kind", "symbol")
    return any(getattr(before, name) != getattr(after, name) for name in names)


def _place(one: Difference) -> str:
    shown = one.before or one.after
    return shown.path if shown else ""
