"""A table as rows of text, and how much of one is read."""

from __future__ import annotations

from dataclasses import dataclass

MOST_ROWS = 200_000
MOST_COLUMNS = 100
MOST_CELL = 2_000
MOST_BYTES = 25 * 1024 * 1024


@dataclass(frozen=True)
class Table:
    """The rows of one sheet, the first of the file first; empty cells at the end of a row are left out.

    ``formulas`` counts cells that are computed: what stands in ``rows`` is the result the program that saved the
    file had noted, or nothing. ``left_out`` names further sheets that hold something.
    """

    name: str
    rows: list[list[str]]
    formulas: int = 0
    left_out: tuple[str, ...] = ()
    converted: bool = False


def trimmed(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]
