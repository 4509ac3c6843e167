"""One printed page in reading order: text and table rows, with what stands at its edges kept apart for now."""

import re
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from thongsuot.formats.reading.extract.layout import is_layout_table
from thongsuot.formats.reading.extract.page.columns import (
    Block,
    begins_signature,
    blocks_of,
    has_letterhead,
)
from thongsuot.formats.reading.extract.page.grid import Grid, Rule, grids_of
from thongsuot.formats.reading.extract.page.leading import with_gaps
from thongsuot.formats.reading.extract.page.notes import with_references, without_notes
from thongsuot.formats.reading.extract.page.stamps import without_stamps
from thongsuot.formats.reading.extract.page.words import Line, Word, lines_of

EDGE = 75.0  # points from the edge of the paper: where running heads stand
EDGE_LINES = 2
_PAGE_NUMBER = re.compile(r"^\s*(?:Trang\s*)?[-–—]?\s*\d{1,4}\s*(?:/\s*\d{1,4}\s*)?[-–—]?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rows:
    """A ruled table: the rows as cells, the places of its upright rules."""

    top: float
    cells: list[list[str]]
    xs: tuple[float, ...]
    bottom: float


@dataclass(slots=True)
class Sheet:
    """``heads`` and ``feet`` may be running heads: only the other pages tell. ``apart`` is not part of the text."""

    heads: list[str] = field(default_factory=list)
    feet: list[str] = field(default_factory=list)
    blocks: list[Block | Rows] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)

    @property
    def letters(self) -> int:
        """How many letters it holds, stamps of digital signatures not counted."""
        texts = [*self.heads, *self.feet, *(text for _, text in self.notes)]
        for block in self.blocks:
            texts += [cell for row in block.cells for cell in row] if isinstance(block, Rows) else block.lines
        return sum(char.isalpha() for text in texts for char in text)


def sheet_of(
    words: Sequence[Word], rules: Sequence[Rule], width: float, height: float, before: Sheet | None = None
) -> Sheet:
    """``width`` and ``height`` are those of the paper in points, ``before`` is the page before this one."""
    sheet = Sheet()
    tables, free = _tables(words, rules)
    lines, stamps = without_stamps(lines_of(free))
    sheet.apart += stamps
    lines = _without_page_number(lines)
    lines, notes = without_notes(lines)
    lines, sheet.heads, sheet.feet = _edges(lines, height)
    sheet.notes = list(notes.items())
    blocks: list[Block | Rows] = [*tables]
    for block in with_gaps(blocks_of(lines, width, in_signature=_in_signature(before))):
        block = replace(
            block, text=with_references(block.text, notes), right=with_references(block.right, notes)
        )
        insort(blocks, block, key=lambda b: b.top)
    sheet.blocks = blocks
    if before:
        _bring_over(before, sheet)
    return sheet


def _bring_over(before: Sheet, sheet: Sheet) -> None:
    """Recipients that go on over the page: who signs is read after all of them."""
    if not _in_signature(before) or not sheet.blocks:
        return
    last, first = before.blocks[-1], sheet.blocks[0]
    if isinstance(last, Block) and isinstance(first, Block) and first.is_signature and last.right:
        before.blocks[-1] = replace(last, right="")
        sheet.blocks[0] = replace(first, right="\n".join(filter(None, (last.right, first.right))))


def _in_signature(before: Sheet | None) -> bool:
    last = before.blocks[-1] if before and before.blocks else None
    return isinstance(last, Block) and last.is_signature


def _tables(words: Sequence[Word], rules: Sequence[Rule]) -> tuple[list[Rows], list[Word]]:
    tables: list[Rows] = []
    free = list(words)
    for grid in grids_of(rules):
        inside = [word for word in free if grid.holds(word)]
        cells = grid.rows(inside)
        if _is_data(cells):
            tables.append(_rows(grid, cells))
            taken = set(map(id, inside))
            free = [word for word in free if id(word) not in taken]
    return sorted(tables, key=lambda t: t.top), free


def _rows(grid: Grid, cells: list[list[str]]) -> Rows:
    plain = [[with_references(cell, {}) for cell in row] for row in cells if any(row)]
    return Rows(grid.ys[0], plain, grid.xs, grid.ys[-1])


def _is_data(cells: list[list[str]]) -> bool:
    filled = [row for row in cells if any(row)]
    columns = max((sum(map(bool, row)) for row in filled), default=0)
    return bool(filled) and columns > 1 and not is_layout_table(filled)


def _without_page_number(lines: list[Line]) -> list[Line]:
    if lines and _PAGE_NUMBER.match(lines[0].text):
        lines = lines[1:]
    if lines and _PAGE_NUMBER.match(lines[-1].text):
        lines = lines[:-1]
    return lines


def _edges(lines: list[Line], height: float) -> tuple[list[Line], list[str], list[str]]:
    """Lines that stand off at the upper or lower edge of the paper."""
    heads = feet = 0
    if not has_letterhead(lines):
        for i, line in enumerate(lines[:EDGE_LINES]):
            if line.bottom <= EDGE and i + 1 < len(lines) and _stands_off(line, lines[i + 1]):
                heads = i + 1
    for i, line in enumerate(reversed(lines[heads:][-EDGE_LINES:]), start=1):
        before = lines[-i - 1] if i < len(lines) else None
        if begins_signature(line):
            break
        if line.top >= height - EDGE and before and _stands_off(before, line):
            feet = i
    kept = lines[heads : len(lines) - feet]
    return kept, [x.text for x in lines[:heads]], [x.text for x in lines[len(lines) - feet :]]


def _stands_off(upper: Line, lower: Line) -> bool:
    return lower.top - upper.bottom > 0.8 * max(upper.height, lower.height)
