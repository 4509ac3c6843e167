"""How long data of a class is kept, and its removal when that time is over.

Each subject says what it holds for a while (``register`` in ``AppConfig.ready``); a higher subject may say how long
and what is held back (``follow``). Removal works in batches and is harmless when run twice or at the same time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models, transaction
from django.db.models import Count, Min, Q
from django.utils.functional import Promise

from thongsuot.core.clock import now

BATCH = 500
LONGEST = 36_500


@dataclass(frozen=True)
class Spared:
    """What a hold keeps: everything of a class, or what belongs to units (their keys, as a list or a subquery)."""

    everything: bool = False
    units: Any = None


@dataclass(frozen=True)
class Due:
    """What the next run would remove of a class: how many, since when the oldest, and what a hold keeps of it."""

    count: int = 0
    oldest: dt.datetime | None = None
    held: int = 0


class Store(Protocol):
    """Where the data of a class lies."""

    @property
    def knows_units(self) -> bool: ...

    def due(self, before: dt.datetime, spared: Spared) -> Due: ...

    def remove_some(self, before: dt.datetime, spared: Spared, limit: int) -> int:
        """Remove at most ``limit``; how many. What was removed is no longer due; nothing at the end."""


@dataclass(frozen=True)
class Rows:
    """Rows of a model. ``expired(before)`` selects them, ``remove(keys)`` removes some and says how many.

    ``since`` is the field or annotation the time is counted from; ``unit`` the field with the key of the unit, empty
    where the class belongs to none; ``order`` the field by whose index a batch is found, where it is not the key.
    """

    expired: Callable[[dt.datetime], models.QuerySet[Any, Any]]
    remove: Callable[[Sequence[Any]], int]
    since: str
    unit: str = ""
    key: str = "pk"
    order: str = ""

    @property
    def knows_units(self) -> bool:
        return bool(self.unit)

    def due(self, before: dt.datetime, spared: Spared) -> Due:
        rows = self.expired(before).order_by()
        if spared.everything:
            return Due(held=rows.count())
        kept = self._kept(spared)
        free = rows.exclude(kept) if kept else rows
        told = free.aggregate(count=Count("*"), oldest=Min(self.since))
        return Due(told["count"], told["oldest"], rows.filter(kept).count() if kept else 0)

    def remove_some(self, before: dt.datetime, spared: Spared, limit: int) -> int:
        if spared.everything:
            return 0
        rows, kept = self.expired(before), self._kept(spared)
        if kept:
            rows = rows.exclude(kept)
        keys = list(rows.order_by(self.order or self.key).values_list(self.key, flat=True)[:limit])
        return self.remove(keys) if keys else 0

    def _kept(self, spared: Spared) -> Q:
        return Q(**{f"{self.unit}__in": spared.units}) if self.unit and spared.units is not None else Q()


@dataclass(frozen=True)
class DataClass:
    """Data that is kept for a while: what it is, what becomes of it, and for how long unless somebody says otherwise.

    ``days`` answers the setting; ``least`` is the shortest time that makes sense.
    """

    name: str
    label: str | Promise
    holds: str | Promise
    ends: str | Promise
    days: Callable[[], int]
    store: Store
    least: int = 1


@dataclass(frozen=True)
class Terms:
    """What holds at a moment, by the name of the class: other periods than the settings say, and what must stay."""

    days: Mapping[str, int] = field(default_factory=dict)
    spared: Mapping[str, Spared] = field(default_factory=dict)

    def days_of(self, data_class: DataClass) -> int:
        return self.days.get(data_class.name, data_class.days())

    def spared_of(self, data_class: DataClass) -> Spared:
        return self.spared.get(data_class.name, Spared())


Policy = Callable[[], Terms]
_classes: dict[str, DataClass] = {}
_policy: list[Policy] = []
_look: ContextVar[Terms | None] = ContextVar("look", default=None)


def register(*classes: DataClass) -> None:
    """Make classes known; a second time changes nothing."""
    for data_class in classes:
        _classes[data_class.name] = data_class


def follow(policy: Policy) -> None:
    """Let one higher subject decide periods and holds."""
    _policy[:] = [policy]


def registered() -> list[DataClass]:
    """By name, so that every page and run has the same order."""
    return [_classes[name] for name in sorted(_classes)]


def terms() -> Terms:
    """Asked anew each time: a hold works at once."""
    return _policy[0]() if _policy else Terms()


@contextmanager
def one_look() -> Iterator[None]:
    """Ask once for everything said inside: for a page that names many periods."""
    token = _look.set(terms())
    try:
        yield
    finally:
        _look.reset(token)


def period_of(name: str) -> int:
    """How many days data of this class is kept."""
    return (_look.get() or terms()).days_of(_classes[name])


def due(data_class: DataClass, *, on: dt.datetime | None = None, by: Terms | None = None) -> Due:
    """What a run at that moment, or now, would remove."""
    by = by or terms()
    before = (on or now()) - dt.timedelta(days=by.days_of(data_class))
    return data_class.store.due(before, by.spared_of(data_class))


def remove_expired(
    name: str,
    *,
    note: Callable[[int], object] | None = None,
    goes_on: Callable[[], bool] = lambda: True,
    limit: int = BATCH,
) -> int:
    """Remove what a class has kept long enough; how many.

    Each batch is a transaction of its own, with what ``note`` writes about it, and asks for periods and holds anew:
    what was removed is always noted, and a hold works from the next batch on. ``goes_on`` may end it between two.
    """
    data_class, moment, total = _classes[name], now(), 0
    while True:
        with transaction.atomic():
            by = terms()
            before = moment - dt.timedelta(days=by.days_of(data_class))
            count = data_class.store.remove_some(before, by.spared_of(data_class), limit)
            if count and note is not None:
                note(count)
        total += count
        if not count or not goes_on():
            return total
