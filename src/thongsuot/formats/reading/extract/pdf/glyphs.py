"""The letters of a page from PDFium, put together to words by their places and not by their order in the file.

Word processors that lack a letter in one font take it from another and write all letters of the second font after
those of the first; only the places tell that they belong together.
"""

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from thongsuot.formats.reading.errors import TooLarge
from thongsuot.formats.reading.extract.page.words import Word
from thongsuot.formats.reading.extract.pdf.joining import OVERLAP, TOUCHING, Piece, words_from

MAX_CHARACTERS = 60_000  # on a page; a dense one has 6,000
_REPLACEMENT = {0xFFFE: 0x2D, 0x2: 0x2D, 0xAD: 0xAD}  # PDFium's own mark for a hyphen at a line end
_SPACES = {0x20, 0xA0, 0x3000, 0x2002, 0x2003, 0x2009, 0x9}
_ENDS = {0xA, 0xD}
SWALLOWED = 0.1  # of the height: the least a space can be
LEVEL = 0.12  # of the height: letters whose feet differ less stand on one line
SAMPLE = 100  # letters that are asked how the page is turned
_QUARTER = math.pi / 2


@dataclass(frozen=True, slots=True)
class Letters:
    """What is written on a page. ``slanted`` is what stands at another angle: a watermark, a stamp on the margin.

    ``place``: how the text, and with it everything drawn, is turned.
    """

    words: list[Word]
    slanted: str
    place: "Turned"


def letters_of(text_page: Any, box: tuple[float, float, float, float]) -> Letters:
    """``text_page`` is PDFium's handle, ``box`` the visible part of the page (left, bottom, right, top)."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count > MAX_CHARACTERS:
        raise TooLarge(f"{count} letters on a page")
    step = max(1, count // SAMPLE)
    angles = (_turns(pdfium.FPDFText_GetCharAngle(text_page, i)) for i in range(0, count, step))
    known = Counter(angle for angle in angles if angle is not None)
    turns = known.most_common(1)[0][0] if known else 0
    left, bottom, right, top = box
    place = Turned(turns, right - left, top - bottom, left, bottom)
    pieces, slanted = _pieces(text_page, count, place)
    words = words_from(pieces)
    wide, tall = place.size
    on_paper = [w for w in words if w.x1 > 0 and w.x0 < wide and w.bottom > 0 and w.top < tall]
    return Letters(on_paper, slanted, place)


def _turns(angle: float) -> int | None:
    """0 to 3 quarter turns against the clock, None for a slant. PDFium counts with the clock."""
    quarters = round(angle / _QUARTER)
    return -quarters % 4 if abs(angle - quarters * _QUARTER) < 0.1 else None


@dataclass(frozen=True, slots=True)
class Turned:
    """From the page's own coordinates (y upwards) to those of the text as it is read (y downwards)."""

    turns: int
    width: float
    height: float
    left: float = 0.0
    bottom: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        return (self.height, self.width) if self.turns % 2 else (self.width, self.height)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """(x0, top, x1, bottom) of a box in the page's own coordinates, whose origin may be anywhere."""
        left, right = left - self.left, right - self.left
        bottom, top = bottom - self.bottom, top - self.bottom
        match self.turns:
            case 1:
                return bottom, left, top, right
            case 2:
                return self.width - right, bottom, self.width - left, top
            case 3:
                return self.height - top, self.width - right, self.height - bottom, self.width - left
            case _:
                return left, self.height - top, right, self.height - bottom


class _Pen:
    """Asks PDFium for one letter after the other; its answers land in places made once."""

    def __init__(self, text_page: Any, place: Turned) -> None:
        self.text_page, self.place = text_page, place
        self.rect, self.matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.pointers = ctypes.byref(self.rect), ctypes.byref(self.x), ctypes.byref(self.y)

    def across(self, i: int) -> tuple[float, float, float]:
        """(x0, x1, baseline) of a letter; x0 equals x1 where PDFium only guesses a space."""
        rect, x, y = self.pointers
        pdfium.FPDFText_GetLooseCharBox(self.text_page, i, rect)
        pdfium.FPDFText_GetCharOrigin(self.text_page, i, x, y)
        box, place = self.rect, self.place
        if not place.turns:  # nearly every page: no detour for each of its letters
            return box.left - place.left, box.right - place.left, place.height - self.y.value + place.bottom
        x0, _top, x1, _bottom = place.box(box.left, box.bottom, box.right, box.top)
        return x0, x1, place.box(self.x.value, self.y.value, self.x.value, self.y.value)[1]

    def size(self, i: int) -> float:
        """The height of the letter's font in points."""
        pdfium.FPDFText_GetMatrix(self.text_page, i, ctypes.byref(self.matrix))
        scale = math.hypot(self.matrix.c, self.matrix.d)
        return float(min(max(pdfium.FPDFText_GetFontSize(self.text_page, i) * scale, 1.0), 300.0))

    def stands(self, i: int) -> bool:
        """Does the letter stand as most of the page does?"""
        return _turns(pdfium.FPDFText_GetCharAngle(self.text_page, i)) == self.place.turns


def _pieces(text_page: Any, count: int, place: Turned) -> tuple[list[Piece], str]:
    """Letters that follow each other in the file and on the paper, and spaces that stand alone."""
    pieces: list[Piece] = []
    slanted: list[str] = []
    pen = _Pen(text_page, place)
    last: Piece | None = None
    guessed: tuple[float, float] | None = None
    for i, code in enumerate(_codes(text_page, count)):
        x0, x1, y = pen.across(i)
        size = last.size if last else 0.0
        if code in _SPACES or code in _ENDS:
            # PDFium guesses spaces of no width; before a run that began with a space it puts one where that began.
            is_guess = x1 - x0 <= 0.1
            guessed = (x0, y) if is_guess and last and abs(x0 - last.x1) > SWALLOWED * size else None
            if not is_guess:
                pieces.append(Piece(" ", x0, x1, y, size))
                last = None
            continue
        code = _REPLACEMENT.get(code, code)
        if guessed and abs(y - guessed[1]) < 0.1 and SWALLOWED * size < x0 - guessed[0] < 2 * size:
            pieces.append(Piece(" ", guessed[0], x0, y, size))
            last = None
        guessed = None
        if last and abs(y - last.foot) < LEVEL * size and _touches(code, (x0 - last.x1) / size):
            last.text += _letter(code)
            last.x1 = max(last.x1, x1)
        elif pen.stands(i):
            last = Piece(_letter(code), x0, x1, y, pen.size(i))
            pieces.append(last)
        else:
            slanted.append(_letter(code))
    return pieces, "".join(slanted)


def _codes(text_page: Any, count: int) -> list[int]:
    """The code of every letter: asked for at once where PDFium leaves none out, else one by one."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text_page, 0, count, buffer) == count + 1:
        return buffer[:count]
    return [pdfium.FPDFText_GetUnicode(text_page, i) for i in range(count)]


def _touches(code: int, gap: float) -> bool:
    """``gap`` in heights of the font. A tone mark of its own goes back over its letter, other letters do not."""
    return gap < TOUCHING and (gap > -OVERLAP or (gap > -1.0 and 0x300 <= code <= 0x323))


def _letter(code: int) -> str:
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
