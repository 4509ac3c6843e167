"""A Word 97-2003 document from its first line to its last."""

import re
import struct
from collections.abc import Iterator
from itertools import pairwise

from thongsuot.formats.reading.errors import TooLarge
from thongsuot.formats.reading.extract.doc.fib import (
    BOX_TEXTS,
    END_REFS,
    END_TEXTS,
    HEADERS,
    NOTE_REFS,
    NOTE_TEXTS,
    SHAPES,
    DocFile,
    plc,
)
from thongsuot.formats.reading.extract.doc.lists import Lists
from thongsuot.formats.reading.extract.doc.properties import Look, Properties
from thongsuot.formats.reading.extract.legacy import Fonts
from thongsuot.formats.reading.extract.measure import Measure
from thongsuot.formats.reading.extract.story import Story
from thongsuot.formats.reading.extract.symbols import sign
from thongsuot.formats.reading.extract.tidy import PAGE_BREAK

_ENDS = re.compile(r"[\r\x07\x0c]")
_CONTROLS = re.compile(r"([\x00-\x08\x0b\x0e-\x1f])")
_SIGNS = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-"}
_BEGIN, _SEPARATOR, _END = "\x13", "\x14", "\x15"
_FIRST_HEADER = 6  # before it stand the separators of notes
_SHOWN_HEADERS = (4, 1)  # of the first section: that of the first page, that of odd pages


class Walk:
    """One walk through one document; keeps the counters of its lists and the order of its notes."""

    def __init__(self, file: DocFile, fonts: Fonts) -> None:
        self._file, self._fonts_read = file, fonts
        self._measure = Measure()
        self._properties = Properties(file)
        self._lists = Lists(file)
        self._notes = {
            **_references(file, NOTE_REFS, NOTE_TEXTS, file.notes_at),
            **_references(file, END_REFS, END_TEXTS, file.endnotes_at),
        }
        self._met: list[tuple[int, int]] = []
        self._boxes = _boxes(file)
        self._in_code: list[bool] = []
        self._left = 2 * len(file.text) + 1_000  # every part is read once; parts that overlap are an attack

    def lines(self) -> Iterator[str]:
        yield from dict.fromkeys(self._headers())
        lines = self._story(0, self._file.notes_at)
        for first, end in self._boxes.values():  # boxes that nothing in the text holds
            yield from self._story(first, end)
        yield from lines
        if self._met:
            yield ""
        for number, (first, end) in enumerate(self._met, start=1):
            note = (line.strip() for line in self._story(first, end))
            yield f"[{number}] {' '.join(filter(None, note))}"

    def _headers(self) -> Iterator[str]:
        bounds, _ = plc(self._file.part(HEADERS), 0)
        for which in _SHOWN_HEADERS:
            i = _FIRST_HEADER + which
            if i + 1 < len(bounds):
                start = self._file.headers_at
                lines = self._story(start + bounds[i], min(start + bounds[i + 1], self._file.remarks_at))
                yield from (line for line in lines if any(c.isalpha() for c in line))

    def _story(self, first: int, end: int) -> list[str]:
        story = Story("", self._fonts_read, self._measure)
        end = min(end, len(self._file.text))
        self._left -= max(end - first, 0)
        if first < 0 or self._left < 0:
            raise TooLarge("parts of the text overlap")
        self._in_code = []
        while first < end:
            match = _ENDS.search(self._file.text, first, end)
            stop = match.start() if match else end
            mark = stop if match else end - 1
            shape = self._properties.paragraph(mark)
            story.in_table = shape.in_table
            for start, until, look in self._properties.looks(first, stop, shape.style):
                self._say(story, start, until, look)
            first = stop + 1
            if shape.ends_row:
                story.runs.clear()
                story.end_row(list(shape.edges), set(shape.continues))
                continue
            if match is None or not self._properties.look(mark).deleted:
                self._end(story, match.group() if match else "\r", mark)
        return story.finished()

    def _end(self, story: Story, sign_of_end: str, mark: int) -> None:
        shape = self._properties.paragraph(mark)
        number = self._lists.mark(shape)
        words = "".join(text for text, _ in story.runs)
        story.mark = number if words.strip() else ""
        if shape.new_page:
            story.runs.insert(0, (PAGE_BREAK, ""))
        if sign_of_end == "\x0c":
            story.runs.append((PAGE_BREAK, ""))
        if sign_of_end == "\x07" and shape.in_table:
            story.end_cell()
        else:
            story.end_paragraph()

    def _say(self, story: Story, first: int, end: int, look: Look) -> None:
        for part in _CONTROLS.split(self._file.text[first:end]):
            place, first = first, first + len(part)
            if len(part) == 1 and ord(part) < 0x20 and part != "\t":
                self._control(story, part, place)
            elif any(self._in_code):
                story.is_contents_line |= "PAGEREF _Toc" in part
            elif part and not look.deleted:
                font = self._font(look.font)
                if look.symbol and look.special:
                    story.runs.append(
                        (sign(self._font(look.symbol[0]), f"{look.symbol[1]:X}") * len(part), "")
                    )
                elif look.hidden:
                    story.hidden.append(part)
                else:
                    story.runs.append((part.upper() if look.capitals else part, font))

    def _control(self, story: Story, control: str, place: int) -> None:
        if control == _BEGIN:
            self._in_code.append(True)
        elif control == _SEPARATOR and self._in_code:
            self._in_code[-1] = False
        elif control == _END and self._in_code:
            self._in_code.pop()
        elif control == "\x02" and place in self._notes:
            self._met.append(self._notes.pop(place))
            story.runs.append((f"[{len(self._met)}]", ""))
        elif control == "\x08" and place in self._boxes:
            code, self._in_code = self._in_code, []
            first, end = self._boxes.pop(place)
            story.lines += self._story(first, end)
            self._in_code = code
        elif control in _SIGNS and not any(self._in_code):
            story.runs.append((_SIGNS[control], ""))

    def _font(self, number: int) -> str:
        fonts = self._properties.fonts
        return fonts[number] if 0 <= number < len(fonts) else ""


def _references(file: DocFile, refs: int, texts: int, start: int) -> dict[int, tuple[int, int]]:
    """By the character that refers to it: where a note begins and ends."""
    places, _ = plc(file.part(refs), 2)
    bounds, _ = plc(file.part(texts), 0)
    pairs = zip(places, pairwise(bounds), strict=False)
    return {place: (start + first, start + end) for place, (first, end) in pairs}


def _boxes(file: DocFile) -> dict[int, tuple[int, int]]:
    """By the character that holds it: where the text of a box begins and ends; negative where nothing does."""
    places, shapes = plc(file.part(SHAPES), 26)
    holders = {
        struct.unpack_from("<i", shape)[0]: place for place, shape in zip(places, shapes, strict=False)
    }
    bounds, boxes = plc(file.part(BOX_TEXTS), 22)
    found: dict[int, tuple[int, int]] = {}
    for i, box in enumerate(boxes[:-1]):  # the last is only a guard
        holder = holders.get(struct.unpack_from("<i", box, 14)[0], -1 - i)
        found[holder] = (file.boxes_at + bounds[i], file.boxes_at + bounds[i + 1])
    return found
