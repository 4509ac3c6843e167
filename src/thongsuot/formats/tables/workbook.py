"""Workbooks by calamine. Runs in the process that ``extract.confined`` starts: a bomb ends that one only."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from thongsuot.formats.reading.errors import ArchiveBomb, Broken, EmptyFile, Encrypted, TooLarge
from thongsuot.formats.tables.model import MOST_CELL, MOST_COLUMNS, MOST_ROWS, trimmed
from thongsuot.formats.vietnamese import nfc

MOST_UNPACKED = 600 * 1024 * 1024
MOST_FILES = 5_000
AT_ONCE = 1024 * 1024
_FORMULA = re.compile(rb"<f[ >/]|table:formula=")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml|content\.xml")


def table_of(data: bytes) -> dict[str, Any]:
    """The first sheet that holds something, as plain data."""
    formulas = _formulas(data) if data.startswith(b"PK") else 0
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except PasswordError as error:
        raise Encrypted from error
    except (CalamineError, OSError, ValueError) as error:
        raise Broken(type(error).__name__) from error
    filled = [(name, sheet) for name, sheet in sheets if sheet.start is not None]
    for position, (name, sheet) in enumerate(filled):
        rows = _rows(sheet)
        if rows:
            left_out = [name for name, _sheet in filled[position + 1 :]]
            return {"name": name, "rows": rows, "formulas": formulas, "left_out": left_out}
    raise EmptyFile


def _rows(sheet: Any) -> list[list[str]]:
    # Formats without content may reach down to the last line of a sheet, 1,048,576; what no sheet can be is a trap.
    if sheet.end[0] * min(sheet.end[1] + 1, MOST_COLUMNS) > MOST_ROWS * MOST_COLUMNS:
        raise TooLarge("rows")
    rows = [trimmed([_text(cell) for cell in row[:MOST_COLUMNS]]) for row in sheet.iter_rows()]
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise TooLarge("rows")
    return rows


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.date):  # and moments: a table of people has no use for the time of day
        return f"{value:%d/%m/%Y}"
    text = nfc(str(value)).strip()[:MOST_CELL]
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text


def _formulas(data: bytes) -> int:
    """How many cells are computed; on the way, what unpacks to more than a table holds is refused."""
    unpacked = found = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise ArchiveBomb
            if not any(
                _SHEET.fullmatch(entry.filename) or entry.filename.endswith(".bin") for entry in entries
            ):
                raise Broken("no sheets")
            for entry in entries:
                if not _SHEET.fullmatch(entry.filename):
                    continue
                with archive.open(entry) as stream:
                    tail = b""
                    while piece := stream.read(AT_ONCE):
                        unpacked += len(piece)
                        if unpacked > MOST_UNPACKED:
                            raise ArchiveBomb
                        found += len(_FORMULA.findall(tail + piece))
                        tail = piece[-13:] if not _FORMULA.search(piece[-13:]) else b""
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise Broken(type(error).__name__) from error
    return found
