"""Pages put together to a document: running heads out, tables whole again, notes at the end."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from thongsuot.formats.reading.extract.layout import table_row
from thongsuot.formats.reading.extract.page.columns import Block
from thongsuot.formats.reading.extract.page.sheet import Rows, Sheet
from thongsuot.formats.reading.extract.page.words import join_broken
from thongsuot.formats.reading.extract.tidy import PAGE_BREAK

MOST_APART = 1_900
SAME_PLACE = 6.0
_DIGITS = re.compile(r"\d+")
_ENDED = (".", ";", ":", "!", "?")


def text_of(sheets: Sequence[Sheet]) -> tuple[str, str]:
    """The text, pages parted by form feeds, and the lines that stand apart from it."""
    running = _running(sheets)
    apart: dict[str, None] = {}
    _join_tables(sheets)
    pages = []
    for sheet in sheets:
        heads, feet = (_split(edge, running, apart) for edge in (sheet.heads, sheet.feet))
        pages.append(join_broken([*heads, *_lines(sheet.blocks), *feet]))
        apart |= dict.fromkeys(sheet.apart)
    notes = [f"[{number}] {text}" for sheet in sheets for number, text in sheet.notes]
    if notes:
        pages[-1] += "\n\n" + "\n".join(notes)
    return (PAGE_BREAK + "\n").join(pages), "\n".join(list(apart)[:MOST_APART])


def _lines(blocks: Iterable[Block | Rows]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Rows):
            lines += filter(None, map(table_row, block.cells))
        else:
            lines += block.lines
    return lines


def _key(line: str) -> str:
    return _DIGITS.sub("#", "".join(line.split())).casefold()


def _running(sheets: Sequence[Sheet]) -> set[str]:
    """Edge lines that return on at least three pages and a third of all, whatever number they carry."""
    counted = Counter(key for sheet in sheets for key in {_key(x) for x in (*sheet.heads, *sheet.feet)})
    least = max(3, len(sheets) / 3)
    return {key for key, times in counted.items() if times >= least}


def _split(lines: list[str], running: set[str], apart: dict[str, None]) -> list[str]:
    apart |= dict.fromkeys(line for line in lines if _key(line) in running)
    return [line for line in lines if _key(line) not in running]


def _join_tables(sheets: Sequence[Sheet]) -> None:
    """A table that goes on over the page: its head is said once, a row cut in two is one row."""
    heading: list[str] = []
    last: Rows | None = None
    for sheet in sheets:
        first = sheet.blocks[0] if sheet.blocks else None
        if isinstance(first, Rows) and last and _same_columns(last, first):
            if first.cells and first.cells[0] == heading:
                del first.cells[0]
            if first.cells and last.cells and _is_rest(last.cells[-1], first.cells[0]):
                rest = first.cells.pop(0)
                last.cells[-1] = [
                    " ".join(filter(None, pair)) for pair in zip(last.cells[-1], rest, strict=True)
                ]
        elif isinstance(first, Rows):
            heading = []
        end = sheet.blocks[-1] if sheet.blocks else None
        if isinstance(end, Rows):
            if end is not first or not heading:
                heading = end.cells[0] if end.cells else []
            last = end if end.cells else last
        else:
            last = None


def _same_columns(a: Rows, b: Rows) -> bool:
    return len(a.xs) == len(b.xs) and all(abs(p - q) < SAME_PLACE for p, q in zip(a.xs, b.xs, strict=True))


def _is_rest(before: list[str], row: list[str]) -> bool:
    """The rest of a row cut by the page: no number of its own, and the words go on."""
    if len(before) != len(row) or row[0] or not before[0]:
        return False
    going_on = [(a, b) for a, b in zip(before, row, strict=True) if b]
    return all(b[0].islower() or (a and not a.endswith(_ENDED)) for a, b in going_on)
