"""Two texts side by side, paragraph by paragraph, with the words that came and went."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

# Comparing words takes the product of both numbers at worst: longer paragraphs are shown as gone and come.
MOST_PAIRS_OF_WORDS = 250_000
# Past this, paragraphs that stand everywhere no longer count as anchors, which keeps the work bounded.
MANY_PARAGRAPHS = 2_000
# Unchanged paragraphs shown around a change; longer runs are folded into one line.
AROUND = 1
_WORDS = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Stretch:
    text: str
    is_changed: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph of both texts; an empty side has no such paragraph. ``folded``: so many alike are left out here."""

    old: tuple[Stretch, ...] = ()
    new: tuple[Stretch, ...] = ()
    is_changed: bool = False
    folded: int = 0


@dataclass(frozen=True)
class Comparison:
    lines: list[Line]
    changed: int


def compare(old: Sequence[str], new: Sequence[str]) -> Comparison:
    """The paragraphs of two texts against each other."""
    is_long = len(old) + len(new) > MANY_PARAGRAPHS
    lines: list[Line] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=is_long).get_opcodes():
        if tag == "equal":
            lines += [Line((Stretch(text),), (Stretch(text),)) for text in old[i1:i2]]
        else:
            lines += _changed(old[i1:i2], new[j1:j2])
    changed = sum(line.is_changed for line in lines)
    return Comparison(list(_folded(lines)), changed)


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    for before, after in zip_longest(old, new):
        if before is None or after is None:
            yield Line(_whole(before), _whole(after), is_changed=True)
        else:
            yield Line(*_words(before, after), is_changed=True)


def _whole(text: str | None) -> tuple[Stretch, ...]:
    return () if text is None else (Stretch(text, is_changed=True),)


def _words(before: str, after: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) * len(new) > MOST_PAIRS_OF_WORDS:
        return _whole(before), _whole(after)
    left: list[Stretch] = []
    right: list[Stretch] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_changed = tag != "equal"
        left += [Stretch("".join(old[i1:i2]), is_changed)] if i1 < i2 else []
        right += [Stretch("".join(new[j1:j2]), is_changed)] if j1 < j2 else []
    return tuple(left), tuple(right)


def _folded(lines: Sequence[Line]) -> Iterator[Line]:
    """Long runs of what is alike become one line that says how many there are."""
    changes = [place for place, line in enumerate(lines) if line.is_changed]
    near = {place + step for place in changes for step in range(-AROUND, AROUND + 1)}
    hidden = 0
    for place, line in enumerate(lines):
        if place in near or not changes:
            if hidden:
                yield Line(folded=hidden)
                hidden = 0
            yield line
        else:
            hidden += 1
    if hidden:
        yield Line(folded=hidden)
