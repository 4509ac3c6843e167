"""The curve of a document against its deadline: how many stand as reached by the end of each day.

Pure geometry in the coordinates of the drawing (640 × 260); the template only draws. It climbs in steps, for between
two days nothing is known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from thongsuot.dissemination.queries.figures import DayReached

LEFT, RIGHT, TOP, BOTTOM = 6.0, 634.0, 40.0, 226.0
# How many days before the first mark, and after the last one, are worth their room.
MOST_BEFORE, MOST_AFTER = 60, 30


@dataclass(frozen=True)
class Mark:
    """A day on the axis, or a height; ``is_right`` when its words have to stand on the left of it."""

    day: dt.date
    x: float

    @property
    def is_right(self) -> bool:
        return self.x > (LEFT + RIGHT) / 2

    @property
    def text_x(self) -> float:
        return round(self.x - 7 if self.is_right else self.x + 7, 1)


@dataclass(frozen=True)
class Curve:
    line: str
    area: str
    end_x: float
    end_y: float
    first: dt.date
    last: dt.date
    due: Mark | None
    today: Mark | None
    changed: Mark | None
    whole: int
    by_due: int | None  # how many stood as reached when the deadline passed


def draw(
    days: Sequence[DayReached],
    *,
    whole: int,
    issued_on: dt.date,
    due: dt.date | None,
    today: dt.date,
    changed_on: dt.date | None = None,
) -> Curve | None:
    """The drawing; nothing when there is nobody to reach."""
    if whole <= 0:
        return None
    marks = [row.day for row in days] + ([due] if due else [])
    begin = min([*marks, today])
    first = max(min(issued_on, begin), begin - dt.timedelta(days=MOST_BEFORE))
    end = max([*marks, first])
    now = min(today, end + dt.timedelta(days=MOST_AFTER))
    last = max(end, now, first + dt.timedelta(days=1))

    def x(day: dt.date) -> float:
        # A day is counted at its end, so the first one has a width too.
        return round(LEFT + (RIGHT - LEFT) * ((day - first).days + 1) / ((last - first).days + 1), 1)

    def y(number: int) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * min(number, whole) / whole, 1)

    steps = "".join(f"H{x(row.day)}V{y(row.so_far)}" for row in days)
    reached = days[-1].so_far if days else 0
    end_x = max(x(min(today, last)), x(days[-1].day) if days else LEFT)
    line = f"M{LEFT} {BOTTOM}{steps}H{end_x}"
    is_inside = changed_on is not None and first <= changed_on <= last
    return Curve(
        line=line,
        area=f"{line}V{BOTTOM}Z",
        end_x=end_x,
        end_y=y(reached),
        first=first,
        last=last,
        due=Mark(due, x(due)) if due else None,
        today=Mark(today, x(today)) if today < last else None,
        changed=Mark(changed_on, x(changed_on)) if changed_on and is_inside else None,
        whole=whole,
        by_due=max((row.so_far for row in days if row.day <= due), default=0)
        if due and due < today
        else None,
    )
