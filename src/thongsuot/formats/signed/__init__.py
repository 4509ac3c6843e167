"""Sheets that people sign on paper: what is printed on them, and what a photograph or a scan of them says."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from thongsuot.formats.reading.extract.confined import ask

PATIENCE = 30.0  # seconds for one page
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
class SignedFile:
    pages: list[SignedPage] = field(default_factory=list)
    silent: list[int] = field(default_factory=list)  # pictures on which no sheet was found, from 1


def read_signed(data: bytes) -> SignedFile:
    """What a photograph (JPEG, PNG, WebP, TIFF) or scan (PDF) says; raises a ReadingError. Nothing touches the disk."""
    said = ask("signed", data, lambda _done, _pages: None, PATIENCE)
    return SignedFile([_page(one) for one in said["pages"]], said["silent"])


def _page(said: dict[str, Any]) -> SignedPage:
    return SignedPage(
        sheet=said["sheet"],
        page=said["page"],
        version=said["version"],
        picture=said["picture"],
        ink=tuple((whole, middle) for whole, middle in said["ink"]),
        strip=base64.b64decode(said["strip"]),
    )
