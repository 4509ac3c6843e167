"""Tables people send: CSV, XLSX, XLS and ODS as rows of text, bounded in size, time and memory."""

from thongsuot.formats.tables.model import MOST_CELL, MOST_COLUMNS, MOST_ROWS, Table
from thongsuot.formats.tables.reading import read_table

__all__ = ["MOST_CELL", "MOST_COLUMNS", "MOST_ROWS", "Table", "read_table"]
