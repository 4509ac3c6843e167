"""What stands apart from the flow of the text: page margins, text boxes, the lines of a cell, a decorated word.

The reading text joins the lines of a cell and leaves page footers out. A stamp may stand in just such a place,
so every reader keeps such lines beside the text for the one question whether the paper is marked.
"""

from collections.abc import Iterable
from itertools import islice

MOST_LINES = 200


def lines_apart(lines: Iterable[str]) -> str:
    """The first lines with words, margins first."""
    return "\n".join(islice((line for line in lines if line.strip()), MOST_LINES))
