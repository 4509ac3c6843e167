"""Rows for a spreadsheet: CSV line by line, XLSX in a file that is not held in memory. No cell starts a formula."""

from __future__ import annotations

import csv
import datetime as dt
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


def xlsx_file(
    title: str, header: Sequence[str], rows: Iterable[Sequence[str | int | float | dt.date]]
) -> IO[bytes]:
    """A workbook of one sheet; open, at its beginning, for whoever sends it.

    Text stays text, whatever it begins with; a whole number is a count, any other a share, shown as a percentage.
    """
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # sent and closed by the answer
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True})
    count, share = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "0.0%"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    for column, text in enumerate(header):
        sheet.write_string(0, column, text, bold)
        sheet.set_column(column, column, max(10, len(text) + 2))
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(number, column, cell, day)
            elif isinstance(cell, int | float):
                sheet.write_number(number, column, cell, count if isinstance(cell, int) else share)
            elif cell:
                sheet.write_string(number, column, cell)
    book.close()
    file.seek(0)
    return file
