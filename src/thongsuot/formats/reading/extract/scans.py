"""Scans: pictures of pages, alone or inside a PDF, to sheets of text."""

from PIL import Image

from thongsuot.formats.reading.extract import ocr
from thongsuot.formats.reading.extract.misreadings import corrected
from thongsuot.formats.reading.extract.page.inked import rules_on
from thongsuot.formats.reading.extract.page.sheet import Sheet, sheet_of
from thongsuot.formats.reading.model import Notice

RECOGNISED = Notice("recognised", "The text was recognised from pictures: compare it with the paper.")


def sheet_from(picture: Image.Image, dots: int, before: Sheet | None = None) -> Sheet:
    """``dots`` per inch of the picture; ``before`` is the page before it."""
    found = ocr.recognise(picture, dots)
    upright = picture if found.turn is None else picture.transpose(found.turn)
    rules = rules_on(upright.convert("L"), dots)
    wide, tall = (side * 72 / dots for side in upright.size)
    sheet = sheet_of(corrected(found.words), rules, wide, tall, before)
    sheet.apart += found.doubtful
    return sheet
