"""What changed between two days: founded, ended, renamed and moved units, with who took over from whom."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q

from thongsuot.organizations.models import Unit, UnitSuccession
from thongsuot.organizations.models.units import UnitQuerySet, UnitVersionQuerySet
from thongsuot.organizations.queries.tree import versions_visible_to
from thongsuot.organizations.queries.units import units_visible_to

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


@dataclass(frozen=True)
class Between:
    """Two days, compared within what a person may look into and, where one is chosen, below one unit of today."""

    user: Viewer
    first: dt.date
    second: dt.date
    root: Unit | None = None

    @property
    def _units(self) -> UnitQuerySet:
        units = units_visible_to(self.user)
        return units.filter(pk__in=Unit.objects.under(self.root)) if self.root else units

    def founded(self) -> UnitQuerySet:
        """Units of the second day that were not there on the first."""
        lasts = Q(valid_to=None) | Q(valid_to__gt=self.second)
        rows = self._units.filter(lasts, valid_from__gt=self.first, valid_from__lte=self.second)
        return rows.order_by("-valid_from", "depth", "sort_key", "pk")

    def ended(self) -> UnitQuerySet:
        """Units of the first day that are no more on the second."""
        rows = self._units.filter(
            valid_from__lte=self.first, valid_to__gt=self.first, valid_to__lte=self.second
        )
        return rows.order_by("-valid_to", "depth", "sort_key", "pk")

    def renamed(self) -> UnitVersionQuerySet:
        """Units of both days that have another name, kind or symbol; with what they had (``old_name`` …)."""
        same = Q(name=F("old_name"), kind=F("old_kind"), symbol=F("old_symbol"))
        return self._changed().exclude(same)

    def moved(self) -> UnitVersionQuerySet:
        """Units of both days that hang below another; those that only went along are left out."""
        return self._changed().exclude(parent=F("old_parent")).select_related("parent")

    def _changed(self) -> UnitVersionQuerySet:
        rows = versions_visible_to(self.user, self.second).filter(
            unit__versions__valid_from__lte=self.first,
            unit__versions__valid_to__gt=self.first,
            valid_from__gt=self.first,
        )
        if self.root:
            rows = rows.filter(unit__in=Unit.objects.under(self.root))
        return rows.annotate(
            old_name=F("unit__versions__name"),
            old_kind=F("unit__versions__kind"),
            old_symbol=F("unit__versions__symbol"),
            old_parent=F("unit__versions__parent"),
            old_parent_name=F("unit__versions__parent__name"),
        ).order_by("depth", "sort_key", "unit_id")


def successions_from(units: Iterable[Unit]) -> dict[int, list[UnitSuccession]]:
    """Who took over from each of these units, the main successor first."""
    rows = UnitSuccession.objects.filter(old__in=list(units)).select_related("new")
    return _by("old_id", rows.order_by("-is_main", "-share", "new__sort_key", "pk"))


def successions_to(units: Iterable[Unit]) -> dict[int, list[UnitSuccession]]:
    """From whom each of these units took over."""
    rows = UnitSuccession.objects.filter(new__in=list(units)).select_related("old")
    return _by("new_id", rows.order_by("-effective_on", "old__sort_key", "pk"))


def _by(name: str, rows: Iterable[UnitSuccession]) -> dict[int, list[UnitSuccession]]:
    found: dict[int, list[UnitSuccession]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return dict(found)
