"""How hard the body of a paper is to read, with its sentences where they stand in the paper."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from thongsuot.formats.plain import Plainness, Sentence, plainness_of
from thongsuot.formats.reading.frame import frame_of
from thongsuot.formats.reading.paragraphs import Paragraph, lines_of, paragraphs_of


def plainness_of_paper(text: str) -> Plainness | None:
    """The same of a whole paper as it is kept: its letterhead, its end and its appendices are not measured."""
    lines = lines_of(text)
    frame = frame_of(text, lines)
    return plainness_in(paragraphs_of(lines[frame.body_start : frame.body_end]))


def plainness_in(body: Sequence[Paragraph]) -> Plainness | None:
    """Measured on the words of the body without marks and tables; None where the body has no sentence."""
    prose = [paragraph for paragraph in body if not paragraph.is_row and paragraph.body]
    found = plainness_of(paragraph.body for paragraph in prose)
    if found is None:
        return None
    starts = list(accumulate((len(paragraph.body) + 1 for paragraph in prose), initial=0))[:-1]

    def placed(sentence: Sentence) -> Sentence:
        at = bisect_right(starts, sentence.span[0]) - 1
        shift = prose[at].body_start - starts[at]
        start, end = sentence.span
        span = prose[at].span(start + shift, end + shift)
        return Sentence(span, sentence.syllables, sentence.grade, sentence.knots)

    return replace(found, sentences=tuple(map(placed, found.sentences)))
