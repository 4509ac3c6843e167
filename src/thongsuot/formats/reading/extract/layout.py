"""Tables that only place text on the page (letterhead, signature) against tables that hold data.

A cell merged over several columns has its words once, followed by empty cells, so that columns can be counted. A
cell merged over several rows has its words in every one of them: a row must be readable alone, and a unit
written once beside three duties leads all three.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from thongsuot.formats.reading.extract.measure import Measure, check_width
from thongsuot.formats.reading.extract.tidy import PAGE_BREAK

_LETTERHEAD = re.compile(
    r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*[-–]\s*Tự do"
    r"|^\s*Số\s*:?\s*[\d./… ]*[-/]|Nơi nhận"
    r"|^\s*(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\b|\bngày\s+[\d… .]*\s*tháng\s+[\d… .]*\s*năm\b.{0,20}$",
    re.MULTILINE,
)
_SPACE = re.compile(r"\s+")
MOST_COLUMNS = 64  # Word itself allows 63
LONGEST_REPEATED = 1_000  # characters of a cell that are worth saying again in every row it covers
MOST_REPEATED = 1_000_000  # characters that one table may say again


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the file holds it. ``continues``: merged with the cell above it (Word, RTF)."""

    text: str
    across: int = 1
    down: int = 1
    continues: bool = False


def table_lines(rows: Iterable[list[Cell]], measure: Measure) -> Iterator[str]:
    """A table as lines: the cells of a layout table one after another, any other table row by row."""
    kept: list[list[Cell]] = []
    for cells in rows:
        measure.spend_cells(len(cells))
        kept.append([*map(_stripped, cells)])
    texts = [[cell.text for cell in row if not cell.continues] for row in kept]
    if is_layout_table(texts):
        for row in texts:
            for text in row:
                if text:
                    measure.spend(len(text))
                    yield from (text, "")
    else:
        yield from filter(None, map(_row_with_pages, _spread(kept, measure)))


def is_layout_table(rows: list[list[str]]) -> bool:
    """A letterhead or signature table, or a table of a single cell: a frame around text."""
    cells = [cell for row in rows for cell in row if cell.strip()]
    if len(cells) <= 1:
        return True
    return (
        len(rows) <= 6 and max(map(len, rows)) <= 4 and any(_LETTERHEAD.search(cell[:500]) for cell in cells)
    )


def table_row(cells: list[str]) -> str:
    """One row as one line. Empty cells stay, so that columns can be counted."""
    texts = [_SPACE.sub(" ", cell).strip().replace("|", "/") if cell else "" for cell in cells]
    return " | ".join(texts) if any(texts) else ""


def _row_with_pages(cells: list[str]) -> str:
    """A page that begins inside a row begins before the row."""
    pages = max((cell.count(PAGE_BREAK) for cell in cells), default=0)
    return PAGE_BREAK * pages + table_row(cells)


def _stripped(cell: Cell) -> Cell:
    text = cell.text.strip("\n ")
    return cell if text == cell.text else Cell(text, cell.across, cell.down, cell.continues)


def _spread(rows: list[list[Cell]], measure: Measure) -> Iterator[list[str]]:
    """Every row with its merged cells filled in."""
    above: dict[int, tuple[str, int]] = {}  # column: words from above, and for how many rows more
    last: list[str] = []  # words of the row before, by column
    budget = MOST_REPEATED
    for row in rows:
        texts: list[str] = []
        _take(above, texts)
        for cell in row:
            column, across = len(texts), min(cell.across, MOST_COLUMNS)
            words = _repeated(last[column], budget) if cell.continues and column < len(last) else cell.text
            if cell.continues:
                budget -= len(words)
            if cell.down > 1:
                repeated = _repeated(words, budget)
                budget -= len(repeated) * cell.down
                above |= {column + i: (repeated if i == 0 else "", cell.down - 1) for i in range(across)}
            texts += [words, *[""] * (across - 1)]
            check_width(len(texts))
            _take(above, texts)
        measure.spend_cells(len(texts))
        measure.spend(sum(map(len, texts)))  # before they are put together
        last = texts
        if any(cell.text for cell in row):  # a row of nothing but repeated cells says nothing
            yield texts


def _take(above: dict[int, tuple[str, int]], texts: list[str]) -> None:
    """The columns that cells from above still cover."""
    while len(texts) in above:
        words, left = above.pop(len(texts))
        if left > 1:
            above[len(texts)] = (words, left - 1)
        texts.append(words)


def _repeated(words: str, budget: int) -> str:
    return words.replace(PAGE_BREAK, "") if len(words) <= min(LONGEST_REPEATED, budget) else ""
