"""How much text a file may become. A few bytes can say a cell again and again, and tables in tables multiply it."""

from collections.abc import Iterable, Iterator

from thongsuot.formats.reading.errors import TooLarge

MOST_LETTERS = 12_000_000  # of one file; 2,000 dense pages
MOST_IN_A_ROW = 500  # cells; a sheet of A3 has no room for so many columns
PER_CELL = 3  # letters: what parts it from the next one


class Measure:
    """What one file may still say. The words of a table count as often as tables, or the text, take them up."""

    def __init__(self) -> None:
        self._left = MOST_LETTERS

    def spend(self, letters: int) -> None:
        """Raises TooLarge when the file says more than any document."""
        self._left -= letters
        if self._left < 0:
            raise TooLarge("text without end")

    def of(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines, counted while they are made."""
        for line in lines:
            self.spend(len(line) + 1)
            yield line

    def spend_cells(self, cells: int) -> None:
        """A row counts even where nothing is in it."""
        check_width(cells)
        self.spend(PER_CELL * cells)


def check_width(cells: int) -> None:
    """Asked while a row is filled, before it is full."""
    if cells > MOST_IN_A_ROW:
        raise TooLarge(f"{cells} cells in a row")
