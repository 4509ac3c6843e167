"""Sheets that people sign on paper: what is printed on them, and what a photograph or a scan of them says."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from thongsuot.formats.reading.extract.confined import ask

PATIENCE = 30.0  # seconds for one page
MOST_PAGES = 200
# Ten thousandths of the box. Between the two a person looks (how they were chosen: docs/performance.md).
BLANK, SIGNED = 12, 60


def verdict(ink: Sequence[int]) -> str:
    """ "signed", "blank" or "unsure": of a box with this much ink in it and in its middle."""
    if not ink:
        return "unsure"
    whole, middle = ink
    if whole <= BLANK and middle <= BLANK:
        return "blank"
    # A flourish of the row above hangs into the box and leaves its middle white.
    return "signed" if whole >= SIGNED and middle > BLANK else "unsure"


@dataclass(frozen=True, slots=True)
class SignedPage:
    """A page found in a file. Without ``ink`` its rows could not be told apart: a person looks at the paper itself."""

    sheet: int
    page: int
    version: int
    picture: int
    ink: tuple[tuple[int, int], ...] = ()
    strip: bytes = b""

    def verdict(self, line: int) -> str:
        """What is to be thought of a line of the page, counted from 0."""
        return verdict(self.ink[line] if line < len(self.ink) else ())


@dataclass(frozen=True, slots=True)
class Picture:
    """One of ``total`` pictures of a file, counted from 1, with the pages of sheets on it."""

    number: int
    total: int
    pages: tuple[SignedPage, ...]


def read_signed(
    data: bytes, each: Callable[[Picture], None], *, after: int = 0, most: int = MOST_PAGES
) -> None:
    """Give ``each`` what a photograph (JPEG, PNG, WebP, TIFF) or scan (PDF) says, as soon as a picture is read.

    ``after``: so many pictures were read before and are passed over. Raises a ReadingError; nothing touches the disk.
    """
    ask(
        "signed",
        data,
        lambda _done, _pages: None,
        PATIENCE,
        after,
        most,
        each=lambda one: each(_picture(one)),
    )


def may_have_many_pages(data: bytes) -> bool:
    """Whether it is a PDF or a TIFF; anything else is one photograph at most, and read while somebody waits."""
    return b"%PDF" in data[:1024] or data[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def _picture(said: dict[str, Any]) -> Picture:
    number = said["picture"]
    return Picture(number, said["all"], tuple(_page(one, number) for one in said["pages"]))


def _page(said: dict[str, Any], picture: int) -> SignedPage:
    return SignedPage(
        sheet=said["sheet"],
        page=said["page"],
        version=said["version"],
        picture=picture,
        ink=tuple((whole, middle) for whole, middle in said["ink"]),
        strip=base64.b64decode(said["strip"]),
    )
