"""From raw lines to whole paragraphs, keeping for every character the place in the source it came from.

Crawled and converted texts are wrapped in the middle of headings, names and dates, and carry marks of other formats
(bold asterisks, lone table pipes). The grammar must see none of that, and spans must still point into the source.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from thongsuot.formats.reading.model import Span
from thongsuot.formats.reading.spelling import lost_spaces, usual_letters
from thongsuot.formats.reading.words import rx

_RULE = re.compile(r"[\s\-_=*~.…|–—/\\]+")
_NOISE = re.compile(r"\*+|_{2,}|(?<!\S)#+(?=\s)|</?jsontable[^>]*>")
_MARK = rx(
    r"(?P<roman>(?=[IVX])(?:X{0,2}(?:IX|IV|V?I{0,3}))(?:\s*[.)\-/]|\s*[–:])(?=\s|$))"
    r"|(?P<article>(?:Điều|ĐIỀU)\s+\d+[a-z]?\s*[.:]?)"
    r"|(?P<part>(?:Phần|PHẦN)\s+(?:thứ\s+\w+|[IVX]+|\d+)\s*[.:]?)"
    r"|(?P<chapter>(?:Chương|CHƯƠNG|Mục|MỤC)\s+(?:[IVX]+|\d+)\s*[.:]?)"
    r"|(?P<number>\(?\d{1,2}(?:\.\d{1,2}){0,3}(?:[.)/\-](?!\d)|(?=\s+%U)(?<=\.\d)|(?=\s+%U)(?<=\.\d\d)))"
    r"|(?P<letter>[a-zđ]\s?[)/.](?=\s))"
    r"|(?P<bullet>[-–—•+*·▪](?=\s)|[-–+](?=%U))",
)
_STARTERS = re.compile(
    r"(?:Căn cứ|Nơi nhận|Kính gửi|Kính trình|TM\.|KT\.|TL\.|TUQ\.|T/M|K/T|T/L|Số\s*:|Trên đây|PHỤ LỤC"
    r"|Phụ lục\s+[\dIVX]+|\[\d+\])"
)
_CLOSERS = re.compile(r"(?:Nghị quyết|Quyết định|Chỉ thị|Kế hoạch|Kết luận|Hướng dẫn) này\b")
_PAGE_NUMBER = re.compile(r"(?:[Tt]rang )?[-–]?\s?\d{1,3}\s?[-–]?(?:/\d{1,3})?")
_TERMINAL = (".", ";", ":", "!", "?", "./.")


@dataclass(frozen=True)
class Line:
    """A line of the source without its marks. `offsets[i]` is where character i stands in the source."""

    text: str
    offsets: tuple[int, ...]
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


@dataclass(frozen=True)
class Paragraph(Line):
    """One or more lines that belong together. `kind` and `mark` name the numbering it starts with."""

    kind: str | None = None  # roman, article, part, chapter, number, letter, bullet
    mark: str = ""

    @cached_property
    def body_start(self) -> int:
        """Where the words begin, after the mark."""
        return len(self.text) - len(self.text[len(self.mark) :].lstrip())

    @cached_property
    def body(self) -> str:
        return self.text[self.body_start :]


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
            and not lines[i - 1].text.endswith(_TERMINAL)
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
    keep_pipes = raw.count("|") >= 1 and len([c for c in raw.split("|") if c.strip()]) >= 2
    skipped = {i for match in _NOISE.finditer(raw) for i in range(match.start(), match.end())}
    bullet = re.match(r"\s*\*\s+(?=\S)", raw)
    characters: list[str] = []
    offsets: list[int] = []
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


def _spaced(written: str, offsets: list[int], gap: bool) -> Line:
    """The line with its letters put right and the spaces it lost; an inserted space has the place of what follows."""
    places = lost_spaces(usual_letters(written))
    for place in reversed(places):
        written = f"{written[:place]} {written[place:]}"
        offsets.insert(place, offsets[place])
    text = usual_letters(written)
    return Line(text, tuple(offsets), gap, written if written != text else "")


def mark_of(text: str) -> tuple[str | None, str]:
    match = _MARK.match(text)
    if match is None or not match.group().strip():
        return None, ""
    return match.lastgroup, match.group()


def paragraphs_of(lines: list[Line]) -> list[Paragraph]:
    """Join the lines that only a page width has parted."""
    width = _wrap_width(lines)
    groups: list[list[Line]] = []
    length = 0
    for line in lines:
        length += len(line.text) + 1
        if groups and length < MAX_PARAGRAPH and _continues(groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
            length = len(line.text)
    return [part for group in groups for part in _parted(_join(group))]


_RUN_ON = rx(r"(?<=[.;:])\s*(?P<mark>\d{1,2}[.)]|[a-eđ]\)|[-–+])\s+(?=%U)")


def _parted(paragraph: Paragraph) -> list[Paragraph]:
    """Items that a lost line end put into one paragraph: "1. ... . 2. ...", ": a) ...; b) ...", ": - ... . - ..."."""
    if paragraph.is_row:
        return [paragraph]
    cuts: list[int] = []
    last = paragraph.mark.strip(" .)-–+")
    opened = paragraph.text.rstrip()
    for match in _RUN_ON.finditer(paragraph.text, paragraph.body_start):
        mark = match.group("mark").strip(".)")
        if _follows(last, mark, opens=paragraph.text[match.start() - 1] == ":", paragraph=paragraph):
            cuts.append(match.start("mark"))
            last = mark
    if not cuts or not opened:
        return [paragraph]
    bounds = [0, *cuts, len(paragraph.text)]
    return [_part(paragraph, start, end) for start, end in itertools.pairwise(bounds)]


_LETTERS = "abcdđe"


def _follows(last: str, mark: str, *, opens: bool, paragraph: Paragraph) -> bool:
    """The mark goes on counting where the last one stopped, or begins a list after a colon."""
    if mark in "-–+":
        return (
            (opens and paragraph.kind != "bullet")
            or last == mark
            or (paragraph.kind == "bullet" and opens is False and paragraph.mark.strip() == mark)
        )
    if mark.isdigit():
        return (last.isdigit() and int(mark) == int(last) + 1) or (
            opens and mark == "1" and not last.isdigit()
        )
    if opens and mark == "a":
        return True
    return last in _LETTERS and len(last) == 1 and _LETTERS.index(mark) == _LETTERS.index(last) + 1


def _part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    text = paragraph.text[start:end].rstrip()
    kind, mark = mark_of(text)
    stop = start + len(text)
    return Paragraph(
        text,
        paragraph.offsets[start:stop],
        paragraph.after_gap,
        paragraph.written[start:stop],
        kind=kind,
        mark=mark,
    )


def _wrap_width(lines: list[Line]) -> int:
    """The width at which the text was wrapped, or 0 where a line is a paragraph.

    Wrapped lines betray themselves: they stop in mid-sentence and the next one goes on with a small letter.
    """
    broken = sorted(
        len(a.text)
        for a, b in itertools.pairwise(lines)
        if b.text[0].islower() and not a.text.endswith(_TERMINAL) and len(a.text) > 25 and not b.after_gap
    )
    if len(broken) < 4 or len(broken) < len(lines) * 0.06 or broken[len(broken) // 2] > 140:
        return 0
    return broken[int(len(broken) * 0.9)]


def _continues(group: list[Line], line: Line, width: int) -> bool:
    before = group[-1]
    text, first_word = before.text, line.text.split(" ", 1)[0]
    if line.is_row or before.is_row or line.after_gap:
        return False
    kind, mark = mark_of(line.text)
    if text.endswith((",", "-", "–")) and line.text[0].islower():
        return True
    if line.text.startswith(": ") and len(group) == 1:
        return True  # "Điều 2" and its words were parted
    if kind is not None and not _accidental_mark(text, line.text, kind, mark):
        return False
    if _STARTERS.match(line.text) or (text.endswith(_TERMINAL) and _CLOSERS.match(line.text)):
        return False
    unfinished = not text.endswith(_TERMINAL)
    if line.text[0].islower() and unfinished:
        return width > 0 or len(text) < 60
    if not width:
        return False
    if before.is_upper != line.is_upper and len(text) > 6 and len(line.text) > 6:
        return False
    if unfinished:
        return not (
            _is_heading(group)
            and len(text) + 1 + len(first_word) <= width - 4
            and first_word[:1].isupper()
            and _starts_action(line.text)
        )
    if line.text[0].islower() and text.endswith(";"):
        return True
    # A sentence ended: the paragraph goes on only where the next word would not have fitted on the line.
    return not text.endswith((";", "./.")) and len(text) + 1 + len(first_word) > width - 3


def _accidental_mark(before: str, text: str, kind: str, mark: str) -> bool:
    """A line that starts like an item only because of the wrapping: "giai đoạn 2026 / - 2030", "khoản / 1. ..."."""
    if before.endswith((*_TERMINAL, ",")):
        return False
    rest = text[len(mark) :].lstrip()
    if kind == "bullet":
        # "giai đoạn 2026 / - 2030" goes on; "- 100% chi bộ ..." begins.
        goes_on = bool(rest) and (rest[0].islower() or re.match(r"(?:19|20)\d{2}\b", rest) is not None)
        return goes_on and not before.endswith(_TERMINAL)
    if kind in ("number", "letter"):
        return before.split(" ")[-1].lower() in {
            "khoản",
            "điểm",
            "điều",
            "mục",
            "số",
            "năm",
            "tháng",
            "ngày",
            "phụ",
            "lục",
            "là",
        }
    if kind == "roman":
        return before.split(" ")[-1].lower() in {
            "khóa",
            "khoá",
            "thứ",
            "quý",
            "lần",
            "kỳ",
            "phần",
            "chương",
            "mục",
        }
    return kind == "article" and not text[len(mark) :].strip()[:1].isupper()


_ACTION_START = re.compile(
    r"(?:Chủ trì|Phối hợp|Tổ chức|Xây dựng|Theo dõi|Hướng dẫn|Thực hiện|Triển khai|Tham mưu|Rà soát"
    r"|Tăng cường|Chỉ đạo)\b"
)


def _starts_action(text: str) -> bool:
    return _ACTION_START.match(text) is not None


def _is_heading(group: list[Line]) -> bool:
    return len(group) <= 2 and mark_of(group[0].text)[0] is not None


def _join(group: list[Line]) -> Paragraph:
    characters: list[str] = []
    offsets: list[int] = []
    for line in group:
        if characters and characters[-1] != " ":
            characters.append(" ")
            offsets.append(offsets[-1])
        characters += line.text
        offsets += line.offsets
    text = "".join(characters)
    kind, mark = mark_of(text)
    as_found = " ".join(line.written or line.text for line in group)
    written = as_found if as_found != text and len(as_found) == len(text) else ""
    return Paragraph(text, tuple(offsets), group[0].after_gap, written, kind=kind, mark=mark)
