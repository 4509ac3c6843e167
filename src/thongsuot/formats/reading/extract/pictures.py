"""Photographs and scans of paper: PNG, JPEG and TIFF, also with many pages."""

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, UnidentifiedImageError

from thongsuot.formats.reading.errors import Broken, NoOcr, ScanWithoutText, TooLarge
from thongsuot.formats.reading.extract import ocr, scans
from thongsuot.formats.reading.extract.page.assembly import text_of
from thongsuot.formats.reading.extract.page.sheet import Sheet
from thongsuot.formats.reading.extract.raw import Progress, Raw

FORMATS = ("PNG", "JPEG", "TIFF")
MAX_BYTES = 120_000_000  # of one picture unpacked: A4 in colour at 600 dots per inch has 105 million
LONG_SIDE = 3_508  # A4 at 300 dots per inch; more only takes longer
SHORT_SIDE = 1_100  # less is too coarse and is enlarged
A4_INCHES = 11.69
DAMAGED = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError)


def picture_text(data: bytes, progress: Progress) -> Raw:
    """What is written on the pictures; raises a ReadingError for what cannot be read."""
    if not ocr.can_recognise():
        raise NoOcr("picture")
    try:
        # The decoders warn of every odd entry of a damaged file: nobody is there to read it.
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(data), formats=FORMATS) as picture,
        ):
            pages = getattr(picture, "n_frames", 1)
            if pages > ocr.MAX_PAGES:
                raise TooLarge(f"{pages} pages to recognise")
            sheets: list[Sheet] = []
            for page in _pages(picture, pages):
                sheets.append(
                    scans.sheet_from(page, round(max(page.size) / A4_INCHES), sheets[-1] if sheets else None)
                )
                progress(len(sheets), pages)
    except DAMAGED as error:
        raise Broken(type(error).__name__) from error
    except Image.DecompressionBombError as error:
        raise TooLarge("picture") from error
    if not any(sheet.letters for sheet in sheets):
        raise ScanWithoutText("nothing recognised")
    text, apart = text_of(sheets)
    return Raw(text, [scans.RECOGNISED], apart)


def _pages(picture: Image.Image, pages: int) -> Iterator[Image.Image]:
    for number in range(pages):
        picture.seek(number)
        yield prepared(picture)


def prepared(picture: Image.Image) -> Image.Image:
    """The picture of a page upright, on white paper, in a size that is neither too coarse nor a waste of time."""
    wide, tall = picture.size
    if wide * tall * len(picture.getbands()) > MAX_BYTES:
        raise TooLarge(f"picture of {wide} x {tall}")
    # A JPEG of this size can be unpacked smaller at once.
    picture.draft(None, (LONG_SIDE, LONG_SIDE))
    page = ImageOps.exif_transpose(on_white(picture))
    longest = max(page.size)
    if longest > LONG_SIDE or longest < SHORT_SIDE:
        factor = (LONG_SIDE if longest > LONG_SIDE else SHORT_SIDE * 2) / longest
        page = page.resize((max(1, round(page.width * factor)), max(1, round(page.height * factor))))
    return page


def on_white(picture: Image.Image) -> Image.Image:
    """In colours or greys; transparent paper is white paper."""
    if "A" in picture.getbands() or "transparency" in picture.info:
        coloured = picture.convert("RGBA")
        white = Image.new("RGBA", coloured.size, "white")
        white.alpha_composite(coloured)
        return white.convert("RGB")
    if picture.mode in {"L", "RGB"}:
        return picture
    return picture.convert("L" if picture.mode in {"1", "I;16", "I", "F"} else "RGB")
