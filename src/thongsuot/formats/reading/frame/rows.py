"""The head and the foot of a paper as rows: what stands beside each other in a letterhead, one below the other.

A letterhead is a table of two columns. Converted and crawled texts show it cell by cell, with pipes, with wide gaps,
or run together in one line: "UBND XÃ A CỘNG HÒA XÃ HỘI ... Số: 1/KH-UBND An Bình, ngày ...". Rows undo that: every row
is one thing (a body, the national title, the number, the date, the subject of a letter), whichever way it was printed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from thongsuot.formats.reading.frame.anchors import Anchor, anchors_in
from thongsuot.formats.reading.model import Item, Span
from thongsuot.formats.reading.paragraphs import Line

# One letter for one letter: what fonts and keyboards put in place of Vietnamese letters.
_LOOKALIKES = str.maketrans(
    {"ƣ": "ư", "Ƣ": "Ư", "Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "\u00a0": " ", "‑": "-", "−": "-"}
)
_ODD = re.compile(f"[{''.join(map(chr, _LOOKALIKES))}]")
_PARTING = re.compile(r"[ |]")
_BREAKS = re.compile(r"</?(?:br|p|td|tr|div|li|ul|table|tbody|h\d)\s?/?>", re.IGNORECASE)
_MARKS = re.compile(r"</?(?:b|i|u|em|strong|span|center|font)\s?/?>", re.IGNORECASE)
WIDE_GAP = 3  # blanks in a row that part two columns


@dataclass(frozen=True)
class Row:
    """One thing of the letterhead. `origin` is the index of its source line, `anchor` what it was recognised as."""

    line: Line
    origin: int
    anchor: Anchor | None
    alone: bool  # nothing else stands on its source line

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def after_gap(self) -> bool:
        return self.line.after_gap

    @cached_property
    def kind(self) -> str:
        return self.anchor.kind if self.anchor else "text"

    @cached_property
    def is_upper(self) -> bool:
        return self.line.is_upper


def item_of(rows: list[Row], value: str, confidence: float, rule: str) -> Item:
    span: Span = (rows[0].line.offsets[0], rows[-1].line.offsets[-1] + 1)
    return Item(value, span, confidence, rule)


def repaired(lines: list[Line]) -> list[Line]:
    """The lines with the usual letters in place of their look-alikes; spans stay what they were."""
    return [Line(_without_tags(_usual(line.text)), line.offsets, line.after_gap) for line in lines]


def _usual(text: str) -> str:
    return text.translate(_LOOKALIKES) if _ODD.search(text) else text


def _without_tags(text: str) -> str:
    """Left-over tags become the edges of cells (<br>) or marks that are skipped (<b>), letter for letter."""
    if "<" not in text:
        return text
    text = _BREAKS.sub(lambda m: "|" * len(m.group()), text)
    return _MARKS.sub(lambda m: "*" * len(m.group()), text)


def rows_of(lines: list[Line], text: str, first: int = 0, *, anchored: bool = True) -> list[Row]:
    """The rows of these lines, `first` being the index of the first of them in the paper."""
    whole = "\n".join(line.text for line in lines)
    owners: list[Anchor | None] = [None] * len(whole)
    for anchor in anchors_in(whole) if anchored else ():
        for i in range(anchor.start, anchor.end):
            if owners[i] is None:
                owners[i] = anchor
    rows: list[Row] = []
    position = 0
    for number, line in enumerate(lines):
        cut = list(_cuts(line, text, owners[position : position + len(line.text)]))
        for i, (start, end, owner) in enumerate(cut):
            part = Line(line.text[start:end], line.offsets[start:end], line.after_gap if i == 0 else False)
            rows.append(Row(part, first + number, owner, alone=len(cut) == 1))
        position += len(line.text) + 1
    return rows


def _cuts(line: Line, text: str, owners: list[Anchor | None]) -> Iterator[tuple[int, int, Anchor | None]]:
    """(start, end, anchor) of each thing on the line: parted by pipes, wide gaps and the ends of anchors."""
    size = len(line.text)
    start = 0
    # Where nothing is anchored only pipes and gaps part a line: there is no need to look at every letter.
    places = range(size) if any(owners) else (match.start() for match in _PARTING.finditer(line.text))
    for i in (*places, size):
        edge = i == size or (i > start and _is_edge(line, text, owners, i))
        if not edge:
            continue
        words = line.text[start:i]
        left = len(words) - len(words.lstrip(" |*"))
        kept = words.strip(" |*")
        if kept:
            yield start + left, start + left + len(kept), owners[start + left]
        start = i


def _is_edge(line: Line, text: str, owners: list[Anchor | None], i: int) -> bool:
    before, here = owners[i - 1], owners[i]
    if before is not here:
        return True
    if here is not None and here.kind in ("number", "date"):
        return False
    if line.text[i] == "|":
        return True
    if line.text[i] != " " or i + 1 >= len(line.text):
        return False
    gap = line.offsets[i + 1] - line.offsets[i]
    return gap >= WIDE_GAP or (gap == 1 and text[line.offsets[i] : line.offsets[i] + 1] == "\t")


def without_citations(rows: list[Row], lines: list[Line], text: str, title: int) -> list[Row]:
    """The rows again, cut below the title line only at what stands alone there: a subject cites numbers and dates.

    The number of a letterhead may come late, but then as "Số:" on a line of its own.
    """
    below = rows[title].origin + 1 if title < len(rows) else len(lines)
    kept = [row for row in rows if row.origin < below]
    for row in rows_of(lines[below:], text, below, anchored=False):
        anchors = {r.anchor for r in rows if r.origin == row.origin}
        anchor = next(iter(anchors)) if len(anchors) == 1 else None
        kept.append(replace(row, anchor=anchor if anchor and _stands_alone(anchor, rows, row) else None))
    return kept


def _stands_alone(anchor: Anchor, rows: list[Row], row: Row) -> bool:
    if anchor.kind == "number":
        return ":" in row.text[:8]
    if anchor.kind == "date":
        return anchor.start < anchor.match.start()
    return anchor.kind in ("address", "state", "party", "motto", "urgency") and row.alone
