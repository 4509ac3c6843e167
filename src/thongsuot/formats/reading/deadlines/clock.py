"""What time it is for the paper: its day of issue, and the years and days that follow from it.

Codes in `Deadline.note`:

counts_from_issue    a period counted from the day of issue (ký, ban hành); the value is its last day
counts_from_receipt  a period that starts when the paper arrives: only who knows that day can count
counts_from_effect   a period that starts when the paper takes effect
counts_from_event    a period that starts with another event, named in the value
before_event         a period that lies before an event
start_unstated       a period without a word about its start
working_days         counted in working days
day_off              the stated day is no working day; it is left as stated
hour_stated          the words give an hour of the day as well
weekday_1 … 7        a period of weeks names its day, Monday first
year_inferred        the words give no year; it follows from the day of issue
year_unknown         the words give no year and the paper no date
two_readings         the words can be understood in two ways; the value is the likelier one
"""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from thongsuot.formats.reading.model import Deadline

_FAR = 6  # months: a month that comes back later than this is more often one that has passed


@dataclass(frozen=True)
class Clock:
    """The day of issue as the paper gives it (2026-05-12, 2026-05, 2026, nothing); `year` where a neighbour says it."""

    issued: str | None
    year: int | None = None

    def day(self) -> date | None:
        """The day of issue where it is known to the day."""
        try:
            return date.fromisoformat(self.issued) if self.issued and len(self.issued) == 10 else None
        except ValueError:
            return None

    def year_of(self, last: str) -> tuple[int | None, tuple[str, ...]]:
        """The year of a time without one that ends on `last` (MM or MM-DD): the next such time after the issue."""
        if self.year is not None:
            return self.year, ()
        if not self.issued:
            return None, ()
        year = int(self.issued[:4])
        if len(self.issued) < 7:
            return year, ("year_inferred", "two_readings")
        if f"{year}-{last}" >= self.issued[: 5 + len(last)]:
            return year, ("year_inferred",)
        return year + 1, ("year_inferred", "two_readings")

    def looks_back(self, deadline: Deadline) -> bool:
        """A month or quarter without a year that would come back only after half a year: it has rather passed."""
        if not self.issued or "year_inferred two_readings" not in (deadline.note or ""):
            return False
        last = last_of(deadline.value)
        if last is None or len(self.issued) < 7:
            return False
        months = last.year * 12 + last.month - int(self.issued[:4]) * 12 - int(self.issued[5:7])
        return months > _FAR


def iso_date(day: int, month: int, year: int) -> str | None:
    """A date that exists, as ISO; None for 31/02 and the like, which scans and typing errors produce."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year}-{month:02d}-{day:02d}"


def noted(deadline: Deadline, *codes: str) -> Deadline:
    """The deadline with more codes in its note, each once, in order."""
    known = (deadline.note or "").split()
    codes = tuple(c for c in codes if c not in known)
    return replace(deadline, note=" ".join([*known, *codes])) if codes else deadline


def made(kind: str, value: str, *codes: str) -> Deadline:
    """A deadline from its parts. `kind` is one of the types of the model."""
    return noted(Deadline(kind, value), *codes)  # type: ignore[arg-type]  # callers write literals


def last_of(value: str) -> date | None:
    """The last day of 2026-05-12, 2026-05, 2026-Q2, 2026, or of the second half of a range."""
    value = value.rsplit("/", 1)[-1]
    year, _, rest = value.partition("-")
    if len(year) != 4 or not year.isdigit():
        return None
    if not rest:
        return date(int(year), 12, 31)
    if len(rest) == 2 and rest[0] == "Q" and rest[1] in "1234":
        month, day = int(rest[1]) * 3, 0
    elif len(rest) in (2, 5) and rest[:2].isdigit() and 1 <= int(rest[:2]) <= 12:
        month, day = int(rest[:2]), int(rest[3:] or 0)
    else:
        return None
    end = calendar.monthrange(int(year), month)[1]
    return date(int(year), month, min(day, end) if day else end)


def week_of(day: date, later: int = 0) -> str:
    """Monday to Friday of the week `later` weeks after the one `day` lies in, as a range."""
    monday = day + timedelta(days=7 * later - day.weekday())
    return f"{monday}/{monday + timedelta(days=4)}"
