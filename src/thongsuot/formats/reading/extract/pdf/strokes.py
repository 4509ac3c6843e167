"""What is drawn on a page: straight strokes for tables, and how much of the page pictures cover."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from thongsuot.formats.reading.extract.page.grid import MAX_RULES, Rule
from thongsuot.formats.reading.extract.pdf.glyphs import Turned

THIN = 3.0
SHORT = 4.0
MAX_OBJECTS = 30_000
MAX_SEGMENTS = 2_000
STAMP = 8.0, 330.0  # points; the sides of a picture that may be a stamp
MAX_STAMPS = 12
_PATH, _IMAGE, _FORM = 2, 3, 5

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """``pictures``: the share of the page under pictures, 0 to 1; a form may hide one, so it counts as well.

    ``stamps`` are the boxes of the pictures that are of a stamp's size, in points from the top left.
    """

    rules: list[Rule]
    pictures: float
    shapes: int = 0
    stamps: tuple[Box, ...] = ()


def drawn_on(page: Any, place: Turned) -> Drawn:
    """``page`` is PDFium's handle."""
    rules: list[Rule] = []
    pictures, shapes = 0.0, 0
    stamps: list[Box] = []
    whole = max(place.width * place.height, 1.0)
    for i in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page, i)
        kind = pdfium.FPDFPageObj_GetType(thing)
        shapes += kind == _PATH
        if kind == _PATH and len(rules) <= MAX_RULES:
            rules += _rules(thing, place)
        elif kind in (_IMAGE, _FORM):
            x0, y0, x1, y1 = place.box(*_bounds(thing))
            wide, tall = place.size
            pictures += max(0.0, min(x1, wide) - max(x0, 0)) * max(0.0, min(y1, tall) - max(y0, 0)) / whole
            if kind == _IMAGE and STAMP[0] <= min(x1 - x0, y1 - y0) and max(x1 - x0, y1 - y0) <= STAMP[1]:
                stamps.append((x0, y0, x1, y1))
    return Drawn(rules, min(pictures, 1.0), shapes, tuple(stamps[:MAX_STAMPS]))


def _bounds(thing: Any) -> Box:
    values = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(thing, *values):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (value.value for value in values)
    return left, bottom, right, top


def _rules(path: Any, place: Turned) -> Iterator[Rule]:
    segments = pdfium.FPDFPath_CountSegments(path)
    boxes = _segments(path, min(segments, MAX_SEGMENTS)) if segments > 5 else iter([_bounds(path)])
    for left, bottom, right, top in boxes:
        yield from _sides(place.box(left, bottom, right, top))


def _segments(path: Any, count: int) -> Iterator[Box]:
    """The straight pieces of a path that draws many cells at once, in the coordinates of the page."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    before = start = (0.0, 0.0)
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield _box(before, here)
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield _box(here, start)
        before = here


def _box(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _sides(box: Box) -> Iterator[Rule]:
    """A thin box is a rule; a larger one is a cell with a background or a border: its four sides."""
    x0, top, x1, bottom = box
    wide, tall = x1 - x0, bottom - top
    if tall <= THIN:
        if wide >= SHORT:
            yield Rule(True, (top + bottom) / 2, x0, x1)
    elif wide <= THIN:
        if tall >= SHORT:
            yield Rule(False, (x0 + x1) / 2, top, bottom)
    else:
        yield Rule(True, top, x0, x1)
        yield Rule(True, bottom, x0, x1)
        yield Rule(False, x0, top, bottom)
        yield Rule(False, x1, top, bottom)
