"""What day it is: stored in UTC, counted in Asia/Ho_Chi_Minh. A deadline is a date and ends with that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

SOON_DAYS = 7
_told: ContextVar[dt.datetime | None] = ContextVar("told", default=None)


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return _told.get() or timezone.now()


def today() -> dt.date:
    """The day in Viet Nam, wherever the server stands."""
    return timezone.localtime(now()).date()


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let it be ``moment`` for the acts inside: how the demonstration place gets its history, and tests a day."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def moment(day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    """A time of day in Viet Nam."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def day_of(moment: dt.datetime) -> dt.date:
    """The Vietnamese day on which a moment fell."""
    return timezone.localtime(moment).date()


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day: what is done then is still in time."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))
