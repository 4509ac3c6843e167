"""One unit: what it is called and where it hangs through time, who took over, who holds which post."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.organizations.models import (
    MASS_KINDS,
    Affiliation,
    FormerArea,
    Membership,
    Position,
    Unit,
    UnitAlias,
    UnitSuccession,
    UnitVersion,
)
from thongsuot.organizations.models.units import UnitVersionQuerySet, ValidityQuerySet, ancestor_paths
from thongsuot.organizations.queries.tree import versions_visible_to
from thongsuot.organizations.reach import can

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thongsuot.organizations.reach import Viewer


@dataclass(frozen=True)
class Spell:
    """A time in which a unit had one name, kind, symbol and place."""

    version: UnitVersion
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True)
class Above:
    """A unit higher up: a name for orientation, a link for whoever may look into it."""

    name: str
    key: int
    is_visible: bool


@dataclass(frozen=True)
class Heirs:
    """Who took over from a unit that has ended, and how: "merged", "split" or "taken_over"."""

    rows: Sequence[UnitSuccession]
    how: str
    day: dt.date


def spells_of(unit: Unit) -> list[Spell]:
    """The life of a unit, newest first; versions that only went along with a unit above are joined."""
    versions = unit.versions.select_related("parent").order_by("valid_from")
    spells = []
    for _same, group in itertools.groupby(versions, key=_described):
        rows = list(group)
        spells.append(Spell(rows[-1], rows[0].valid_from, rows[-1].valid_to))
    return spells[::-1]


def _described(version: UnitVersion) -> tuple[object, ...]:
    return version.parent_id, version.kind, version.name, version.short_name, version.symbol


def version_on(spells: Sequence[Spell], day: dt.date) -> UnitVersion | None:
    """The version in force on a day, from spells that are read already; of a day before or after its life none."""
    return next(
        (
            spell.version
            for spell in spells
            if spell.since <= day and (spell.until is None or spell.until > day)
        ),
        None,
    )


def above_on(user: Viewer, version: UnitVersion, day: dt.date) -> list[Above]:
    """The units above, highest first, as they were called on the day."""
    paths = ancestor_paths(version.path)[:-1]
    rows = UnitVersion.objects.valid_on(day).filter(path__in=paths).select_related("unit").order_by("path")
    return [Above(row.short_name, row.unit_id, can(user, Permission.UNIT_READ, row.unit)) for row in rows]


def children_on(user: Viewer, unit: Unit, day: dt.date) -> UnitVersionQuerySet:
    """The units directly below on the day, in the Vietnamese order."""
    return versions_visible_to(user, day).filter(parent=unit).order_by("sort_key", "unit_id")


def heirs_of(unit: Unit) -> Heirs | None:
    """Who took over when the unit ended; nothing while it lasts or when nobody did."""
    beside = (
        UnitSuccession.objects.filter(new=OuterRef("new"), effective_on=OuterRef("effective_on"))
        .order_by()
        .values("new")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows = list(
        UnitSuccession.objects.filter(old=unit)
        .select_related("new")
        .annotate(into_one=Coalesce(Subquery(beside), 0))
        .order_by("-is_main", "-share", "new__sort_key", "pk")
    )
    if not rows:
        return None
    how = "split" if len(rows) > 1 else "merged" if rows[0].into_one > 1 else "taken_over"
    return Heirs(rows, how, rows[0].effective_on)


def forebears_of(unit: Unit) -> list[UnitSuccession]:
    """Whom the unit took over from, newest first."""
    rows = UnitSuccession.objects.filter(new=unit).select_related("old")
    return list(rows.order_by("-effective_on", "old__sort_key", "pk"))


def former_areas_of(unit: Unit) -> list[FormerArea]:
    """What the area was before 1 July 2025, when its code and the list are known: whole units first."""
    if not unit.area_code:
        return []
    return list(
        FormerArea.objects.filter(area_code=unit.area_code).order_by("is_part", "district", "name", "pk")
    )


def aliases_of(unit: Unit) -> list[UnitAlias]:
    """How documents write the unit, besides its own names."""
    own = (unit.name, unit.short_name)
    return [alias for alias in unit.aliases.order_by("name", "pk") if alias.name not in own]


def positions_in(unit: Unit, day: dt.date) -> ValidityQuerySet[Position]:
    """Who held a post in the unit on an earlier day; today also who is to hold one. The head first."""
    lasting = Q(valid_to=None) | Q(valid_to__gt=day)
    rows = Position.objects.filter(lasting, unit=unit) if day == today() else Position.objects.valid_on(day)
    rows = rows.filter(unit=unit).select_related("person")
    return rows.order_by("-is_head", F("person__sort_key"), "pk")


def can_see_members(user: Viewer, unit: Unit) -> bool:
    """Who belongs to a cell is sensitive (Law 91/2025/QH15): for those who keep the list or look after people."""
    return can(user, Permission.MEMBERS_READ, unit) or can(user, Permission.PEOPLE_MANAGE, unit)


def members_in(unit: Unit) -> ValidityQuerySet[Membership] | ValidityQuerySet[Affiliation]:
    """Of a cell, or of a mass organisation."""
    if unit.kind in MASS_KINDS:
        branch = Affiliation.objects.valid_on().filter(unit=unit).select_related("person")
        return branch.order_by("person__sort_key", "pk")
    rows = Membership.objects.valid_on().filter(unit=unit).select_related("person")
    return rows.order_by("person__sort_key", "pk")
