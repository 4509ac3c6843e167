"""Words on a page and the lines they stand on."""

import itertools
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COLUMN_GAP = 14.0
NOTE = "\ue000"  # stands before small raised figures until the notes of the page are known


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text without spaces."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one height, from left to right; never empty."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def height(self) -> float:
        """The height of its letters, not of its lowest and highest word together."""
        return statistics.median(word.height for word in self.words)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def gaps(self) -> list[tuple[float, float]]:
        """The spaces wide enough to part two columns."""
        return [(a.x1, b.x0) for a, b in itertools.pairwise(self.words) if b.x0 - a.x1 >= COLUMN_GAP]

    def parts(self) -> list["Line"]:
        """The line cut at its wide gaps."""
        parts: list[list[Word]] = [[self.words[0]]]
        for before, word in itertools.pairwise(self.words):
            if word.x0 - before.x1 >= COLUMN_GAP:
                parts.append([])
            parts[-1].append(word)
        return [Line(tuple(part)) for part in parts]


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Words whose middle lies on the height of a line belong to it."""
    groups: list[list[Word]] = []
    top = bottom = 0.0
    for word in sorted(words, key=lambda w: (w.middle, w.x0)):
        if groups and top <= word.middle <= bottom:
            groups[-1].append(word)
        else:
            groups.append([word])
            top, bottom = word.top, word.bottom
    return [Line(tuple(sorted(group, key=lambda w: w.x0))) for group in groups]


def running_text(lines: Iterable[Line]) -> str:
    """Lines of one cell or note as one line of text."""
    return join_broken([line.text for line in lines], " ")


def join_broken(lines: Sequence[str], between: str = "\n") -> str:
    """Lines put together; what a line end has broken ("15/KH-" "UBND", a soft hyphen) becomes whole again."""
    joined = ""
    for line in lines:
        if not joined or not line:
            joined += (between if joined else "") + line
        elif joined.endswith("\u00ad"):
            joined = joined[:-1] + line
        elif _breaks_a_word(joined) and line[0].isalnum():
            head, _, rest = line.partition(" ")
            joined += head + (between + rest if rest else "")
        else:
            joined += between + line
    return joined


def _breaks_a_word(text: str) -> bool:
    """A symbol or an address ends in a sign and goes on in the next line ("Số: 15/KH-", "kinh tế-")."""
    return len(text) > 1 and text[-1] in "-/" and text[-2].isalnum()
