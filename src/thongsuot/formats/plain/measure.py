"""How hard a text is to read, and which of its sentences make it so.

The grade follows the formula of Nguyen and Henkin (1982); its figures, and the limits from which a sentence counts
as long or knotted, stand with their sources in ``measures.toml``.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from thongsuot.formats.plain.sentences import Span, sentences_in

Knot = Literal["long", "commas", "citations", "brackets", "relative_words", "double_negation"]

_SYLLABLE = re.compile(r"[^\W\d_]+")
_CITATION = re.compile(r"\d+[a-z]?(?:/\d{4})?[/-][A-ZĐ]")
_RELATIVE = re.compile(
    r"\b(?:mà|nhằm|để|của|về việc|trong việc|theo đó|trên cơ sở|đối với|thông qua|gắn với)\b"
)
# "không thể không", "không phải là không", "chưa bao giờ không": said twice to mean yes.
_NEGATIONS = ("không", "chẳng", "chưa")
_DOUBLE_NEGATION = re.compile(
    r"\b(?:không|chẳng|chưa)\b(?:\s+\w+){0,3}\s+(?:không|chẳng|chưa)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place, its length in written syllables, its school grade, and what makes it hard."""

    span: Span
    syllables: int
    grade: float
    knots: tuple[Knot, ...] = ()


@dataclass(frozen=True, slots=True)
class Plainness:
    """A whole text: its school grade, its syllables, and its sentences in order."""

    grade: float
    syllables: int
    sentences: tuple[Sentence, ...]

    @property
    def hard(self) -> tuple[Sentence, ...]:
        """The sentences that are long or knotted."""
        return tuple(sentence for sentence in self.sentences if sentence.knots)


def plainness_of(paragraphs: Iterable[str]) -> Plainness | None:
    """Measure paragraphs; spans count through them with one character between two. None where there is no word."""
    sentences: list[Sentence] = []
    letters = syllables = position = 0
    for text in paragraphs:
        for start, end in sentences_in(text):
            words = _SYLLABLE.findall(text, start, end)
            size, length = len(words), sum(map(len, words))
            letters += length
            syllables += size
            span = (position + start, position + end)
            grade = _grade(length / size, size) if words else 0.0
            sentences.append(Sentence(span, size, grade, _knots(text[start:end], size)))
        position += len(text) + 1
    if not syllables:
        return None
    return Plainness(_grade(letters / syllables, syllables / len(sentences)), syllables, tuple(sentences))


def _grade(letters_per_word: float, words_per_sentence: float) -> float:
    figures = _figures()["grade"]
    found: float = (
        figures["letters_per_word"] * letters_per_word
        + figures["words_per_sentence"] * words_per_sentence
        + figures["constant"]
    )
    return round(max(0.0, found), 1)


def _knots(sentence: str, syllables: int) -> tuple[Knot, ...]:
    limits = _figures()["knotted"]
    counted: dict[Knot, int] = {
        "commas": sentence.count(",") + sentence.count(";"),
        "citations": len(_CITATION.findall(sentence)) if "/" in sentence or "-" in sentence else 0,
        "brackets": sentence.count("("),
        "relative_words": len(_RELATIVE.findall(sentence)),
    }
    found: list[Knot] = ["long"] if syllables > _figures()["long"]["syllables"] else []
    found += [knot for knot, number in counted.items() if number > limits[knot]]
    if sum(map(sentence.lower().count, _NEGATIONS)) > 1 and _DOUBLE_NEGATION.search(sentence):
        found.append("double_negation")
    return tuple(found)


@cache
def _figures() -> dict[str, Any]:
    return tomllib.loads(
        resources.files("thongsuot.formats.plain").joinpath("measures.toml").read_text("utf-8")
    )
