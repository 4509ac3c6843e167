"""Where everything stands on a page of a sheet to sign, in tenths of a millimetre from its upper left corner.

What draws the page and what reads it back both ask here. Changing a number makes a new layout (codes.LAYOUT).
"""

from dataclasses import dataclass

WIDE, TALL = 2100, 2970  # A4
EDGE = 100  # what printers leave white, and more
CODE = 150  # the side of a code; around it nothing is printed for a fifth of that
ROWS = 20
TOP, ROW = 500, 105  # the upper rule of the first row; the height of a row
HEAD = 70
LEFT, NAME, MARK, SIGN, RIGHT = 100, 190, 1010, 1250, 2000  # the rules between the columns
INSET = 16  # of a box, so that its own rules are not taken for ink


@dataclass(frozen=True, slots=True)
class Box:
    left: int
    top: int
    right: int
    bottom: int

    @property
    def wide(self) -> int:
        return self.right - self.left

    @property
    def tall(self) -> int:
        return self.bottom - self.top


def corner(place: int) -> Box:
    """0 upper left, 1 upper right, 2 lower left, 3 lower right."""
    left = EDGE if place % 2 == 0 else WIDE - EDGE - CODE
    top = EDGE if place < 2 else TALL - EDGE - CODE
    return Box(left, top, left + CODE, top + CODE)


def rule(line: int) -> int:
    """Where the rule above row ``line`` (from 0) of a page stands; ``rule(ROWS)`` is the last one."""
    return TOP + line * ROW


def pages_for(rows: int) -> int:
    return max(1, -(-rows // ROWS))
