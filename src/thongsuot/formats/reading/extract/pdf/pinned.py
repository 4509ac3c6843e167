"""Comments, drawn stamps and filled fields of a page: not part of the paper's text, but a secrecy stamp may be one."""

import ctypes
from collections import Counter
from typing import Any

import pypdfium2.raw as pdfium

from thongsuot.formats.reading.extract.page.words import Word, lines_of
from thongsuot.formats.reading.extract.pdf.glyphs import Letters

MOST = 200
MOST_LETTERS = 500
_NOT_SHOWN = {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP}


def comments_on(page: Any) -> list[str] | None:
    """What the annotations of a page say of themselves; None where there are none that are shown."""
    said: list[str] = []
    shown = False
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, i)
        if not annotation:
            continue
        try:
            if pdfium.FPDFAnnot_GetSubtype(annotation) not in _NOT_SHOWN:
                shown = True
                said.append(_contents(annotation))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return [text for text in said if text] if shown else None


def drawn_over(printed: Letters, everything: Letters) -> list[str]:
    """The lines that are there only when the annotations are drawn into the page."""
    known = Counter(_place(word) for word in printed.words)
    added = []
    for word in everything.words:
        if known[_place(word)]:
            known[_place(word)] -= 1
        else:
            added.append(word)
    return [line.text for line in lines_of(added)][:MOST]


def _place(word: Word) -> tuple[str, int, int]:
    return word.text, round(word.x0), round(word.top)


def _contents(annotation: Any) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    if not 2 < size <= 2 * MOST_LETTERS:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)
    return bytes(buffer).decode("utf-16-le", "ignore").strip("\0").strip()
