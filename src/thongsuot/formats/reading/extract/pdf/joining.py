"""Pieces of words put together by their places.

Word processors that lack a letter in one font take it from another and write all letters of the second font after
those of the first ("T NH", then "Ỉ"); only the places tell that they belong together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thongsuot.formats.reading.extract.page.words import NOTE, Word

TOUCHING = 0.13  # of the height of the font: a smaller gap is none
APART = 0.21  # where the file writes its spaces itself, a gap has to be nearly as wide as one of them
OVERLAP = 0.3
WRITES_SPACES = 0.08  # of all pieces; a file that writes its spaces has one after most words
RAISED = 0.8  # of the height: smaller figures above the line are the number of a note
ASCENT, DESCENT = 0.8, 0.2  # of the height of a font


@dataclass(slots=True)
class Piece:
    """Letters in a row, or one space. ``foot`` is the line they stand on, ``size`` the height of the font."""

    text: str
    x0: float
    x1: float
    foot: float
    size: float

    @property
    def middle(self) -> float:
        return self.foot - (ASCENT - DESCENT) / 2 * self.size

    def word(self) -> Word:
        return Word(
            self.text, self.x0, self.foot - ASCENT * self.size, self.x1, self.foot + DESCENT * self.size
        )


def words_from(pieces: Sequence[Piece]) -> list[Word]:
    """Whole words, line by line."""
    spaces = sum(piece.text == " " for piece in pieces)
    gap = APART if spaces > WRITES_SPACES * len(pieces) else TOUCHING
    return [piece.word() for line in _levels(pieces) for piece in _joined(line, gap)]


def _levels(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces whose middle is on the height of a line, from left to right."""
    lines: list[list[Piece]] = []
    top = bottom = 0.0
    for piece in sorted(pieces, key=lambda p: (p.middle, p.x0)):
        middle = piece.middle
        if lines and top <= middle <= bottom:
            lines[-1].append(piece)
        else:
            lines.append([piece])
            top, bottom = piece.foot - ASCENT * piece.size, piece.foot + DESCENT * piece.size
    return [sorted(line, key=lambda p: p.x0) for line in lines]


def _joined(line: Sequence[Piece], gap: float) -> list[Piece]:
    joined: list[Piece] = []
    space = True
    for piece in line:
        if piece.text == " ":
            space = True
            continue
        last = joined[-1] if joined else None
        if last and not space and piece.x0 - last.x1 < gap * max(last.size, piece.size):
            raised = piece.text.isdigit() and piece.size < RAISED * last.size and piece.foot < last.foot
            last.text += NOTE + piece.text if raised else piece.text
            last.x1 = max(last.x1, piece.x1)
            if piece.size > last.size:
                last.size, last.foot = piece.size, piece.foot
        else:
            joined.append(piece)
        space = False
    return joined
