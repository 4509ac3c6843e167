"""Tables that only place text on the page (letterhead, signature) against tables that hold data."""

import re

_LETTERHEAD = re.compile(
    r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*[-–]\s*Tự do"
    r"|^\s*Số\s*:?\s*[\d./… ]*[-/]|Nơi nhận"
    r"|^\s*(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\b|\bngày\s+[\d… .]*\s*tháng\s+[\d… .]*\s*năm\b.{0,20}$",
    re.MULTILINE,
)
_SPACE = re.compile(r"\s+")


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
    texts = [_SPACE.sub(" ", cell).strip().replace("|", "/") for cell in cells]
    return " | ".join(texts) if any(texts) else ""
