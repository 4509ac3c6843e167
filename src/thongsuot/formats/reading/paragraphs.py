"""From raw lines to whole paragraphs, keeping for every character the place in the source it came from.

Crawled and converted texts are wrapped in the middle of headings, names and dates, and carry marks of other formats
(bold asterisks, lone table pipes). The grammar must see none of that, and spans must still point into the source.
"""

import itertools
import re
from array import array
from dataclasses import dataclass
from functools import cached_property

from thongsuot.formats.reading.lines import MAX_PARAGRAPH, TERMINAL, Line, lines_of
from thongsuot.formats.reading.words import rx

_MARK = rx(
    r"(?P<roman>(?=[IVX])(?:X{0,2}(?:IX|IV|V?I{0,3}))(?:\s*[.)\-/]|\s*[–:])(?=\s|$))"
    r"|(?P<capital>[A-HĐ]\s?[.)\-/]\s+(?=%U{2}))"  # A. ĐẶC ĐIỂM TÌNH HÌNH, above I. and 1.
    r"|(?P<article>(?:Điều|ĐIỀU)\s+\d+[a-z]?\s*[.:]?)"
    r"|(?P<part>(?:Phần|PHẦN)\s+(?:thứ\s+\w+|[IVX]+|\d+)\s*[.:]?)"
    r"|(?P<chapter>(?:Chương|CHƯƠNG|Mục|MỤC)\s+(?:[IVX]+|\d+)\s*[.:]?)"
    r"|(?P<number>\(?\d{1,2}(?:\.\d{1,2}){0,3}(?:\)\.|[.)/\-](?!\d)|(?=\s+%U)(?<=\.\d)|(?=\s+%U)(?<=\.\d\d)))"
    r"|(?P<letter>[a-zđ]\s?[)/.](?=\s))"
    r"|(?P<bullet>[-–—•+*·▪●○◦■□▫►➢➤✓✔√♦◆❖\uf0a7\uf0b7\uf02d\uf0d8\uf0fc](?=\s)|[-–+●➢](?=%U))",
)
_STARTERS = re.compile(
    r"(?:Căn cứ|Nơi nhận|Kính gửi|Kính trình|TM\.|KT\.|TL\.|TUQ\.|T/M|K/T|T/L|Số\s*:|Trên đây|PHỤ LỤC"
    r"|Phụ lục\s+[\dIVX]+|\[\d+\])"
)
_CLOSERS = re.compile(r"(?:Nghị quyết|Quyết định|Chỉ thị|Kế hoạch|Kết luận|Hướng dẫn) này\b")


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


_RUN_ON = rx(r"[.;:]\s*(?P<mark>\d{1,2}[.)]|[a-eđ]\)|[-–+])\s+(?=%U)")


def _parted(paragraph: Paragraph) -> list[Paragraph]:
    """Items that a lost line end put into one paragraph: "1. ... . 2. ...", ": a) ...; b) ...", ": - ... . - ..."."""
    if paragraph.is_row:
        return [paragraph]
    cuts: list[int] = []
    last = paragraph.mark.strip(" .)-–+")
    opened = paragraph.text.rstrip()
    for match in _RUN_ON.finditer(paragraph.text, max(0, paragraph.body_start - 1)):
        mark = match.group("mark").strip(".)")
        if _follows(last, mark, opens=match[0][0] == ":", paragraph=paragraph):
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
        if b.text[0].islower() and not a.text.endswith(TERMINAL) and len(a.text) > 25 and not b.after_gap
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
    if _STARTERS.match(line.text) or (text.endswith(TERMINAL) and _CLOSERS.match(line.text)):
        return False
    unfinished = not text.endswith(TERMINAL)
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
    if before.endswith((*TERMINAL, ",")):
        return False
    rest = text[len(mark) :].lstrip()
    if kind == "bullet":
        # "giai đoạn 2026 / - 2030" goes on; "- 100% chi bộ ..." begins.
        goes_on = bool(rest) and (rest[0].islower() or re.match(r"(?:19|20)\d{2}\b", rest) is not None)
        return goes_on and not before.endswith(TERMINAL)
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
    if len(group) == 1:
        line = group[0]
        kind, mark = mark_of(line.text)
        return Paragraph(line.text, line.offsets, line.after_gap, line.written, kind=kind, mark=mark)
    words: list[str] = []
    offsets = array("I")
    for line in group:
        if words and not words[-1].endswith(" "):
            words.append(" ")
            offsets.append(offsets[-1])
        words.append(line.text)
        offsets.extend(line.offsets)
    text = "".join(words)
    kind, mark = mark_of(text)
    as_found = " ".join(line.written or line.text for line in group)
    written = as_found if as_found != text and len(as_found) == len(text) else ""
    return Paragraph(text, offsets, group[0].after_gap, written, kind=kind, mark=mark)


__all__ = ["MAX_PARAGRAPH", "Line", "Paragraph", "lines_of", "mark_of", "paragraphs_of"]
