"""One stretch of an RTF file: the body, a note, a page header, a text box. Paragraphs and table rows become lines."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from thongsuot.formats.reading.extract.layout import Cell, table_lines
from thongsuot.formats.reading.extract.legacy import Fonts
from thongsuot.formats.reading.extract.measure import Measure, check_width
from thongsuot.formats.reading.extract.numerals import bullet
from thongsuot.formats.reading.extract.symbols import readable
from thongsuot.formats.reading.extract.tidy import PAGE_BREAK

SAME_EDGE = 40  # twips: columns of different rows that end so close to each other end together


@dataclass(slots=True)
class Row:
    cells: list[str]
    edges: list[int]
    continues: set[int]


@dataclass(slots=True)
class Story:
    kind: str
    fonts: Fonts
    measure: Measure
    lines: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    runs: list[tuple[str, str]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)  # words nobody sees, kept for the question of a stamp
    mark: str = ""
    in_table: bool = False
    is_contents_line: bool = False
    _cell: list[str] = field(default_factory=list)  # finished paragraphs of the open cell
    _cells: list[str] = field(default_factory=list)
    _rows: list[Row] = field(default_factory=list)

    def end_paragraph(self) -> None:
        line = self._line()
        if self.in_table or self._cells:
            self._cell.append(line)
            return
        self._end_table()
        self.lines.append(line)

    def end_cell(self) -> None:
        self._cell.append(self._line())
        self._cells.append("\n".join(self._cell))
        self._cell.clear()

    def end_row(self, edges: list[int], continues: set[int]) -> None:
        if self._cell or self.runs:
            self.end_cell()
        bounds = list(edges) if self._cells else []  # a row of nothing may be said a million times
        self._rows.append(Row(list(self._cells), bounds, set(continues)))
        self._cells.clear()

    def finished(self) -> list[str]:
        if self.runs or self.hidden:
            self.in_table = bool(self._cells)
            self.end_paragraph()
        if self._cell or self._cells:
            self.end_row([], set())
        self._end_table()
        return self.lines

    def _line(self) -> str:
        text = readable(self.fonts.joined(_whole(self.runs)))
        self.apart.append(text + "".join(self.hidden))
        mark = self.mark if text.strip() else ""
        bare = text.lstrip(PAGE_BREAK)
        skip = self.is_contents_line
        self.runs, self.hidden, self.mark, self.is_contents_line = [], [], "", False
        return "" if skip else text[: len(text) - len(bare)] + mark + bare

    def _end_table(self) -> None:
        if not self._rows:
            return
        known = _edges(self._rows)
        check_width(len(known))
        self.lines += table_lines((_cells(row, known) for row in self._rows), self.measure)
        self._rows.clear()


def list_mark(words: str) -> str:
    """From the printed number of a list (its own group in RTF) to the mark before the words."""
    bare = words.strip()
    if not bare:
        return ""
    return bullet(bare) if len(bare) == 1 and not bare.isalnum() else bare[:40] + " "


def _cells(row: Row, known: list[int]) -> list[Cell]:
    cells, before = [], 0
    for i, text in enumerate(row.cells):
        across = 1
        if row.edges and i >= len(row.edges) and not text.strip():
            break  # more ends of cells than the row has cells: a writer's mistake, nothing is in them
        if i < len(row.edges):
            at = bisect_left(known, row.edges[i] - SAME_EDGE) + 1
            across, before = max(at - before, 1), at
        continues = i in row.continues and not text.strip()
        cells.append(Cell(text, across, continues=continues))
    return cells


def _edges(rows: Iterable[Row]) -> list[int]:
    """The right edges of all columns of a table, those of nearly the same place as one."""
    found: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not found or edge - found[-1] > SAME_EDGE:
            found.append(edge)
    return found


def _whole(runs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Runs without the halves of characters that RTF writes as two (surrogates)."""
    if not any("\ud800" <= c <= "\udfff" for text, _ in runs for c in text):
        return runs
    joined = "".join(text for text, _ in runs).encode("utf-16-le", "surrogatepass")
    return [(joined.decode("utf-16-le", "replace"), runs[0][1])]
