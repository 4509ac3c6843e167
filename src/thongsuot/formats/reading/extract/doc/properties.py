"""How characters and paragraphs of a Word 97-2003 file are told apart: hidden, deleted, in a table, in a list."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from thongsuot.formats.reading.extract.doc.fib import CHARACTERS, FONTS, PARAGRAPHS, STYLES, DocFile, plc

_PAGE = 512
_SIZES = {
    0: 1,
    1: 1,
    2: 2,
    3: 4,
    4: 2,
    5: 2,
    7: 3,
}  # of what follows an instruction, by its three highest bits
_TABLE_ROW, _TABS = 0xD608, 0xC615
_HUGE = (0x6646, 0x6645)
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Look:
    """Of a character."""

    font: int = -1
    hidden: bool = False
    deleted: bool = False
    capitals: bool = False
    special: bool = False
    symbol: tuple[int, int] | None = None  # (font, code) of a sign put in from a symbol font


@dataclass(frozen=True, slots=True)
class Shape:
    """Of a paragraph."""

    style: int = 0
    in_table: bool = False
    ends_row: bool = False
    list_number: int = 0
    list_level: int = 0
    edges: tuple[int, ...] = ()
    continues: frozenset[int] = frozenset()
    new_page: bool = False


class Properties:
    def __init__(self, file: DocFile) -> None:
        self._file = file
        self.fonts = _fonts(file.part(FONTS))
        self._styles = _styles(file.part(STYLES))
        self._shapes: dict[int, Shape] = {}
        self._looks: dict[int, Look] = {}
        self._paragraphs = _Runs(file, PARAGRAPHS, 13)
        self._characters = _Runs(file, CHARACTERS, 1)

    def paragraph(self, character: int) -> Shape:
        """Of the paragraph whose end mark is this character."""
        codes = self._paragraphs.at(self._file.place(character))
        style = struct.unpack_from("<H", codes)[0] if len(codes) >= 2 else 0
        return self._shaped(codes[2:], replace(self._style_shape(style), style=style))

    def looks(self, first: int, end: int, style: int) -> Iterator[tuple[int, int, Look]]:
        """(first, end, look) of the stretches of text between two characters, in order."""
        for piece in self._file.pieces[self._file.pieces_from(first) :]:
            start, stop = max(first, piece.first), min(end, piece.end)
            if start >= end:
                return
            while start < stop:
                codes, until = self._characters.until(self._file.place(start))
                length = max((until - self._file.place(start)) // piece.width, 1)
                yield start, min(start + length, stop), self._looked(codes, self._style_look(style))
                start += length

    def look(self, character: int) -> Look:
        return self._looked(self._characters.at(self._file.place(character)), Look())

    def _style_shape(self, style: int, depth: int = 0) -> Shape:
        if style not in self._shapes:
            base, shape, _ = self._styles.get(style, (0xFFF, b"", b""))
            above = (
                self._style_shape(base, depth + 1) if base in self._styles and depth < _DEEPEST else Shape()
            )
            self._shapes[style] = self._shaped(shape, above)
        return self._shapes[style]

    def _style_look(self, style: int, depth: int = 0) -> Look:
        if style not in self._looks:
            base, _, look = self._styles.get(style, (0xFFF, b"", b""))
            above = self._style_look(base, depth + 1) if base in self._styles and depth < _DEEPEST else Look()
            self._looks[style] = self._looked(look, above)
        return self._looks[style]

    def _shaped(self, codes: bytes, shape: Shape) -> Shape:
        for word, value in instructions(codes):
            on = bool(value[:1] and value[0])
            if word == 0x2416:
                shape = replace(shape, in_table=on)
            elif word == 0x2417:
                shape = replace(shape, ends_row=on)
            elif word == 0x2407:
                shape = replace(shape, new_page=on)
            elif word == 0x460B:
                shape = replace(shape, list_number=struct.unpack("<h", value)[0])
            elif word == 0x260A:
                shape = replace(shape, list_level=value[0])
            elif word == _TABLE_ROW:
                edges, continues = _row(value)
                shape = replace(shape, edges=edges, continues=continues)
            elif word in _HUGE:
                at = struct.unpack("<I", value)[0]
                length = int.from_bytes(self._file.data[at : at + 2], "little")
                inner = self._file.data[at + 2 : at + 2 + length]
                if all(found not in _HUGE for found, _ in instructions(inner)):
                    shape = self._shaped(inner, shape)
        return shape

    def _looked(self, codes: bytes, look: Look) -> Look:
        for word, value in instructions(codes):
            if word == 0x4A4F:
                look = replace(look, font=struct.unpack("<H", value)[0])
            elif word == 0x083C:
                look = replace(look, hidden=_toggled(value[0], look.hidden))
            elif word == 0x0800:
                look = replace(look, deleted=bool(value[0]))
            elif word == 0x083B:
                look = replace(look, capitals=_toggled(value[0], look.capitals))
            elif word == 0x0855:
                look = replace(look, special=bool(value[0]))
            elif word == 0x6A09:
                look = replace(look, symbol=struct.unpack("<HH", value))
            elif word == 0x4A30:
                own = self._style_look(struct.unpack("<H", value)[0])
                look = replace(look, font=max(own.font, look.font) if own.font < 0 else own.font)
                look = replace(look, hidden=look.hidden or own.hidden)
        return look


class _Runs:
    """The pages that say which stretch of the file has which instructions ([MS-DOC] 2.9.33 and 2.9.175)."""

    def __init__(self, file: DocFile, number: int, size: int) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._codes: list[bytes] = []
        _, pages = plc(file.part(number), 4)
        for entry in pages[: len(file.main) // _PAGE + 1]:
            at = (struct.unpack("<I", entry)[0] & 0x3FFFFF) * _PAGE
            page = file.main[at : at + _PAGE]
            if len(page) == _PAGE:
                self._load(page, size)
        order = sorted(range(len(self._starts)), key=self._starts.__getitem__)
        self._starts = [self._starts[i] for i in order]
        self._ends = [self._ends[i] for i in order]
        self._codes = [self._codes[i] for i in order]

    def _load(self, page: bytes, size: int) -> None:
        count = page[_PAGE - 1]
        start = 4 * (count + 1)
        if start + size * count > _PAGE:
            return
        places = struct.unpack_from(f"<{count + 1}I", page)
        for i in range(count):
            at = page[start + size * i] * 2
            self._starts.append(places[i])
            self._ends.append(places[i + 1])
            self._codes.append(_instructions_at(page, at, wide=size > 1) if at else b"")

    def at(self, place: int) -> bytes:
        return self.until(place)[0]

    def until(self, place: int) -> tuple[bytes, int]:
        """The instructions for this place, and the place where they end."""
        i = bisect_right(self._starts, place) - 1
        if i >= 0 and place < self._ends[i]:
            return self._codes[i], self._ends[i]
        return b"", self._starts[i + 1] if i + 1 < len(self._starts) else place + (1 << 30)


def _instructions_at(page: bytes, at: int, *, wide: bool) -> bytes:
    length = page[at]
    if not wide:
        return page[at + 1 : at + 1 + length]
    if length:
        return page[at + 1 : at + 2 * length]
    return page[at + 2 : at + 2 + 2 * page[at + 1]] if at + 1 < len(page) else b""


def instructions(codes: bytes) -> Iterator[tuple[int, bytes]]:
    """(instruction, its operand), as far as they are whole ([MS-DOC] 2.2.5.1)."""
    at = 0
    while at + 2 <= len(codes):
        word = int.from_bytes(codes[at : at + 2], "little")
        at += 2
        size = _SIZES.get(word >> 13)
        if size is None:
            if word == _TABLE_ROW:
                size, skip = int.from_bytes(codes[at : at + 2], "little") - 1, 2
            elif word == _TABS and codes[at : at + 1] == b"\xff":
                return
            else:
                size, skip = codes[at] if at < len(codes) else 0, 1
            at += skip
        value = codes[at : at + size]
        if size <= 0 or len(value) < size:
            return
        yield word, value
        at += size


def _toggled(value: int, by_style: bool) -> bool:
    return by_style if value == 0x80 else not by_style if value == 0x81 else bool(value)


def _row(value: bytes) -> tuple[tuple[int, ...], frozenset[int]]:
    """The right edges of the cells of a row, and the cells merged with the one above."""
    count = value[0]
    if len(value) < 1 + 2 * (count + 1):
        return (), frozenset()
    edges = struct.unpack_from(f"<{count + 1}h", value, 1)[1:]
    start = 1 + 2 * (count + 1)
    flags = [int.from_bytes(value[start + 20 * i : start + 20 * i + 2], "little") for i in range(count)]
    return edges, frozenset(i for i, flag in enumerate(flags) if flag & 0x20 and not flag & 0x40)


def _fonts(table: bytes) -> list[str]:
    """The names of the fonts by number ([MS-DOC] 2.9.286)."""
    names: list[str] = []
    at = 4
    while at < len(table) and len(names) < 5_000:
        length = table[at]
        name = table[at + 40 : at + 1 + length].decode("utf-16-le", "replace")
        names.append(name.split("\0", 1)[0])
        at += 1 + length
    return names


def _styles(table: bytes) -> dict[int, tuple[int, bytes, bytes]]:
    """Of each style: the one it is based on, its instructions for paragraphs and for characters."""
    found: dict[int, tuple[int, bytes, bytes]] = {}
    if len(table) < 6:
        return found
    head, count, fixed = struct.unpack_from("<HHH", table)
    at = 2 + head
    for number in range(min(count, 4_095)):
        if at + 2 > len(table):
            break
        length = struct.unpack_from("<H", table, at)[0]
        style = table[at + 2 : at + 2 + length]
        at += 2 + length + length % 2
        if len(style) > fixed + 2:
            found[number] = _style(style, fixed)
    return found


def _style(style: bytes, fixed: int) -> tuple[int, bytes, bytes]:
    kind, base = style[2] & 0xF, int.from_bytes(style[2:4], "little") >> 4
    at = fixed + 2 + 2 * (int.from_bytes(style[fixed : fixed + 2], "little") + 1)
    parts: list[bytes] = []
    while at + 2 <= len(style) and len(parts) < 2:
        length = int.from_bytes(style[at : at + 2], "little")
        parts.append(style[at + 2 : at + 2 + length])
        at += 2 + length + length % 2
    if kind == 1 and parts:
        return base, parts[0][2:], parts[1] if len(parts) > 1 else b""
    return base, b"", parts[0] if kind == 2 and parts else b""
