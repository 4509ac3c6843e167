"""A PDF page by page: PDFium gives letters and strokes; pages without letters are left to be recognised."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from thongsuot.formats.reading.errors import Broken, Encrypted, TooLarge
from thongsuot.formats.reading.extract.page.sheet import Sheet, sheet_of
from thongsuot.formats.reading.extract.pdf.glyphs import Letters, Turned, letters_of
from thongsuot.formats.reading.extract.pdf.pinned import comments_on, drawn_over
from thongsuot.formats.reading.extract.pdf.strokes import Box, Drawn, drawn_on

MAX_PAGES = 2_000
MAX_LETTERS = 12_000_000  # in all; 2,000 dense pages
MIN_LETTERS = (
    40  # fewer on a page under a picture means: a scan, perhaps with the stamp of a digital signature
)
PICTURE = 0.3  # of the page
OUTLINES = 300  # drawn shapes on a page without letters: a printer driver has drawn them
MAX_SIDE = 14_400.0  # points, the format's own limit
DOTS = 200  # per inch: what the recogniser reads best for its time
MAX_DOTS = 25_000_000  # of one picture of a page


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its text, or ``is_silent``: a picture that has to be recognised.

    ``is_scan``: a picture fills it, whether or not somebody has recognised its letters before.
    """

    sheet: Sheet
    is_silent: bool
    is_scan: bool
    stamps: tuple[Box, ...] = ()  # where pictures of a stamp's size are


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The document, or a refusal; whatever PDFium objects to later is a damaged file too."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise Encrypted("PDF") from error
        raise Broken("PDF") from error
    try:
        pdf.init_forms()  # or fields do not tell their values
        if len(pdf) > MAX_PAGES:
            raise TooLarge(f"{len(pdf)} pages")
        if not len(pdf):
            raise Broken("no pages")
        yield pdf
    except pypdfium2.PdfiumError as error:
        raise Broken("PDF page") from error
    finally:
        pdf.close()


def pages_of(pdf: Any) -> Iterator[Page]:
    """Every page once, one in memory at a time."""
    letters = 0
    before: Sheet | None = None
    for number in range(len(pdf)):
        with closing(pdf[number]) as page:
            found = _letters(page)
            drawn = drawn_on(page.raw, found.place)
            comments = comments_on(page)
            if comments is not None:
                pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
        letters += sum(len(word.text) for word in found.words)
        if letters > MAX_LETTERS:
            raise TooLarge("letters")
        sheet = sheet_of(found.words, drawn.rules, *found.place.size, before)
        before = sheet
        sheet.apart.append(found.slanted)
        if comments is not None:
            with closing(pdf[number]) as page:
                sheet.apart += [*comments, *drawn_over(found, _letters(page))]
        yield Page(sheet, _is_silent(sheet, drawn), drawn.pictures >= PICTURE, drawn.stamps)


def has_silent_page(pdf: Any, numbers: Iterable[int]) -> bool:
    """Whether one of these pages has to be recognised; letters are asked for only under pictures."""
    for number in numbers:
        with closing(pdf[number]) as page:
            left, bottom, right, top = page.get_bbox()
            drawn = drawn_on(page.raw, Turned(0, right - left, top - bottom, left, bottom))
            if not _is_drawn(drawn):
                continue
            found = _letters(page)
        if _is_silent(sheet_of(found.words, drawn.rules, *found.place.size, None), drawn):
            return True
    return False


def _letters(page: Any) -> Letters:
    box = page.get_bbox()
    if box[2] - box[0] > MAX_SIDE or box[3] - box[1] > MAX_SIDE:
        raise TooLarge("size of a page")
    with closing(page.get_textpage()) as text_page:
        return letters_of(text_page.raw, box)


def _is_silent(sheet: Sheet, drawn: Drawn) -> bool:
    return sheet.letters < MIN_LETTERS and _is_drawn(drawn)


def _is_drawn(drawn: Drawn) -> bool:
    return drawn.pictures >= PICTURE or drawn.shapes >= OUTLINES


def picture_of(pdf: Any, number: int) -> tuple[Image.Image, int]:
    """The page in colours, without what is pinned to it (a signature's stamp hides words), and its dots per inch."""
    with closing(pdf[number]) as page:
        wide, tall = page.get_size()
        dots = DOTS
        while dots > 50 and wide * tall * (dots / 72) ** 2 > MAX_DOTS:
            dots //= 2
        with closing(page.render(scale=dots / 72, draw_annots=False, may_draw_forms=False)) as bitmap:
            return bitmap.to_pil().convert("RGB"), dots
