"""What the pages of the tree are asked for, from their address; what does not make sense counts as not asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import cached_property

from thongsuot.core.clock import today
from thongsuot.core.keys import number_in
from thongsuot.core.search import searchable
from thongsuot.organizations.models import Reorganization, Unit, UnitKind, UnitVersion
from thongsuot.organizations.models.reorganization import ReorganizationState
from thongsuot.organizations.queries.structure import Structure
from thongsuot.organizations.queries.tree import version_visible_to

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

MOST_OPEN = 40


def day_in(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None


@dataclass
class TreeFilters:
    """The day, the words and the kind looked for, the unit looked at, and which units are opened."""

    user: Viewer
    asked: QueryDict

    @cached_property
    def day(self) -> dt.date:
        return day_in(self.asked.get("ngay")) or today()

    @property
    def is_today(self) -> bool:
        return self.day == today()

    @cached_property
    def text(self) -> str:
        """The words as typed; signs alone are no words."""
        typed = self.asked.get("q", "").strip()[:200]
        return typed if searchable(typed) else ""

    @cached_property
    def kind(self) -> str:
        chosen = self.asked.get("loai", "")
        return chosen if chosen in UnitKind.values else ""

    @cached_property
    def root(self) -> UnitVersion | None:
        key = number_in(self.asked.get("goc"))
        return version_visible_to(self.user, key, self.day) if key else None

    @cached_property
    def opened(self) -> list[int]:
        """The units opened, the newest last; more than a page can hold are closed again, the oldest first."""
        keys = [number_in(part) for part in self.asked.get("mo", "").split(",")]
        return [key for key in dict.fromkeys(keys) if key][-MOST_OPEN:]

    @cached_property
    def start(self) -> int:
        return number_in(self.asked.get("tu"), 9) or 0

    @property
    def is_a_search(self) -> bool:
        return bool(self.text or self.kind)

    @property
    def same_day(self) -> dict[str, str]:
        return {} if self.is_today else {"ngay": self.day.isoformat()}

    @property
    def of_the_day(self) -> str:
        """The part of an address that keeps the day, with its question mark; nothing for today."""
        return f"?{urlencode(self.same_day)}" if self.same_day else ""


@dataclass
class StructureAsked:
    """Which structure figures are asked for: as the units stand today, or as they stood on a day.

    ``otherwise`` is the day when none is named; without it, the last one before the units changed.
    """

    unit: Unit
    asked: QueryDict
    otherwise: dt.date | None = None

    @cached_property
    def structure(self) -> Structure:
        if self.asked.get("co-cau") != "khi-do":
            return Structure.of(self.unit, None)
        return Structure.of(self.unit, self._day)

    @property
    def _day(self) -> dt.date:
        return day_in(self.asked.get("ngay")) or self.otherwise or _day_before_the_last_change()

    @property
    def named_unit(self) -> bool:
        """Whether the address names the unit: then the form keeps it."""
        return bool(self.asked.get("don-vi"))

    @property
    def is_then(self) -> bool:
        return self.structure.day is not None

    @property
    def kept(self) -> str:
        """The part of an address that keeps the structure."""
        day = self.structure.day
        return f"&{urlencode({'co-cau': 'khi-do', 'ngay': day.isoformat()})}" if day else ""


def _day_before_the_last_change() -> dt.date:
    """The last day before units were last reorganised; else the last day of the month before."""
    done = Reorganization.objects.filter(state=ReorganizationState.DONE).order_by("-effective_on")
    changed = done.values_list("effective_on", flat=True).first()
    return (changed or today().replace(day=1)) - dt.timedelta(days=1)
