"""The text of a document as paragraphs with numbered marks, for any page that shows the paper.

Marks may overlap or cross paragraphs: the text is cut at every edge, and each piece knows all marks over it.
Nothing here is markup; templates escape the pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise


@dataclass(frozen=True)
class Mark:
    """A numbered span; ``state`` is "", "on" (open now), "ask" (look closely) or "no" (rejected)."""

    number: int
    start: int
    end: int
    state: str = ""
    url: str = ""


@dataclass(frozen=True)
class Note:
    """A remark on a stretch of the text: what is said when somebody asks about it."""

    start: int
    end: int
    said: str


@dataclass(frozen=True)
class Piece:
    """``start`` is where its first letter stands in the text; ``note`` what is remarked on it.

    ``tells``: the remark ends here, so here stands what leads to it.
    """

    text: str
    start: int
    marks: tuple[Mark, ...] = ()
    note: str = ""
    tells: bool = False

    @property
    def state(self) -> str:
        return _state_of(self.marks)

    @property
    def at(self) -> str:
        """The place as an attribute has it, without the points of a language."""
        return str(self.start)

    @property
    def numbers(self) -> str:
        return " ".join(str(mark.number) for mark in self.marks)


@dataclass(frozen=True)
class Paragraph:
    """``margin``: the marks that begin here; their numbers stand beside the text."""

    pieces: list[Piece]
    margin: list[Mark] = field(default_factory=list)
    is_heading: bool = False

    @property
    def state(self) -> str:
        return _state_of(self.margin)


_HEAD_LINES = 14
_LONG_LINE = 55
_ENDS = re.compile(r"[.;:!?…]$")
# Parts of a text begin with a mark of their own: "1.", "a)", "II.", "-", "Điều 3".
_BEGINS = re.compile(r"(?:[-–+•*|(]|\d+[.)/]|[a-zđ]\)|[IVXLC]+\.|(?:Điều|Chương|Phần|Mục|Nơi nhận|Số)\b)")
_BOLD = re.compile(r"\*\*")
_ORNAMENT = re.compile(r"[|\s*_–—-]*")


def paper_of(text: str, marks: Iterable[Mark] = (), notes: Iterable[Note] = ()) -> list[Paragraph]:
    """The paragraphs of a text; lines that a program has wrapped are joined again, ornaments left out.

    Notes do not overlap each other.
    """
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.number))
    remarks = sorted(notes, key=lambda note: note.start)
    paragraphs = []
    unplaced = list(ordered)
    for start, end, is_heading in _spans(text):
        over = [mark for mark in ordered if mark.start < end and mark.end > start]
        margin = [mark for mark in unplaced if mark.start < end]
        unplaced = [mark for mark in unplaced if mark.start >= end]
        said = remarks[_first_after(remarks, start) : bisect_left(remarks, end, key=lambda note: note.start)]
        paragraphs.append(Paragraph(_pieces(text, start, end, over, said), margin, is_heading))
        ordered = [mark for mark in ordered if mark.end > end]
    return paragraphs


def _state_of(marks: Sequence[Mark]) -> str:
    states = {mark.state for mark in marks}
    if states == {"no"}:
        return "no"
    return "on" if "on" in states else "ask" if "ask" in states else ""


def _first_after(notes: Sequence[Note], place: int) -> int:
    """Of notes in order the first that does not end before a place."""
    return bisect_right(notes, place, key=lambda note: note.end)


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark], notes: Sequence[Note]) -> list[Piece]:
    # Marks of bold type are no words: each is a piece of its own, which is left out.
    bold = [found.span() for found in _BOLD.finditer(text, start, end)]
    edges = {start, end, *(edge for span in bold for edge in span)}
    places = [*((mark.start, mark.end) for mark in marks), *((note.start, note.end) for note in notes)]
    for place in places:
        edges |= {edge for edge in place if start < edge < end}
    ordered = sorted(edges)
    pieces: list[Piece] = []
    remarked: list[Note | None] = []
    for left, right in pairwise(ordered):
        over = tuple(mark for mark in marks if mark.start <= left and mark.end >= right)
        note = next((note for note in notes if note.start <= left and note.end >= right), None)
        if text[left:right] != "**":
            words = text[left:right].replace("\n", " ")
            pieces.append(Piece(words, left, over, note.said if note else ""))
            remarked.append(note)
    last = [note is not None and note is not after for note, after in pairwise([*remarked, None])]
    return [replace(piece, tells=tells) for piece, tells in zip(pieces, last, strict=True)]


def _spans(text: str) -> list[tuple[int, int, bool]]:
    """Where paragraphs begin and end, and whether one belongs to the head of the document."""
    spans: list[tuple[int, int, bool]] = []
    position, open_line = 0, ""
    for line in text.split("\n"):
        start, end = position, position + len(line)
        position = end + 1
        if _ORNAMENT.fullmatch(line):
            open_line = ""
            continue
        if open_line and _goes_on(open_line, line):
            spans[-1] = (spans[-1][0], end, spans[-1][2])
        else:
            is_heading = len(spans) < _HEAD_LINES and (len(line) < _LONG_LINE or line.isupper())
            spans.append((start, end, is_heading))
        open_line = line
    return spans


def _goes_on(before: str, line: str) -> bool:
    """Whether a line continues the one before it."""
    stripped = line.lstrip(" \t*")
    if _BEGINS.match(stripped) or _ENDS.search(before.rstrip(" *")):
        return False
    return stripped[:1].islower() or (len(before) >= _LONG_LINE and not before.isupper())
