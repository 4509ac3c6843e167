"""Figures by unit in two structures: as the units stand today, or as they stood on an earlier day.

What is counted keeps the unit it was counted in. Today that unit hangs where it stands, and one that has ended
below the one that took over; on an earlier day it hung where its version says. A unit that was not there on the
day is shown below the nearest unit above it that was: as a row of its own when it was founded later, as a part of
the one that took over when it had ended before. So both readings add up to the same at the top.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, Substr

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.organizations.models import Unit, UnitSuccession, UnitVersion
from thongsuot.organizations.models.units import SEGMENT
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

Chain = tuple[int, ...]
NOT_THERE = "#"  # before the key of a unit that has no place on the day; no path begins with it
AT_ONCE = 5000


@dataclass(frozen=True)
class Part:
    """A unit directly below the one looked at, with what was counted in it and below; or that unit by itself."""

    unit: Unit
    name: str
    sort_key: str
    sums: Mapping[str, Any]
    is_itself: bool = False
    is_later: bool = False  # founded only after the day
    now_in: Unit | None = None  # who took over since


@dataclass(frozen=True)
class Structure:
    """The units below one, as they stand today (no day) or as they stood on a day."""

    unit: Unit
    day: dt.date | None = None
    then: UnitVersion | None = field(default=None)

    @classmethod
    def of(cls, unit: Unit, day: dt.date | None) -> Structure:
        """The structure of a day; a day that has not passed means today."""
        if day is None or day >= today():
            return cls(unit)
        return cls(unit, day, UnitVersion.objects.valid_on(day).filter(unit=unit).first())

    @property
    def name(self) -> str:
        return self.then.name if self.then else self.unit.name

    def beyond_reach(self, user: Viewer) -> int:
        """How many units stood below on the day that others look after today; what they count is not in the rows."""
        if self.day is None or self.then is None:
            return 0
        stood = UnitVersion.objects.valid_on(self.day).filter(
            path__gte=self.then.path, path__lt=self.then.path + "~"
        )
        return stood.exclude(reach(user, Permission.OVERVIEW_READ, "unit")).count()

    def parts(self, rows: QuerySet[Any, Any], *, held_by: str = "unit_id", **sums: Any) -> list[Part]:
        """The rows summed by the units directly below, in the Vietnamese order of their names of the day.

        ``rows`` have the key of a unit in ``held_by`` and hold no more than the person may count. In four to six
        queries, however many rows and units.
        """
        place = self._place(held_by)
        grouped = rows.order_by().annotate(structure_place=place).values_list("structure_place")
        found = list(grouped.annotate(**sums))
        sums_at = {row[0]: dict(zip(sums, row[1:], strict=True)) for row in found}
        whose = self._whose(sums_at)
        added: dict[int, dict[str, Any]] = {}
        for at, counted in sums_at.items():
            if key := whose.get(at):
                added[key] = _together(added[key], counted) if key in added else counted
        return self._named(added)

    def _place(self, held_by: str) -> Any:
        """Where a row belongs, as the database can say it: the path down to the level below the unit."""
        if self.day is None:
            return Substr(held_by.removesuffix("_id") + "__path", 1, len(self.unit.path) + SEGMENT)
        version = UnitVersion.objects.valid_on(self.day).filter(unit=OuterRef(held_by)).values("path")[:1]
        path: Any = Subquery(version)
        if self.then:
            path = Substr(path, 1, len(self.then.path) + SEGMENT)
        return Coalesce(path, Concat(Value(NOT_THERE), Cast(F(held_by), CharField())))

    def _whose(self, places: Iterable[str]) -> dict[str, int]:
        """By place the unit in whose row it is summed; places elsewhere are left out."""
        lone = {place: int(place[1:]) for place in places if place.startswith(NOT_THERE)}
        chains = {place: _keys_of(place) for place in places if place not in lone}
        if lone:
            assert self.day is not None  # noqa: S101  # for the type checker: today every unit has its place
            absent = _chains_of_absent(lone.values(), self.day)
            chains |= {place: absent[key] for place, key in lone.items() if key in absent}
        inside: Collection[int] = ()
        if self.day and not self.then:  # founded later: what it took over since stood apart then
            inside = set(Unit.objects.under(self.unit).values_list("pk", flat=True))
        whose = {place: self._row_of(chain, inside) for place, chain in chains.items()}
        return {place: key for place, key in whose.items() if key}

    def _row_of(self, chain: Chain, inside: Collection[int]) -> int | None:
        if self.unit.pk in chain:
            after = chain.index(self.unit.pk) + 1
            return chain[after] if after < len(chain) else self.unit.pk
        return next((key for key in chain if key in inside), None)

    def _named(self, added: Mapping[int, Mapping[str, Any]]) -> list[Part]:
        stood = UnitVersion.objects.valid_on(self.day).filter(unit__in=list(added)) if self.day else None
        versions = {row.unit_id: row for row in stood.select_related("unit")} if stood is not None else {}
        units = {key: row.unit for key, row in versions.items()}
        units |= Unit.objects.in_bulk([key for key in added if key not in units])
        ended = [
            unit.pk for unit in units.values() if self.day and unit.valid_to and unit.valid_to <= today()
        ]
        taken = UnitSuccession.objects.filter(old__in=ended, is_main=True).select_related("new")
        heirs = {row.old_id: row.new for row in taken}
        parts = [
            Part(
                unit,
                (versions.get(key) or unit).short_name,
                (versions.get(key) or unit).sort_key,
                added[key],
                is_itself=key == self.unit.pk,
                is_later=self.day is not None and key not in versions,
                now_in=heirs.get(key),
            )
            for key, unit in units.items()
        ]
        return sorted(parts, key=lambda part: (not part.is_itself, part.sort_key, part.unit.pk))


def total_of(parts: Iterable[Part]) -> dict[str, Any]:
    """What all rows add up to."""
    total: dict[str, Any] = {}
    for part in parts:
        total = _together(total, part.sums) if total else dict(part.sums)
    return total


def _together(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Counts are added; of days the first stays."""

    def join(a: Any, b: Any) -> Any:
        if a is None or b is None:
            return b if a is None else a
        return min(a, b) if isinstance(a, dt.date) else a + b

    return {name: join(one[name], other[name]) for name in one}


def _keys_of(path: str) -> Chain:
    """The keys of the units on a path, from the top."""
    return tuple(int(path[at : at + SEGMENT], 36) for at in range(0, len(path), SEGMENT))


def _chains_of_absent(keys: Iterable[int], day: dt.date) -> dict[int, Chain]:
    """Where figures of units that were not there on the day belong: below the nearest unit above that was.

    One that had ended hangs below who took over, and is a part of it; one founded later is a row of its own.
    """
    rows = list(_in_parts(Unit.objects.only("pk", "path"), "pk", keys))
    above = {row.pk: _keys_of(row.path) for row in rows}
    wanted = {key for chain in above.values() for key in chain}
    stood = _in_parts(UnitVersion.objects.valid_on(day), "unit", wanted)
    then = {row.unit_id: _keys_of(row.path) for row in stood}
    missing = [key for key in wanted if key not in then]
    later = {
        row.pk
        for row in _in_parts(Unit.objects.only("pk", "valid_from"), "pk", missing)
        if row.valid_from > day
    }
    found: dict[int, Chain] = {}
    for key, chain in above.items():
        base = next((at for at in range(len(chain) - 1, -1, -1) if chain[at] in then), -1)
        start = then[chain[base]] if base >= 0 else ()
        found[key] = start + tuple(one for one in chain[base + 1 :] if one in later)
    return found


def _in_parts(rows: QuerySet[Any], name: str, keys: Iterable[int]) -> Iterable[Any]:
    """The rows of these keys, some thousands at once: SQLite takes no more in one question."""
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), AT_ONCE):
        yield from rows.filter(**{f"{name}__in": wanted[start : start + AT_ONCE]})
