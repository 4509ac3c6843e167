"""Scans: pictures of pages, alone or inside a PDF, to sheets of text."""

from PIL import Image

from thongsuot.formats.reading.extract import ocr
from thongsuot.formats.reading.extract.misreadings import corrected
from thongsuot.formats.reading.extract.page.sheet import Sheet, sheet_of
from thongsuot.formats.reading.model import Notice

RECOGNISED = Notice("recognised", "The text was recognised from pictures: compare it with the paper.")


def sheet_from(picture: Image.Image, dots: int, before: Sheet | None = None) -> Sheet:
    """``dots`` per inch of the picture; ``before`` is the page before it."""
    found = ocr.recognise(picture, dots)
    wide, tall = (side * 72 / dots for side in picture.size)
    if found.is_turned:
        wide, tall = tall, wide
    sheet = sheet_of(corrected(found.words), [], wide, tall, before)
    sheet.apart += found.doubtful
    return sheet
