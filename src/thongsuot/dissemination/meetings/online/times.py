"""How long somebody was there, out of the ways in which meeting systems write it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from thongsuot.core.text import fold

_PART = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(gio|hours?|hrs?|hr|h|phut|minutes?|mins?|min|m|p|giay|seconds?|secs?|sec|s)(?![a-z])"
)
_CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
_MOMENT = re.compile(r"(\d{1,2})[:h](\d{2})(?::(\d{2}))?\s*(am|pm|sa|ch)?(?![a-z0-9])")
DAY = 24 * 60.0
LONGEST = 7 * DAY


def minutes_of(text: str) -> float | None:
    """ "65", "65,5", "1:05:00", "1h 5m", "1 giờ 5 phút" in minutes; None for what says nothing."""
    text = fold(text).strip()
    if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
        return min(float(text.replace(",", ".")), LONGEST)
    if found := _CLOCK.fullmatch(text):
        return min(int(found[1]) * 60 + int(found[2]) + int(found[3] or 0) / 60, LONGEST)
    parts = _PART.findall(text)
    if not parts or _PART.sub("", text).strip(" ,.;"):
        return None
    return min(sum(float(number.replace(",", ".")) * _in_minutes(unit) for number, unit in parts), LONGEST)


def _in_minutes(unit: str) -> float:
    if unit.startswith(("h", "gio")):
        return 60
    return 1 / 60 if unit.startswith(("s", "gi")) else 1


def moment_of(text: str) -> float | None:
    """The time of day, in minutes, of "23/11/2026 08:05:10" or "8:05 AM"."""
    found = _MOMENT.search(fold(text))
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    hour = int(found[1])
    if found[4] in ("pm", "ch") and hour < 12:
        hour += 12
    if found[4] in ("am", "sa") and hour == 12:
        hour = 0
    return hour * 60 + int(found[2]) + int(found[3] or 0) / 60


def together(spans: Iterable[tuple[float, float]]) -> float:
    """The minutes that these spans cover: two devices at the same time count once."""
    covered, end = 0.0, float("-inf")
    for begins, ends in sorted(spans):
        last = ends if ends >= begins else ends + DAY  # it went past midnight
        covered += max(0.0, last - max(begins, end))
        end = max(end, last)
    return covered
