"""PDF: the text layer where there is one, recognition of the page's picture where there is none."""

import copy
import itertools
from typing import Any

from thongsuot.formats.reading.errors import NoOcr, ScanWithoutText, TooLarge
from thongsuot.formats.reading.extract import ocr, scans
from thongsuot.formats.reading.extract.insets.gathered import NOT_LOOKED_AT
from thongsuot.formats.reading.extract.legibility import is_garbage
from thongsuot.formats.reading.extract.page.assembly import text_of
from thongsuot.formats.reading.extract.page.sheet import Sheet
from thongsuot.formats.reading.extract.pdf.document import has_silent_page, opened, pages_of, picture_of
from thongsuot.formats.reading.extract.pdf.strokes import Box
from thongsuot.formats.reading.extract.raw import Progress, Raw
from thongsuot.formats.reading.model import Notice

__all__ = ["effort_of_pdf", "pdf_text"]
SAMPLE = 4  # pages; illegible letters show themselves on the first ones
FEW_STAMPS = 2  # pictures of a stamp's size on the first pages: looked at in about a second
LOOKED_AT = 80  # pages: a file of more takes long in any case
MOST_PICTURES = 12  # of a file with text that are looked at for a stamp


def pdf_text(data: bytes, progress: Progress) -> Raw:
    """The text in reading order; raises a ReadingError for what cannot be read."""
    with opened(data) as pdf:
        sheets: list[Sheet] = []
        silent: list[int] = []
        small: list[tuple[int, Box]] = []
        for number, page in enumerate(pages_of(pdf)):
            sheets.append(page.sheet)
            if page.is_silent:
                silent.append(number)
            elif page.is_scan and not number:
                page.sheet.apart += _stamps_on_the_first(data)
            else:
                small += ((number, box) for box in page.stamps)
            progress(len(sheets) - len(silent), len(pdf))
    if not silent and _is_illegible(sheets) and len(sheets) <= ocr.MAX_PAGES and ocr.can_recognise():
        # Its fonts lie about their letters; what is drawn with them does not.
        silent = list(range(len(sheets)))
    # Opened anew: looking for stamps has drawn them into the pages.
    warnings = _recognise(data, sheets, silent, progress) if silent else []
    warnings += _look_at(data, sheets, [(n, box) for n, box in small if n not in silent])
    text, apart = text_of(sheets)
    return Raw(text, warnings, apart)


def _stamps_on_the_first(data: bytes) -> list[str]:
    """Who recognised the letters of a scan before may have left out its stamps; the first page is the one stamped."""
    if not ocr.can_recognise():
        return []
    with opened(data) as pdf:
        return ocr.stamps_on(*picture_of(pdf, 0))


def _look_at(data: bytes, sheets: list[Sheet], small: list[tuple[int, Box]]) -> list[Notice]:
    """Pictures beside the text: a stamp may be one."""
    if not small:
        return []
    if not ocr.can_recognise():
        return [NOT_LOOKED_AT]
    with opened(data) as pdf:
        for number, boxes in itertools.groupby(small[:MOST_PICTURES], key=lambda place: place[0]):
            page, dots = picture_of(pdf, number)
            for _number, (x0, top, x1, bottom) in boxes:
                cut = page.crop((x0 * dots / 72, top * dots / 72, x1 * dots / 72, bottom * dots / 72))
                sheets[number].apart += ocr.stamp_in(cut, dots)
    return []


def _is_illegible(sheets: list[Sheet]) -> bool:
    """Asked of the first pages, after the old encodings, which only look illegible."""
    text, _apart = text_of(copy.deepcopy(sheets[:SAMPLE]))
    if not is_garbage(text):
        return False
    from thongsuot.formats.reading.extract.plain import from_legacy  # loads slowly and is seldom asked

    return is_garbage(from_legacy(text)[0])


def _recognise(data: bytes, sheets: list[Sheet], silent: list[int], progress: Progress) -> list[Notice]:
    """Put recognised pages in the place of the silent ones, or say why not."""
    if not ocr.can_recognise():
        # A stamp of secrecy stands on the first page: unseen, the paper must not come in.
        if 0 in silent or len(silent) * 2 > len(sheets):
            raise NoOcr(f"{len(silent)} of {len(sheets)} pages")
        return [
            Notice("pages_without_text", f"{len(silent)} pages are images without text and were not read.")
        ]
    if len(silent) > ocr.MAX_PAGES:
        raise TooLarge(f"{len(silent)} pages to recognise")
    read = len(sheets) - len(silent)
    found = 0
    with opened(data) as pdf:
        for done, number in enumerate(silent, start=1):
            apart = sheets[number].apart
            sheets[number] = scans.sheet_from(
                *picture_of(pdf, number), sheets[number - 1] if number else None
            )
            sheets[number].apart += apart
            found += sheets[number].letters
            progress(read + done, len(sheets))
    if not found and not read:
        raise ScanWithoutText("nothing recognised")
    return [scans.RECOGNISED]


def effort_of_pdf(data: bytes) -> dict[str, Any]:
    """The number of pages, and whether letters must be recognised: on one page, or because the text is illegible.

    "insets": whether stamps have to be looked for, on the picture of the first page or on several small ones.
    """
    with opened(data) as pdf:
        first = list(itertools.islice(pages_of(pdf), SAMPLE))
        pictures = (
            any(page.is_silent for page in first)
            or _is_illegible([page.sheet for page in first])
            or has_silent_page(pdf, range(SAMPLE, min(len(pdf), LOOKED_AT)))
        )
        small = sum(len(page.stamps) for page in first)
        insets = not pictures and (first[0].is_scan or small > FEW_STAMPS)
        return {"pages": len(pdf), "pictures": pictures, "insets": insets}
