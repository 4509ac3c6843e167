"""Where Vietnamese sentences begin and end: official prose is full of points that end nothing (TP., ThS., 1., v.v.)."""

import re

Span = tuple[int, int]

# A point after one of these ends no sentence, nor one after a single letter.
_ABBREVIATIONS = {
    "tp", "tx", "tt", "ths", "ts", "pgs", "gs", "bs", "ks", "cn", "tm", "kt", "tl", "tuq", "q", "p", "đ/c", "đc",
    "ths.bs", "nxb", "tr", "st", "vd", "ubnd", "stt", "đt",
}  # fmt: skip
_END = re.compile(r"(?P<mark>[.!?…])(?P<close>[\"”’)\]]{0,2})(?=\s|$)")
_WORD_BEFORE = re.compile(r"[^\s(\[“\"]{1,12}$")


def sentences_in(text: str) -> list[Span]:
    """The sentences of one paragraph as spans without the space around them; a paragraph without a point is one."""
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.group("mark") == "." and not _ends_a_sentence(text, start, match):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return [stripped for span in spans if (stripped := _stripped(text, span)) is not None]


def _ends_a_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 3].lstrip()[:1]
    if following.islower():
        return False
    before = _WORD_BEFORE.search(text, max(start, match.start() - 12), match.start())
    word = before.group().casefold() if before else ""
    if word.rpartition(".")[2] in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and following):
        return False
    # A figure that opens the sentence numbers an item: "1. Rà soát", not "Điều 5."
    return not (word.isdigit() and text[start : match.start()].strip() == word)


def _stripped(text: str, span: Span) -> Span | None:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if any(c.isalpha() for c in text[start:end]) else None
