"""The words of an item and their place in the paper: where they may be cut, where they stand, how two are joined.

An item's words are the paper's with line breaks removed and a capital at their beginning, so places are found by
comparing letters regardless of breaks and of the case. Everything here is one pass over the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Span = tuple[int, int]

# After a sentence, a semicolon, or before a further obligation that the same sentence goes on to.
_CUT = re.compile(r"[.;:!?…]\s+(?=\S)|,\s+(?=(?:đồng thời|và phải|sau đó)\b)", re.IGNORECASE)
# "TP. Hồ Chí Minh", "Ô. An", "TS. Lê": a point after so short a word with a capital ends no sentence.
_SHORT = re.compile(r"(?:^|[\s(])[A-ZĐ]\w{0,3}\.\s*$")
_LEAST, _MOST_CUTS = 12, 9
_EDGES = " \t\n;,.:-–•+"
_BREAKS = re.compile(r"\s+|\*+")
_ENDS_A_SENTENCE = (".", "!", "?", "…")
_KNOWN_BY = 40


def cuts_of(words: str) -> list[int]:
    """Where an item may be cut in two, as positions in its words; a piece of a few letters is no task."""
    places: list[int] = []
    for found in _CUT.finditer(words):
        at = found.end()
        if _SHORT.search(words[max(0, at - 8) : at]):
            continue
        if at >= _LEAST and len(words) - at >= _LEAST and (not places or at - places[-1] >= _LEAST):
            places.append(at)
    return places[:_MOST_CUTS]


def trimmed(words: str) -> str:
    """A piece of a sentence that stands on its own: without the marks around it, with a capital."""
    words = words.lstrip(_EDGES).rstrip(" \t\n;,:-–")
    return words[:1].upper() + words[1:]


def place_of(words: str, text: str, within: Span | None = None) -> Span | None:
    """Where words stand in a text, however its lines are broken; the first place, or nothing."""
    start, end = within or (0, len(text))
    letters, at = _letters(text, start, end)
    wanted, _at = _letters(words, 0, len(words))
    wanted = wanted.strip()
    found = letters.find(wanted) if wanted else -1
    return (at[found], at[found + len(wanted) - 1] + 1) if found >= 0 else None


def places_of_parts(parts: Sequence[str], text: str, span: Span) -> list[Span]:
    """The places of the parts an item was cut into: the first begins and the last ends where the item does.

    Where a person has changed the words so far that they are not found, all share the place of the whole.
    """
    begins = [span[0]]
    for part in parts[1:]:
        found = place_of(part[:_KNOWN_BY], text, (begins[-1] + 1, span[1]))
        if found is None:
            return [span] * len(parts)
        begins.append(found[0])
    ends = [*begins[1:], span[1]]
    return [
        (begin, begin + len(text[begin:end].rstrip(_EDGES))) if end != span[1] else (begin, end)
        for begin, end in zip(begins, ends, strict=True)
    ]


def joined(first: str, second: str, text: str, first_at: Span | None, second_at: Span | None) -> str:
    """The words of two neighbours as one, with what the paper has between them where that is only a mark."""
    between = ""
    if first_at and second_at and first_at[1] <= second_at[0] <= first_at[1] + 3:
        between = text[first_at[1] : second_at[0]].strip()
    first = first.rstrip()
    if first.endswith((*_ENDS_A_SENTENCE, ";", ",")):
        between = ""
    elif not between or between not in _EDGES:
        between = ";"
    if not (between or first[-1:]).endswith(_ENDS_A_SENTENCE):
        second = _as_written(second, text, second_at)
    return f"{first}{between} {second}"


def words_at(text: str, span: Span) -> str:
    """The words of a place in one line, without the marks of bold type."""
    return " ".join(_BREAKS.sub(" ", text[span[0] : span[1]]).split())


def _as_written(words: str, text: str, span: Span | None) -> str:
    """The first letter as the paper has it: the capital may be ours."""
    found = place_of(words, text, span) if span else None
    return text[found[0]] + words[1:] if found else words


def _letters(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """A stretch of text in small letters with single spaces, and where each of its characters stands."""
    letters: list[str] = []
    places: list[int] = []
    for place in range(start, end):
        letter = text[place]
        if letter == "*" or (letter.isspace() and letters and letters[-1] == " "):
            continue
        small = " " if letter.isspace() else letter.lower()
        letters.append(small if len(small) == 1 else letter)
        places.append(place)
    return "".join(letters), places
