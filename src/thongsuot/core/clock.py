"""What day it is: stored in UTC, counted in Asia/Ho_Chi_Minh. A deadline is a date and ends with that day."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

SOON_DAYS = 7


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """The day in Viet Nam, wherever the server stands."""
    return timezone.localdate()


def day_of(moment: dt.datetime) -> dt.date:
    """The Vietnamese day on which a moment fell."""
    return timezone.localtime(moment).date()


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day: what is done then is still in time."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))
