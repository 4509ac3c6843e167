"""Footnotes of a printed page: small print under the text, taken to the end of the document as [n]."""

import re
import statistics
from collections.abc import Sequence

from thongsuot.formats.reading.extract.page.words import NOTE, Line, running_text

SMALL = 0.88  # of the height of the page's letters
FOOT = 1.2  # times the height of its letters
_BEGINS = re.compile(rf"^{NOTE}?\(?(\d{{1,3}})\)?[.)]?\s*(?=\D)")
_REFERENCE = re.compile(rf"{NOTE}(\d{{1,3}})")


def without_notes(lines: Sequence[Line]) -> tuple[list[Line], dict[str, str]]:
    """The lines above the notes, and the notes by number; none where the small print begins otherwise."""
    if len(lines) < 4:
        return list(lines), {}
    usual = statistics.median(line.height for line in lines)
    begin = len(lines)
    while begin > 0 and lines[begin - 1].height < SMALL * usual:
        begin -= 1
    end = _end(lines, begin)
    small = lines[begin:end]
    if not small or begin < 2 or not _BEGINS.match(small[0].text):
        return list(lines), {}
    groups: list[list[Line]] = []
    expected = _number(small[0])
    for line in small:
        if _number(line) == expected:
            groups.append([])
            expected += 1
        groups[-1].append(line)
    notes = {}
    for group in groups:
        text = running_text(group)
        match = _BEGINS.match(text)
        if match:
            notes[match.group(1)] = text[match.end() :].strip()
    return [*lines[:begin], *lines[end:]], notes


def _end(lines: Sequence[Line], begin: int) -> int:
    """Small print that stands off below the notes is the foot of the page."""
    for i in range(max(begin + 1, len(lines) - 2), len(lines)):
        if lines[i].top - lines[i - 1].bottom > FOOT * lines[i].height and not _BEGINS.match(lines[i].text):
            return i
    return len(lines)


def _number(line: Line) -> int:
    match = _BEGINS.match(line.text)
    return int(match.group(1)) if match else -1


def with_references(text: str, notes: dict[str, str]) -> str:
    """Raised figures become [n] where the page has that note, and plain figures elsewhere (m2)."""
    return _REFERENCE.sub(lambda m: f"[{m.group(1)}]" if m.group(1) in notes else m.group(1), text)
