"""The small values that templates are given: a figure, a tab, an entry of a timeline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.utils.functional import Promise

Text = str | Promise

STATES = ("run", "soon", "late", "done", "back", "quiet")


@dataclass(frozen=True)
class Figure:
    """One of the four numbers on top of an overview; ``url`` opens exactly the rows it counts."""

    value: int
    state: str
    label: Text
    url: str
    note: Text = ""


@dataclass(frozen=True)
class Tab:
    label: Text
    url: str
    current: bool = False
    count: int | None = None


class TimelineEntry(Protocol):
    """What ``{% timeline %}`` reads: when, who, what was done, and the reason that was given."""

    at: datetime
    who: str
    text: Text
    reason: str


@dataclass(frozen=True)
class Entry:
    at: datetime
    who: str
    text: Text
    reason: str = ""


@dataclass(frozen=True)
class Duty:
    """One thing a person has to do, on "my work". The act is the big button; without one the whole line is the link.

    ``when`` is said instead of the distance to ``due`` (a meeting has an hour); ``done_on`` puts it among what
    is done.
    """

    title: Text
    note: Text
    due: date | None
    url: str
    icon: str
    act_label: Text = ""
    act_url: str = ""
    when: Text = ""
    done_on: date | None = None


@dataclass(frozen=True)
class Segment:
    """A piece of a bar, in hundredths of its length."""

    state: str
    start: float
    length: float


def segments(counts: Iterable[tuple[str, int]]) -> list[Segment]:
    """Lay counts end to end on a bar of length 100; a count of 0 takes no room, a small one stays visible."""
    present = [(state, count) for state, count in counts if count > 0]
    total = sum(count for _, count in present)
    widths = [max(count / total * 100, 3.0) for _, count in present]
    scale = 100 / sum(widths) if widths else 1
    laid: list[Segment] = []
    start = 0.0
    for (state, _), width in zip(present, widths, strict=True):
        laid.append(Segment(state, round(start, 2), round(width * scale - 1, 2)))
        start += width * scale
    return laid
