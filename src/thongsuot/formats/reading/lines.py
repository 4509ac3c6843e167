"""The lines of a source without the marks of other formats, every character with the place it came from."""

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from thongsuot.formats.reading.model import Span
from thongsuot.formats.reading.spelling import lost_spaces, usual_letters

_RULE = re.compile(r"[\s\-_=*~.…|–—/\\]+")
_NOISE = re.compile(r"\*+|_{2,}|(?<!\S)#+(?=\s)|</?jsontable[^>]*>")
# What has to be looked at letter by letter; a pipe between cells stays.
_UNTIDY = re.compile(r"[*_#<]|[^\S ]|  ")
_UNTIDY_OR_PIPED = re.compile(r"[*_#<|]|[^\S ]|  ")
_PAGE_NUMBER = re.compile(r"(?:[Tt]rang )?[-–]?\s?\d{1,3}\s?[-–]?(?:/\d{1,3})?")
TERMINAL = (".", ";", ":", "!", "?", "./.")


@dataclass(frozen=True)
class Line:
    """A line of the source without its marks. `offsets[i]` is where character i stands in the source."""

    text: str
    offsets: Sequence[
        int
    ]  # a range where nothing was left out, else an array: a tuple costs 36 bytes a letter
    after_gap: bool  # a blank line, a rule or a table edge stands before it

    written: str = ""  # the same characters as the source has them, where look-alike letters were put right

    def as_written(self, start: int, end: int) -> str:
        return (self.written or self.text)[start:end]

    def span(self, start: int, end: int) -> Span:
        return self.offsets[start], self.offsets[end - 1] + 1

    @property
    def is_row(self) -> bool:
        return " | " in self.text

    @cached_property
    def is_upper(self) -> bool:
        letters = [c for c in self.text if c.isalpha()]
        return bool(letters) and sum(c.isupper() for c in letters) >= 0.75 * len(letters)


# No paragraph of an official document is longer; the cap keeps the work linear on hostile text.
MAX_PARAGRAPH = 8_000


def lines_of(text: str) -> list[Line]:
    lines: list[Line] = []
    gap = True
    for position, raw in _raw_lines(text):
        line = _clean(raw, position, gap)
        if line is None:
            gap = True
        else:
            lines.append(line)
            gap = False
    return _without_page_numbers(lines)


def _without_page_numbers(lines: list[Line]) -> list[Line]:
    """A figure alone on a line in the middle of a sentence is the number of a page."""
    return [
        line
        for i, line in enumerate(lines)
        if not (
            0 < i < len(lines) - 1
            and _PAGE_NUMBER.fullmatch(line.text)
            and not lines[i - 1].text.endswith(TERMINAL)
            and len(lines[i - 1].text) > 20
            and lines[i + 1].text[0].islower()
        )
    ]


def _raw_lines(text: str) -> Iterator[tuple[int, str]]:
    position = 0
    for raw in text.split("\n"):
        start = 0
        while len(raw) - start > MAX_PARAGRAPH:
            cut = raw.rfind(" ", start + MAX_PARAGRAPH // 2, start + MAX_PARAGRAPH)
            end = cut if cut > 0 else start + MAX_PARAGRAPH
            yield position + start, raw[start:end]
            start = end
        yield position + start, raw[start:]
        position += len(raw) + 1


def _clean(raw: str, position: int, gap: bool) -> Line | None:
    if not raw.strip() or _RULE.fullmatch(raw):
        return None
    bare = raw.strip()
    keep_pipes = "|" in raw and len([c for c in raw.split("|") if c.strip()]) >= 2
    if not (_UNTIDY if keep_pipes else _UNTIDY_OR_PIPED).search(bare):
        start = position + raw.index(bare)
        return _spaced(bare, range(start, start + len(bare)), gap)
    skipped = {i for match in _NOISE.finditer(raw) for i in range(match.start(), match.end())}
    bullet = re.match(r"\s*\*\s+(?=\S)", raw)
    characters: list[str] = []
    offsets = array("I")
    for i, char in enumerate(raw):
        if i in skipped and not (bullet and char == "*" and i < bullet.end()):
            continue
        if char == "|" and not keep_pipes:
            continue
        if char.isspace():
            if not characters or characters[-1] == " ":
                continue
            char = " "
        characters.append(char)
        offsets.append(position + i)
    while characters and (characters[-1] == " "):
        characters.pop()
        offsets.pop()
    return _spaced("".join(characters), offsets, gap) if characters else None


def _spaced(written: str, offsets: Sequence[int], gap: bool) -> Line:
    """The line with its letters put right and the spaces it lost; an inserted space has the place of what follows."""
    text = usual_letters(written)
    places = lost_spaces(text)
    if places:
        moved = array("I", offsets)
        for place in reversed(places):
            written = f"{written[:place]} {written[place:]}"
            moved.insert(place, moved[place])
        text, offsets = usual_letters(written), moved
    return Line(text, offsets, gap, written if written != text else "")
