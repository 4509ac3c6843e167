"""An agenda as people write it: a line each, its parts between upright strokes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

_TIME = re.compile(r"(\d{1,2})\s*(?:[:hHgG.]\s*(\d{2})?|giờ\s*(\d{2})?)")


@dataclass(frozen=True)
class Line:
    """A line of the agenda: "08:00 | Khai mạc | Ban tổ chức"."""

    what: str
    who: str = ""
    at: dt.time | None = None

    def __str__(self) -> str:
        parts = [f"{self.at:%H:%M}" if self.at else "", self.what, self.who]
        return " | ".join(part for part in parts if part)


def lines_of(text: str) -> list[Line]:
    """Each line that says something. The time may be left out, and who; "8h30" is a time as well as "08:30"."""
    return [_line(raw) for raw in text.splitlines() if raw.strip(" |\t")]


def text_of(lines: Iterable[Line]) -> str:
    return "\n".join(str(line) for line in lines)


def _line(raw: str) -> Line:
    parts = [words for part in raw.split("|") if (words := " ".join(part.split()))]
    at = _time(parts[0]) if len(parts) > 1 else None
    what, *who = parts[1:] if at is not None else parts
    return Line(what[:250], ", ".join(who)[:120], at)


def _time(text: str) -> dt.time | None:
    found = _TIME.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2] or found[3] or 0) > 59:
        return None
    return dt.time(int(found[1]), int(found[2] or found[3] or 0))
