"""Rows for a spreadsheet: CSV line by line, XLSX in a file that is not held in memory. No cell starts a formula."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import xlsxwriter

BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know UTF-8
IN_MEMORY = 4 * 1024 * 1024
MOST_ROWS_OF_XLSX = 100_000


class _Echo:
    def write(self, line: str) -> str:
        return line


def safe(cell: str) -> str:
    """Text that a spreadsheet shows and never computes: a formula begins with one of these signs."""
    begins = cell[:1] in ("\t", "\r") or cell.lstrip()[:1] in ("=", "+", "-", "@")
    return f"'{cell}" if begins else cell


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The file line by line, as it is read from the database."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    yield writer.writerow(header)
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


def xlsx_file(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> IO[bytes]:
    """A workbook of one sheet, every cell text; open, at its beginning, for whoever sends it."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # sent and closed by the answer
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True})
    for column, text in enumerate(header):
        sheet.write_string(0, column, text, bold)
        sheet.set_column(column, column, max(10, len(text) + 2))
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            if text:
                sheet.write_string(number, column, text)
    book.close()
    file.seek(0)
    return file
