"""A moment or stretch of time found in a text: at a place, the first one, or from one moment to another."""

import re
from dataclasses import dataclass

from thongsuot.formats.reading.deadlines.clock import Clock, last_of, made, noted
from thongsuot.formats.reading.deadlines.forms import BEGINS, FORMS
from thongsuot.formats.reading.model import Deadline


@dataclass(frozen=True)
class Moment:
    """`form` names how it is written; `text[start:end]` are its words."""

    start: int
    end: int
    form: str
    deadline: Deadline


_TO = re.compile(r"\s?(?:[-–]|,?\s*(?:cho\s+)?(?:đến|tới)(?:\s+hết)?)\s?", re.IGNORECASE)
_SEPARATE = re.compile(r"[\w/.,]")


def moment_at(text: str, position: int, clock: Clock) -> Moment | None:
    """The moment whose words begin at the position."""
    if BEGINS.match(text, position) is None:
        return None
    for form, pattern, build in FORMS:
        match = pattern.match(text, position)
        deadline = build(match, clock) if match else None
        if match and deadline:
            return Moment(position, match.end(), form, deadline)
    return None


def first_moment(text: str, clock: Clock) -> Moment | None:
    """The moment that begins first; of several that begin together, the first form."""
    best: Moment | None = None
    for form, pattern, build in FORMS:
        for match in pattern.finditer(text):
            if best and match.start() >= best.start:
                break
            if match.start() and _SEPARATE.match(text, match.start() - 1):
                continue
            deadline = build(match, clock)
            if deadline:
                best = Moment(match.start(), match.end(), form, deadline)
                break
    return best


def stretch_at(text: str, position: int, clock: Clock) -> Moment | None:
    """Two moments joined by đến or a dash: "01/6 đến hết ngày 30/6/2026", "quý II - quý IV/2026"."""
    first = moment_at(text, position, clock)
    if first is None:
        return None
    joined = _TO.match(text, first.end)
    second = moment_at(text, joined.end(), clock) if joined else None
    last = last_of(second.deadline.value) if second else None
    if second is None or last is None:
        return None
    if "year_inferred" in (first.deadline.note or "") or first.deadline.type == "event":
        # The year stands once, at the end: "từ 20/12 đến 15/01/2027" begins in the year before.
        for year in (last.year, last.year - 1):
            earlier = moment_at(text, position, Clock(clock.issued, year))
            begins = last_of(earlier.deadline.value) if earlier else None
            if earlier and begins and begins <= last:
                first = earlier
                break
    begins = last_of(first.deadline.value)
    if begins is None or begins > last:
        return None
    value = f"{first.deadline.value.split('/')[0]}/{second.deadline.value.rsplit('/', 1)[-1]}"
    deadline = noted(made("range", value), *(second.deadline.note or "").split())
    return Moment(position, second.end, "stretch", deadline)
