"""Comments, drawn stamps and filled fields of a page: not part of the paper's text, but a secrecy stamp may be one."""

import ctypes
import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from typing import Any

import pypdfium2.raw as pdfium

from thongsuot.formats.reading.extract.page.words import Word, lines_of
from thongsuot.formats.reading.extract.pdf.glyphs import Letters

MOST = 1_000  # that are shown
MOST_ASKED = 3_000  # links among them
MOST_LETTERS = 5_000
_LINE_END = re.compile(r"</p\s*>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,2000}>", re.IGNORECASE)
# The one name among those every viewer draws by itself (ISO 32000-1, 12.5.6.12) that can only mean a State secret:
# "Confidential" is what companies write on their letters.
_READY_MADE = {"TopSecret": "TUYỆT MẬT"}
_NOT_SHOWN = {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP}


def comments_on(page: Any) -> list[str] | None:
    """What the annotations of a page say of themselves; None where there are none that are shown."""
    said: list[str] = []
    shown = 0
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), MOST_ASKED)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, i)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if kind not in _NOT_SHOWN:
                shown += 1
                said += _words_of(annotation, kind, page.formenv)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
        if shown >= MOST:
            break
    return [text for text in said if text] if shown else None


def _words_of(annotation: Any, kind: int, form: Any) -> list[str]:
    """Its remark, plain and formatted, the value of a field, the name of a ready-made stamp."""
    said = [_value(annotation, b"Contents")]
    formatted = _TAG.sub("", _LINE_END.sub("\n", _value(annotation, b"RC")))
    said += unescape(formatted).split("\n")
    if kind == pdfium.FPDF_ANNOT_WIDGET:
        said.append(_value(annotation, b"V"))
        said.append(_value_of_field(annotation, form) if form else "")
    if kind == pdfium.FPDF_ANNOT_STAMP:
        name = _value(annotation, b"Name")
        said.append(_READY_MADE.get(name, name))
    return [text.strip() for text in said]


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


def _value(annotation: Any, key: bytes) -> str:
    return _told(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _value_of_field(annotation: Any, form: Any) -> str:
    """The value of a field, also where only the field above it has one (ISO 32000-1, 12.7.3.1)."""
    return _told(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))


def _told(ask: Callable[[Any, int], int]) -> str:
    """The words PDFium writes into a place made for them, when asked a second time."""
    size = ask(None, 0)
    if not 2 < size <= 2 * MOST_LETTERS:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    ask(buffer, size)
    return bytes(buffer).decode("utf-16-le", "ignore").strip("\0").strip()
