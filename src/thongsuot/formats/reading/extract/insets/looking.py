"""The child's side: looks for stamps of State secrecy on the pictures inside a file, and reads a scan among them."""

import io
import json
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from thongsuot.formats.reading.errors import NoOcr, ReadingError, TooLarge
from thongsuot.formats.reading.extract import ocr, scans
from thongsuot.formats.reading.extract.insets.gathered import Inset
from thongsuot.formats.reading.extract.page.assembly import text_of
from thongsuot.formats.reading.extract.page.sheet import Sheet
from thongsuot.formats.reading.extract.pictures import A4_INCHES, DAMAGED, MAX_BYTES, on_white, prepared
from thongsuot.formats.reading.extract.raw import Progress

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "DIB", "TIFF", "WEBP")
SECONDS = 20.0  # for all pictures beside a text: somebody may be waiting
DOTS = 200  # per inch, to which a picture is brought
LARGEST = 4.0  # times: more adds nothing to a coarse picture
SMALL = 1_200  # dots on the long side
MOST_DOTS = 12_000_000  # of a picture brought to that
UNTOLD = 96  # dots per inch of a picture that does not say
WIDEST = 6.5  # inches between the margins of a page
COARSE = 12, 30  # dots on the short and the long side: a smaller picture holds no word that can be read
PAGE = 0.45  # of A4, 0.3 in a file with hardly a letter; a picture as large may be a page
PAGE_OF_A_SCAN = 0.3
A4 = 8.27 * A4_INCHES
TALL = 1.15  # times as high as wide; a photograph that lies is no page
LETTERHEAD = 3.0  # inches across: words beside each other have room on it
HEAD_LINES, FOOT_LINES = 15, 3  # of a page beside a text: where stamps stand


@dataclass(slots=True)
class _Seen:
    apart: list[str] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    unseen: bool = False


def looked_at(question: bytes, progress: Progress) -> dict[str, Any]:
    """What is stamped on the pictures; the words of those that are pages of a scan."""
    head, _, contents = question.partition(b"\n")
    told = json.loads(head)
    is_scan, insets = bool(told["is_scan"]), list(_parted(told["pictures"], contents))
    can_recognise = ocr.can_recognise()
    seen, until = _Seen(), time.monotonic() + SECONDS
    for done, inset in enumerate(insets, start=1):
        if not can_recognise:
            seen.unseen = True
            if is_scan and _is_a_page(inset):
                raise NoOcr("a scan inside a file")
        elif not seen.sheets and time.monotonic() > until:
            seen.unseen = True
            break
        else:
            _look(inset, seen, is_scan=is_scan)
        progress(done, len(insets))
    return _said(seen)


def _said(seen: _Seen) -> dict[str, Any]:
    text, apart = text_of(seen.sheets) if seen.sheets else ("", "")
    notices = [[scans.RECOGNISED.code, scans.RECOGNISED.message]] if text else []
    said = "\n".join([*seen.apart, apart])
    return {"text": text, "apart": said, "unseen": seen.unseen, "warnings": notices}


def _parted(sizes: list[tuple[int, float, float]], contents: bytes) -> Iterator[Inset]:
    at = 0
    for length, wide, tall in sizes:
        yield Inset(contents[at : at + length], (wide, tall))
        at += length


def _look(inset: Inset, seen: _Seen, *, is_scan: bool) -> None:
    try:
        # The decoders warn of every odd entry of a damaged file: nobody is there to read it.
        with warnings.catch_warnings(action="ignore"), _opened(inset) as picture:
            if getattr(picture, "n_frames", 1) > 1 and picture.format == "TIFF":
                seen.unseen = True  # its other pages
            if picture.width * picture.height * len(picture.getbands()) > MAX_BYTES:
                raise TooLarge("picture")
            if min(picture.size) < COARSE[0] or max(picture.size) < COARSE[1]:
                return
            inches = inset.inches if all(inset.inches) else _guessed(picture.size)
            if not _may_be_a_page(*inches, is_scan=is_scan):
                seen.apart += _marks_in(*_brought_to_size(picture, *inches), inches[0])
                return
            page = prepared(picture)
        dots = round(max(page.size) / A4_INCHES)
        if is_scan:
            seen.sheets.append(scans.sheet_from(page, dots, seen.sheets[-1] if seen.sheets else None))
        else:
            seen.apart += [*ocr.stamps_on(page, dots), *ocr.capitals_on(page, dots, HEAD_LINES, FOOT_LINES)]
    except (*DAMAGED, ReadingError, Image.DecompressionBombError):
        seen.unseen = True


def _marks_in(picture: Image.Image, dots: int, wide: float) -> list[str]:
    found = ocr.stamp_in(picture, dots)
    return found if found or wide < LETTERHEAD else ocr.capitals_on(picture, dots, HEAD_LINES, FOOT_LINES)


def _opened(inset: Inset) -> Image.Image:
    return Image.open(io.BytesIO(inset.content), formats=FORMATS)


def _is_a_page(inset: Inset) -> bool:
    """Asked of the head of the file only: nothing is unpacked."""
    try:
        with warnings.catch_warnings(action="ignore"), _opened(inset) as picture:
            inches = inset.inches if all(inset.inches) else _guessed(picture.size)
            return _may_be_a_page(*inches, is_scan=True)
    except (*DAMAGED, Image.DecompressionBombError):
        return False


def _may_be_a_page(wide: float, tall: float, *, is_scan: bool) -> bool:
    return wide * tall >= (PAGE_OF_A_SCAN if is_scan else PAGE) * A4 and (is_scan or tall >= TALL * wide)


def _guessed(dots: tuple[int, int]) -> tuple[float, float]:
    wide, tall = (side / UNTOLD for side in dots)
    smaller = min(1.0, WIDEST / wide, A4_INCHES / tall)
    return wide * smaller, tall * smaller


def _brought_to_size(picture: Image.Image, wide: float, tall: float) -> tuple[Image.Image, int]:
    """With as many dots to the inch as the recogniser likes where it is shown; how many these are."""
    factor = min(DOTS * max(wide / picture.width, tall / picture.height), LARGEST)
    if max(picture.size) <= SMALL:
        factor = max(factor, 1.0)  # shown smaller than it is
    factor = min(factor, (MOST_DOTS / (picture.width * picture.height)) ** 0.5)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    picture.draft(None, size)  # a JPEG can be unpacked smaller at once
    return on_white(picture).convert("RGB").resize(size), round(max(size[0] / wide, size[1] / tall))
