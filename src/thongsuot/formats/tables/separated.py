"""CSV as spreadsheets and old programs write it: any of the usual separators, any Vietnamese encoding."""

from __future__ import annotations

import contextlib
import csv
import io

from thongsuot.formats.reading.errors import Broken, EmptyFile, TooLarge
from thongsuot.formats.reading.extract.plain import decoded
from thongsuot.formats.tables.model import MOST_CELL, MOST_COLUMNS, MOST_ROWS, Table, trimmed
from thongsuot.formats.vietnamese import nfc

SEPARATORS = (";", ",", "\t", "|")
LOOKED_AT = 20  # lines by which the separator is known
_PUNCTUATION = "–—‘’“”…«»\xa0"


def separated(data: bytes) -> Table:
    """The rows of a CSV file. A cell spreadsheets would compute is text here, whatever it begins with."""
    text = _as_1258(data)
    was_converted = text is not None
    if text is None:
        text, notices = decoded(data)
        text, was_converted = nfc(text), bool(notices)
    if "\0" in text:
        raise Broken("control characters")
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)):
            if len(rows) >= MOST_ROWS:
                raise TooLarge("rows")
            rows.append(trimmed([_cell(cell) for cell in row[:MOST_COLUMNS]]))
    except csv.Error as error:
        raise Broken("quotes") from error
    while rows and not rows[-1]:
        rows.pop()
    if not rows:
        raise EmptyFile
    return Table("", rows, converted=was_converted)


def _as_1258(data: bytes) -> str | None:
    """The text when it is Windows-1258 beyond doubt: every tone mark has its vowel, no sign stands among letters.

    Cells are too short for telling encodings apart by how Vietnamese the words look.
    """
    if 0 in data[:8192] or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return None
    with contextlib.suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return None
    with contextlib.suppress(UnicodeDecodeError):
        text = nfc(data.decode("cp1258"))
        strange = (c for c in text if c > "\x7f" and c not in _PUNCTUATION and not c.isalpha())
        return None if next(strange, None) else text
    return None


def _cell(text: str) -> str:
    text = text.strip()[:MOST_CELL]
    # An export of ours puts an apostrophe before what could start a formula; coming in again, it is taken off.
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text


def _separator(text: str) -> str:
    """The sign that parts the first lines into the most columns, the same number in most of them."""
    lines = [line for line in text[:65_536].splitlines() if line.strip()][:LOOKED_AT]
    if lines and lines[0][:4].lower() == "sep=":
        return lines[0][4:5] or ","

    def fitness(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        usual = max(
            set(counts), key=lambda number: (counts.count(number) if number else 0, number), default=0
        )
        return (counts.count(usual) if usual else 0, usual)

    return max(SEPARATORS, key=fitness)
