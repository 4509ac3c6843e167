"""The number, the place and the date that the anchors of the letterhead hold."""

import re

from thongsuot.formats.reading.deadlines import iso_date
from thongsuot.formats.reading.frame.anchors import Anchor
from thongsuot.formats.reading.frame.rows import Row
from thongsuot.formats.reading.model import Item, Span

_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})


def number_of(rows: list[Row]) -> tuple[Item | None, str | None, int | None]:
    """(number with its symbol, the symbol alone, the row): the number is None where its figure was left blank."""
    for i, row in enumerate(rows):
        if row.kind != "number" or row.anchor is None:
            continue
        match = row.anchor.match
        end = row.anchor.end
        start = match.start("figure")
        same = [r for r in rows[i : i + 3] if r.anchor is row.anchor]
        rest = match.group("rest")[: max(0, end - match.start("rest"))]
        symbol = (
            re.sub(r"\s*([-–—/])\s*", r"\1", rest.strip()).replace("–", "-").replace("—", "-").rstrip(".-/")
        )
        figure = re.sub(r"[^\da-zA-ZđĐ]", "", match.group("figure"))
        if not any(c.isdigit() for c in figure):
            return None, symbol, i
        glue = "" if symbol[:1] in "-/" else (" " if rest[:1] == " " else "")
        rule = "number" if "law" in match.groupdict() else "number-bare"
        value = f"{figure}{glue}{symbol}"
        return (
            Item(value, _span_of(same, row.anchor, start, end), 0.95 if rule == "number" else 0.75, rule),
            symbol,
            i,
        )
    return None, None, None


def _span_of(rows: list[Row], anchor: Anchor, start: int, end: int) -> Span:
    """Where characters start..end of the anchored text stand in the source: rows of one anchor follow each other."""
    offsets: list[int] = []
    for row in rows:
        offsets += [*row.line.offsets, row.line.offsets[-1]]
    skip = min(max(0, start - anchor.start), len(offsets) - 1)
    last = min(max(skip, end - anchor.start - 1), len(offsets) - 1)
    return offsets[skip], offsets[last] + 1


def place_and_date(rows: list[Row]) -> tuple[Item | None, Item | None]:
    """The place and date of the letterhead: the last date that names its place, else the last date."""
    dated = [
        row
        for i, row in enumerate(rows)
        if row.kind == "date" and (i == 0 or rows[i - 1].anchor is not row.anchor)
    ]
    placed = [row for row in dated if row.anchor and row.anchor.start < row.anchor.match.start()]
    for row in reversed(placed or dated):
        anchor = row.anchor
        value = _value(anchor.match) if anchor else None
        if anchor is None:
            continue
        same = [r for r in rows if r.anchor is anchor]
        if value is None:
            if place := _place(same, anchor):
                return place, None  # "Hà Nội, ngày   tháng   năm": all blank
            continue
        rule = "date" if len(value) == 10 else "date-partial"
        confidence = 0.95 if len(value) == 10 else 0.7
        span = _span_of(same, anchor, anchor.match.start(), anchor.end)
        place = _place(same, anchor)
        return place, Item(
            value, span, confidence if place else confidence - 0.1, rule if place else f"{rule}-alone"
        )
    return None, None


def _place(rows: list[Row], anchor: Anchor) -> Item | None:
    words = anchor.match.string[anchor.start : anchor.match.start()].strip(" ,|*\n")
    if not words:
        return None
    value = " ".join(words.split())
    return Item(value, _span_of(rows, anchor, anchor.start, anchor.start + len(words)), 0.95, "place")


def _value(match: re.Match[str]) -> str | None:
    """ISO; partial where the day or the month is blank or unreadable (2026-06, 2026)."""
    groups = match.groupdict()
    year = groups["year"] or groups["year2"] or groups["year3"]
    month = _figure(groups["month"] or groups["month2"] or groups["month3"] or "")
    day = _figure(groups["day"] or groups["day2"] or "")
    if year is None or not 1945 <= int(year) <= 2100:
        return None
    if month is None or not 1 <= month <= 12:
        return year
    return (iso_date(day, month, int(year)) if day else None) or f"{year}-{month:02d}"


def _figure(words: str) -> int | None:
    """A day or a month; None where it is blank or the scanner read something else."""
    words = words.strip(" .…_,\n")
    clean = words.translate(_DIGITS) if any(c.isdigit() for c in words) else words
    return int(clean) if clean.isascii() and clean.isdigit() and len(clean) <= 2 else None
