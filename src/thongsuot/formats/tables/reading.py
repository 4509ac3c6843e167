"""From bytes to a table: which kind it is, and who reads it."""

from __future__ import annotations

from thongsuot.formats.reading.errors import EmptyFile, TooLarge, WrongType
from thongsuot.formats.tables.model import MOST_BYTES, Table
from thongsuot.formats.tables.separated import separated

SECONDS = 60.0
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_table(data: bytes) -> Table:
    """The first sheet that holds something. Refusals are those of ``formats.reading.errors``.

    Workbooks are taken apart in a process of their own with an end of memory and time; CSV is read here.
    """
    if not data.strip(b"\0 \r\n\t"):
        raise EmptyFile
    if len(data) > MOST_BYTES:
        raise TooLarge("bytes")
    if data.startswith((_ZIP, _OLE)):
        return _workbook(data)
    if data.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"<!DOCTYPE", b"<html")):
        raise WrongType
    return separated(data)


def _workbook(data: bytes) -> Table:
    # Only a file that needs it starts the machinery of the other process.
    from thongsuot.formats.reading.extract.confined import ask

    said = ask("table", data, lambda _done, _all: None, SECONDS)
    return Table(said["name"], said["rows"], said["formulas"], tuple(said["left_out"]))
