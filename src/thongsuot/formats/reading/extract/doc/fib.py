"""The container of a Word 97-2003 file and where things are in it ([MS-DOC] 2.3, 2.5, 2.9.38)."""

import io
import struct
from bisect import bisect_right
from dataclasses import dataclass

import olefile

from thongsuot.formats.reading.errors import Broken, Encrypted, NotSupported, TooLarge

WORD = 0xA5EC
FIRST_WITH_UNICODE = 0xC1  # Word 97; older ones keep their text in another way
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_LENGTHS, _PLACES = 0x4C, 0x9A
MOST_PIECES = 200_000
MOST_CHARACTERS = 10_000_000  # of 2,000 pages there are about six million
# Numbers of the (place, length) pairs in the head of the file.
STYLES, NOTE_REFS, NOTE_TEXTS, HEADERS, CHARACTERS, PARAGRAPHS, FONTS = 1, 2, 3, 11, 12, 13, 15
PIECES, SHAPES, END_REFS, END_TEXTS, DRAWINGS, BOX_TEXTS, LISTS, OVERRIDES = 33, 40, 46, 47, 50, 56, 73, 74


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``first`` to ``end`` of the text lie at ``place`` of the file, ``width`` bytes each."""

    first: int
    end: int
    place: int
    width: int


class DocFile:
    """The streams of a file, its text as one string, and the way from a character to its place."""

    def __init__(self, data: bytes) -> None:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            self.main = _stream(ole, "WordDocument")
            if len(self.main) < _PLACES + 8 or self._u16(0) != WORD:
                raise Broken("head")
            flags = self._u16(0x0A)
            if flags & _ENCRYPTED:
                raise Encrypted("Word 97-2003")
            if self._u16(2) < FIRST_WITH_UNICODE:
                raise NotSupported("Word 6 or 95")
            self.table = _stream(ole, "1Table" if flags & _SECOND_TABLE else "0Table")
            self.data = _stream(ole, "Data") if ole.exists("Data") else b""
        body, notes, headers, _macros, remarks, endnotes, boxes = struct.unpack_from(
            "<7i", self.main, _LENGTHS
        )
        # Where each part of the text begins; the parts lie one behind the other.
        self.notes_at = body
        self.headers_at = body + notes
        self.remarks_at = self.headers_at + headers
        self.endnotes_at = self.remarks_at + remarks
        self.boxes_at = self.endnotes_at + endnotes
        self.end = self.boxes_at + boxes
        if min(body, notes, headers, remarks, endnotes, boxes) < 0 or self.end > MOST_CHARACTERS:
            raise Broken("lengths")
        self.pieces = self._pieces()
        self._starts = [piece.first for piece in self.pieces]
        self.text = self._text()

    def part(self, number: int) -> bytes:
        """What one of the numbered pairs points to in the table stream."""
        at = _PLACES + 8 * number
        if at + 8 > len(self.main):
            return b""
        place, length = struct.unpack_from("<ii", self.main, at)
        return self.table[place : place + length] if place >= 0 and length > 0 else b""

    def place_of(self, number: int) -> tuple[int, int]:
        place, length = struct.unpack_from("<ii", self.main, _PLACES + 8 * number)
        return place, length

    def place(self, character: int) -> int:
        """The place in the main stream where a character lies."""
        piece = self.pieces[self.pieces_from(character)]
        return piece.place + (character - piece.first) * piece.width

    def pieces_from(self, character: int) -> int:
        """The number of the piece that holds a character."""
        return max(bisect_right(self._starts, character) - 1, 0)

    def _u16(self, at: int) -> int:
        return int(struct.unpack_from("<H", self.main, at)[0])

    def _pieces(self) -> list[Piece]:
        table = self.part(PIECES)
        at = 0
        while at < len(table) and table[at] == 1:  # formatting of whole pieces: nothing about words
            at += 3 + struct.unpack_from("<H", table, at + 1)[0]
        if at + 5 > len(table) or table[at] != 2:
            raise Broken("pieces")
        bounds, entries = plc(table[at + 5 : at + 5 + struct.unpack_from("<I", table, at + 1)[0]], 8)
        if len(entries) > MOST_PIECES:
            raise TooLarge("pieces")
        found = []
        for i, entry in enumerate(entries):
            place = struct.unpack_from("<I", entry, 2)[0]
            narrow = bool(place & 0x40000000)
            place &= 0x3FFFFFFF
            found.append(Piece(bounds[i], bounds[i + 1], place // 2 if narrow else place, 1 if narrow else 2))
        return found

    def _text(self) -> str:
        words, at = [], 0
        for piece in self.pieces:
            if piece.first != at or piece.end < piece.first or piece.end > MOST_CHARACTERS:
                raise Broken("order of pieces")
            length = (piece.end - piece.first) * piece.width
            codes = self.main[piece.place : piece.place + length]
            if len(codes) < length:
                raise Broken("truncated")
            words.append(codes.decode("utf-16-le", "surrogatepass") if piece.width == 2 else _narrow(codes))
            at = piece.end
        return "".join(words)


def plc(table: bytes, size: int) -> tuple[list[int], list[bytes]]:
    """A table of n+1 positions and n entries of ``size`` bytes ([MS-DOC] 2.2.2)."""
    count = max((len(table) - 4) // (4 + size), 0)
    if not count and len(table) < 4:
        return [], []
    positions = list(struct.unpack_from(f"<{count + 1}i", table))
    start = 4 * (count + 1)
    return positions, [table[start + size * i : start + size * (i + 1)] for i in range(count)]


def _narrow(codes: bytes) -> str:
    """Bytes in Windows-1252; what that page leaves empty stays as it is, old fonts have letters there."""
    return (
        codes.decode("cp1252", "replace") if not _EMPTY.intersection(codes) else "".join(map(_letter, codes))
    )


_EMPTY = {0x81, 0x8D, 0x8F, 0x90, 0x9D}


def _letter(code: int) -> str:
    return chr(code) if code in _EMPTY else bytes([code]).decode("cp1252")


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    if not ole.exists(name):
        raise Broken(f"no {name}")
    content: bytes = ole.openstream(name).read()
    return content
