"""From the bytes of a file to its text, with every bound checked before the work it protects."""

from thongsuot.formats.reading.errors import EmptyFile, TooLarge, Unreadable
from thongsuot.formats.reading.extract.confined import read_confined
from thongsuot.formats.reading.extract.container import Kind, kind_of
from thongsuot.formats.reading.extract.doc import doc_text
from thongsuot.formats.reading.extract.docx import docx_text
from thongsuot.formats.reading.extract.html import html_text
from thongsuot.formats.reading.extract.insets.asking import look_at_insets
from thongsuot.formats.reading.extract.legibility import is_garbage
from thongsuot.formats.reading.extract.measure import MOST_LETTERS
from thongsuot.formats.reading.extract.odt import odt_text
from thongsuot.formats.reading.extract.plain import from_legacy, plain_text
from thongsuot.formats.reading.extract.raw import Progress
from thongsuot.formats.reading.extract.rtf import rtf_text
from thongsuot.formats.reading.extract.tidy import tidy
from thongsuot.formats.reading.model import Extracted, Notice

MAX_BYTES = 25 * 1024 * 1024

_READERS = {
    Kind.DOCX: docx_text,
    Kind.ODT: odt_text,
    Kind.RTF: rtf_text,
    Kind.DOC: doc_text,
    Kind.HTML: html_text,
    Kind.TEXT: plain_text,
}
_PAGED = {Kind.PDF: "pdf", Kind.PNG: "picture", Kind.JPEG: "picture", Kind.TIFF: "picture"}


def extract(data: bytes, filename: str = "", *, progress: Progress | None = None) -> Extracted:
    """The text, pages and media type of a file, or a ReadingError. Nothing is written anywhere.

    ``progress`` is told pages done and pages all of a file that is read page by page; what it raises ends the work.
    """
    if not data:
        raise EmptyFile
    if len(data) > MAX_BYTES:
        raise TooLarge(f"{len(data)} bytes")
    kind = kind_of(data, filename)
    paged = _PAGED.get(kind)
    progress = progress or _silently
    found = read_confined(paged, data, progress) if paged else _READERS[kind](data)
    look_at_insets(found, progress)
    raw, warnings = found.text, found.warnings
    if len(raw) > MOST_LETTERS:
        raise TooLarge("text without end")
    if kind is not Kind.TEXT:  # plain text has settled its encoding already
        raw, converted = from_legacy(raw)
        warnings += converted
    text, pages = tidy(raw)
    if not text.strip():
        raise EmptyFile("no text")
    if is_garbage(text):
        raise Unreadable
    apart, _converted = from_legacy(found.apart)
    return Extracted(text, pages, kind.value, tuple(warnings), apart=tidy(apart)[0])


def _silently(done: int, pages: int) -> None:
    """Nobody wants to know."""


__all__ = ["MAX_BYTES", "Notice", "Progress", "extract"]
