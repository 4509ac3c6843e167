"""Which days are worked in Viet Nam, and when a period counted in days, weeks or months ends.

The office works Monday to Friday (Decision 188/1999/QĐ-TTg, article 1) and rests on the public holidays of the Labour
Code 2019, article 112; each year the Government moves some days: a Monday off, worked on the Saturday before. The
library `holidays` knows the holidays and the moves decreed so far. Moves of years to come are unknown until decreed:
an office passes them in.
"""

import calendar as months
import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

_PERIOD = re.compile(r"-?P(?P<number>\d{1,4})(?P<unit>WD|D|W|M|Y)")
# No holiday and no moved day falls here, so most questions are answered without loading the library (0.5 s).
_QUIET = ((311, 331), (516, 814), (916, 1114), (1201, 1219))


class WorkingDays(Protocol):
    """What counting needs to know of a calendar."""

    def is_working(self, day: date) -> bool: ...


class VietnameseWorkingDays:
    """Monday to Friday without the public holidays, with the moved days; `off` and `working` are the office's own."""

    def __init__(self, *, off: Iterable[date] = (), working: Iterable[date] = ()) -> None:
        self._off = frozenset(off)
        self._working = frozenset(working)

    def is_working(self, day: date) -> bool:
        if day in self._off or day in self._working:
            return day in self._working
        if day.weekday() == 6 or any(a <= day.month * 100 + day.day <= b for a, b in _QUIET):
            return day.weekday() < 5
        holidays, worked = _decreed(day.year)
        return day in worked or (day.weekday() < 5 and day not in holidays)


def learn_holidays(year: int) -> None:
    """Load what `is_working` will ask for, before somebody waits for the answer."""
    for known in (year, year + 1):
        _decreed(known)


@lru_cache(maxsize=64)
def _decreed(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Holidays of a year, and the Saturdays worked in it; the year before may have moved one into it."""
    import holidays

    known = holidays.country_holidays("VN", years=(year - 1, year))
    return frozenset(known), frozenset(known.weekend_workdays)


VIETNAM = VietnameseWorkingDays()


def next_working_day(day: date, calendar: WorkingDays = VIETNAM) -> date:
    """The day itself where it is worked, else the first worked day after it."""
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def end_of_period(length: str, start: date, calendar: WorkingDays = VIETNAM) -> date | None:
    """The last day of a period of `length` that `start` opens; None for hours and what is no length.

    `length` is `P10D`, `P2W`, `P3M`, `P1Y` or, in working days, `P5WD`; with a minus the period lies before `start`.
    The opening day does not count (Civil Code 2015, articles 147.2, 147.3); weeks, months and years end on
    the day of the same name, or the last of the month (148.3 to 148.5); a period that ends on a day off ends with the
    next day worked (148.6). A period before `start` is a warning to be early and is not moved.
    """
    match = _PERIOD.fullmatch(length)
    if match is None:
        return None
    number, unit = int(match["number"]), match["unit"]
    sign = -1 if length.startswith("-") else 1
    try:
        if unit == "WD":
            return _count_working(start, number, sign, calendar)
        end = _shifted(start, sign * number, unit)
        return end if sign < 0 else next_working_day(end, calendar)
    except OverflowError:  # a length nobody means: beyond the years a date can have
        return None


def _count_working(day: date, number: int, step: int, calendar: WorkingDays) -> date:
    while number > 0:
        day += timedelta(days=step)
        number -= calendar.is_working(day)
    return day


def _shifted(start: date, number: int, unit: str) -> date:
    if unit in "DW":
        return start + timedelta(days=number * (7 if unit == "W" else 1))
    year, month = divmod(start.year * 12 + start.month - 1 + number * (12 if unit == "Y" else 1), 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))
