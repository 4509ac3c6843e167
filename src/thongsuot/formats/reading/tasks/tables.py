"""Task tables: rows with columns for content, lead, help, time and product."""

import itertools
from dataclasses import replace

from thongsuot.formats.reading.deadlines import deadline_of_field, last_day
from thongsuot.formats.reading.model import Span, Task
from thongsuot.formats.reading.paragraphs import Line, Paragraph
from thongsuot.formats.reading.references import page_of
from thongsuot.formats.reading.tasks.blocks import lead_and_help
from thongsuot.formats.reading.tasks.columns import FIGURE, ROMAN, UNIT, Row, column_of
from thongsuot.formats.reading.tasks.flattened import flattened_rows
from thongsuot.formats.reading.tasks.making import Maker
from thongsuot.formats.reading.tasks.organisations import split_units

_SHORTEST_CONTENT = 8
_LONGEST_HEADER = 70
Cell = tuple[str, Span]


class Tables:
    """The tables of one document. The columns of a header hold until the next header, also over a page break."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.columns: list[str] = []
        self.carried: Row | None = None

    def read(self, lines: list[Paragraph], start: int, units: tuple[str, ...], section: str | None) -> int:
        """Read the rows from `start` on; `units` do what a row without a lead says. Returns the index after them."""
        end = start
        while end < len(lines) and lines[end].is_row:
            end += 1
        for row in self._rows(list(lines[start:end])):
            self.add(row, units, section)
        return end

    def flattened(self, lines: list[Line]) -> None:
        for row in flattened_rows(lines):
            self.add(row, (), None)

    def _rows(self, lines: list[Line]) -> list[Row]:
        rows: list[Row] = []
        for cells in _joined([_cells(line) for line in lines], len(self.columns)):
            columns = _header(cells)
            if columns and "content" in columns and ({"lead", "time"} & set(columns)):
                self.columns, self.carried = columns, None
                continue
            if self._second_header(cells) or not self.columns:
                continue
            row = self._row(cells)
            if row:
                rows.append(row)
        return rows

    def _second_header(self, cells: list[Cell]) -> bool:
        """The second line of a header in two rows: it divides a column above it."""
        names = _header(cells)
        if not self.columns or not names or len([n for n in names if n]) != len([1 for t, _ in cells if t]):
            return False
        self.columns = [
            name or above for name, above in itertools.zip_longest(names, self.columns, fillvalue="")
        ][: max(len(self.columns), len(names))]
        return True

    def _row(self, cells: list[Cell]) -> Row | None:
        shifted = cells
        if (
            len(cells) == len(self.columns) - 1
            and self.columns[0] == "number"
            and not FIGURE.match(cells[0][0])
        ):
            shifted = [("", cells[0][1]), *cells]
        if len(shifted) < len(self.columns) - 2:
            return None
        by_name: dict[str, Cell] = {}
        for name, cell in zip(self.columns, shifted, strict=False):
            if name and name not in by_name:
                by_name[name] = cell
        content = by_name.get("content", ("", (0, 0)))
        others = [by_name[n][0] for n in ("lead", "help", "time", "product") if n in by_name]
        if len(content[0]) < _SHORTEST_CONTENT or _is_section(by_name, others):
            self.carried = None if content[0] else self.carried
            return None

        def text(name: str) -> str:
            return by_name[name][0] if name in by_name else ""

        row = Row(content[0], content[1], text("lead"), text("help"), text("time"), text("product"))
        row = self._merged(row) if "lead" in self.columns else row
        self.carried = row
        return row

    def _merged(self, row: Row) -> Row:
        """Cells merged over several rows come out empty below the first: what stands above still holds."""
        if row.lead or self.carried is None:
            return row
        return replace(
            row,
            lead=self.carried.lead,
            help=row.help or self.carried.help,
            time=row.time or self.carried.time,
        )

    def add(self, row: Row, units: tuple[str, ...], section: str | None) -> None:
        leads, helpers = lead_and_help(row.lead) if row.lead else (units, ())
        if not leads or (row.lead and not UNIT.match(leads[0])):
            return
        deadline = deadline_of_field(row.time, self.maker.issued) if row.time else None
        self.maker.tasks.append(
            Task(
                action=row.action.strip(" .;"),
                assignees=leads,
                coordinators=split_units(row.help) or helpers,
                deadline_text=row.time or None,
                deadline=deadline,
                due=last_day(deadline) if deadline else None,
                product=row.product or None,
                section=section,
                span=row.span,
                page=page_of(row.span[0], self.maker.pages),
                confidence=self.maker.confidence("table", known=True),
                rule="table",
            )
        )


def _header(cells: list[Cell]) -> list[str]:
    """The names of the columns if the row is a header, else nothing."""
    if any(
        (len(text) > _LONGEST_HEADER or text.endswith((".", ";"))) and column_of(text) != "number"
        for text, _ in cells
    ):
        return []
    if cells and FIGURE.match(cells[0][0]):
        return []
    names = [column_of(text) for text, _ in cells]
    filled = [text for text, _ in cells if text]
    known = [name for name in names if name]
    return names if len(set(known)) >= min(2, len(filled)) and len(known) * 2 >= len(filled) and known else []


def _is_section(by_name: dict[str, Cell], others: list[str]) -> bool:
    """A row that only names the part of the table that follows."""
    number = by_name.get("number", ("", (0, 0)))[0]
    content = by_name["content"][0] if "content" in by_name else ""
    if any(others):
        return False
    return bool(ROMAN.match(number)) or content.isupper() or not FIGURE.match(number)


def _joined(rows: list[list[Cell]], width: int) -> list[list[Cell]]:
    """A cell with a line break tears its row in two: the halves are put together again."""
    joined: list[list[Cell]] = []
    for row in rows:
        cells = _without_edges(row, width)
        width = max(width, len(cells)) if _header(cells) else width
        if (
            joined
            and width
            and len(joined[-1]) < width
            and len(joined[-1]) + len(cells) - 1 == width
            and not FIGURE.match(cells[0][0])
            and not _header(joined[-1])
        ):
            (text, span), (more, further) = joined[-1][-1], cells[0]
            joined[-1] = [*joined[-1][:-1], (f"{text} {more}".strip(), (span[0], further[1])), *cells[1:]]
        else:
            joined.append(cells)
    return joined


def _cells(line: Line) -> list[Cell]:
    cells, start = [], 0
    for part in line.text.split("|"):
        words = part.strip()
        first = start + (len(part) - len(part.lstrip())) if words else start
        span = line.span(first, first + len(words)) if words else (line.offsets[0], line.offsets[0])
        cells.append((words, span))
        start += len(part) + 1
    return cells


def _without_edges(cells: list[Cell], width: int) -> list[Cell]:
    """| a markdown row | has an empty cell at its ends, unless these make it as wide as the table."""
    edged = len(cells) > 2 and not cells[0][0] and not cells[-1][0]
    return cells[1:-1] if edged and len(cells) != width else cells
