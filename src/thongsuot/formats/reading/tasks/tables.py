"""Task tables: rows with columns for content, lead, help, time and product, as table rows or one cell a line."""

import itertools
import re
from dataclasses import dataclass

from thongsuot.formats.reading.model import Span
from thongsuot.formats.reading.paragraphs import Line
from thongsuot.formats.reading.words import ORGANISATION, bare

_COLUMNS = (
    (
        "lead",
        re.compile(
            r"chu tri|thuc hien chinh|don vi thuc hien|co quan thuc hien|don vi chiu trach nhiem"
            r"|co quan chiu trach nhiem|phan cong|dau moi"
        ),
    ),
    ("help", re.compile(r"phoi hop")),
    ("time", re.compile(r"thoi gian|thoi han|tien do|hoan thanh")),
    ("product", re.compile(r"san pham|ket qua|hinh thuc")),
    ("content", re.compile(r"noi dung|nhiem vu|cong viec|giai phap|hoat dong")),
)
_FIGURE = re.compile(r"^\(?\d{1,3}(?:\.\d{1,2})*\.?\)?$")
_ROMAN = re.compile(r"^[IVXABC]{1,5}\.?$")
_TIME = re.compile(
    r"^(?:trước|chậm nhất|trong|quý|quí|tháng|năm|từ|đến|hằng|hàng|thường xuyên|định kỳ|sau khi|ngay sau|khi"
    r"|theo kế hoạch|theo tiến độ|hoàn thành|\d{1,2}/\d{4}|\d{1,2}/\d{1,2}/\d{4}|20\d{2}\b|ngày)",
    re.IGNORECASE,
)
_UNIT = re.compile(rf"^(?:{ORGANISATION}|các|cơ quan|sở|ubnd)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    action: str
    span: Span
    lead: str
    help: str
    time: str
    product: str


def table_rows(lines: list[Line]) -> list[Row]:
    return _piped(lines) or _flattened(lines)


def _column(header: str) -> str | None:
    folded = bare(header)
    return next((name for name, pattern in _COLUMNS if pattern.search(folded)), None)


def _piped(lines: list[Line]) -> list[Row]:
    rows: list[Row] = []
    columns: list[str | None] = []
    for line in lines:
        if not line.is_row:
            continue
        cells = _cells(line)
        names = [_column(text) for text, _ in cells]
        if "lead" in names and "content" in names and all(len(text) < 60 for text, _ in cells):
            columns = names
            continue
        if not columns or len(cells) < len(columns) - 2:
            continue
        by_name = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
        content = by_name.get("content")
        if content is None or len(content[0]) < 8 or not by_name.get("lead", ("", (0, 0)))[0]:
            continue

        def text_of(name: str, found: dict[str, tuple[str, Span]] = by_name) -> str:
            return found[name][0] if name in found else ""

        rows.append(
            Row(content[0], content[1], text_of("lead"), text_of("help"), text_of("time"), text_of("product"))
        )
    return rows


def _cells(line: Line) -> list[tuple[str, Span]]:
    cells, start = [], 0
    for part in line.text.split("|"):
        words = part.strip()
        first = start + (len(part) - len(part.lstrip())) if words else start
        span = line.span(first, first + len(words)) if words else (line.offsets[0], line.offsets[0])
        cells.append((words, span))
        start += len(part) + 1
    return cells


def _flattened(lines: list[Line]) -> list[Row]:
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
            if _FIGURE.match(lines[j].text) or _ROMAN.match(lines[j].text):
                return j if {"lead", "content"} <= seen else None
            joined = f"{lines[j - 1].text} {lines[j].text}" if j > i + 1 else lines[j].text
            seen |= {name for name in (_column(lines[j].text), _column(joined)) if name}
    return None


def _row_bounds(lines: list[Line], start: int) -> list[tuple[int, int]]:
    marks = [
        i
        for i in range(start, len(lines))
        if _FIGURE.match(lines[i].text) or (_ROMAN.match(lines[i].text) and i + 1 < len(lines))
    ]
    marks.append(len(lines))
    return [(a, b) for a, b in itertools.pairwise(marks) if _FIGURE.match(lines[a].text)]


def _row(lines: list[Line]) -> Row | None:
    cells: list[list[Line]] = []
    for line in lines:
        if cells and _same_cell(cells, line):
            cells[-1].append(line)
        else:
            cells.append([line])
    texts = [" ".join(line.text for line in cell) for cell in cells]
    lead = next((i for i in range(1, len(cells)) if _UNIT.match(texts[i])), None)
    if lead is None:
        return None
    action = [line for cell in cells[:lead] for line in cell]
    time = next((i for i in range(lead + 1, len(cells)) if _TIME.match(texts[i])), len(cells))
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
        return not _TIME.match(line.text) or (bool(re.match(r"^\d", line.text)) and before.endswith("ngày"))
    if len(cells) == 1:  # the content goes on until a short line names a unit
        return not _UNIT.match(line.text) or len(line.text) > 45
    return False
