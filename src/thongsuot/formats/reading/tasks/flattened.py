"""Tables of tasks whose cells came out one a line, and long cells on several lines."""

import itertools
import re

from thongsuot.formats.reading.paragraphs import Line
from thongsuot.formats.reading.tasks.columns import FIGURE, ROMAN, TIME, UNIT, Row, column_of
from thongsuot.formats.reading.words import bare


def flattened_rows(lines: list[Line]) -> list[Row]:
    """A table whose cells came out one a line (and long cells on several lines)."""
    header = _header_end(lines)
    if header is None:
        return []
    rows = []
    for start, end in _row_bounds(lines, header):
        row = _row(lines[start + 1 : end])
        if row:
            rows.append(row)
    return rows


def _header_end(lines: list[Line]) -> int | None:
    for i, line in enumerate(lines):
        if bare(line.text.strip(". ")) not in ("tt", "stt", "so tt"):
            continue
        seen: set[str] = set()
        for j in range(i + 1, min(i + 14, len(lines))):
            if FIGURE.match(lines[j].text) or ROMAN.match(lines[j].text):
                return j if {"lead", "content"} <= seen else None
            joined = f"{lines[j - 1].text} {lines[j].text}" if j > i + 1 else lines[j].text
            seen |= {name for name in (column_of(lines[j].text), column_of(joined)) if name}
    return None


def _row_bounds(lines: list[Line], start: int) -> list[tuple[int, int]]:
    marks = [
        i
        for i in range(start, len(lines))
        if FIGURE.match(lines[i].text) or (ROMAN.match(lines[i].text) and i + 1 < len(lines))
    ]
    marks.append(len(lines))
    return [(a, b) for a, b in itertools.pairwise(marks) if FIGURE.match(lines[a].text)]


def _row(lines: list[Line]) -> Row | None:
    cells: list[list[Line]] = []
    for line in lines:
        if cells and _same_cell(cells, line):
            cells[-1].append(line)
        else:
            cells.append([line])
    texts = [" ".join(line.text for line in cell) for cell in cells]
    lead = next((i for i in range(1, len(cells)) if UNIT.match(texts[i])), None)
    if lead is None:
        return None
    action = [line for cell in cells[:lead] for line in cell]
    time = next((i for i in range(lead + 1, len(cells)) if TIME.match(texts[i])), len(cells))
    span = (action[0].offsets[0], action[-1].offsets[-1] + 1)
    words = " ".join(line.text for line in action)
    return Row(
        words.strip(" .;"),
        span,
        texts[lead],
        "; ".join(texts[lead + 1 : time]),
        texts[time] if time < len(cells) else "",
        " ".join(texts[time + 1 :]),
    )


def _same_cell(cells: list[list[Line]], line: Line) -> bool:
    before = cells[-1][-1].text
    first = line.text[0]
    if first.islower() or first in "(,;":
        return True
    if before.endswith((",", ";", "và", "và các", "-")) or re.search(
        r"(?:Trước ngày|Quyết định của|Quyết định|Ủy|Uỷ|UBND|và|Thủ|Chủ tịch)$", before
    ):
        return not TIME.match(line.text) or (bool(re.match(r"^\d", line.text)) and before.endswith("ngày"))
    if len(cells) == 1:  # the content goes on until a short line names a unit
        return not UNIT.match(line.text) or len(line.text) > 45
    return False
