"""The last step of every extraction: one Unicode form, one kind of line end, pages as offsets."""

import re

from thongsuot.formats.reading.model import Page
from thongsuot.formats.vietnamese import nfc

PAGE_BREAK = "\f"
_UNWANTED = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_SPACES = {0x00A0: " ", 0x2007: " ", 0x202F: " ", 0x000B: "\n", 0x0085: "\n", 0x2028: "\n", 0x2029: "\n"}
# Hyphens that do not break, or do not say: a number is written with the plain one.
_HYPHENS = {0x2010: "-", 0x2011: "-"}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BLANK_LINES = re.compile(r"\n{4,}")


def tidy(raw: str) -> tuple[str, tuple[Page, ...]]:
    text = nfc(raw.replace("\r\n", "\n").replace("\r", "\n").translate(_UNWANTED | _SPACES | _HYPHENS))
    text = _CONTROLS.sub("", text).translate({0x00D0: "Đ", 0x00F0: "đ"})
    parts = [_BLANK_LINES.sub("\n\n\n", _without_trailing(part)) for part in _pages_of(text)]
    pages, position, kept = [], 0, []
    for number, part in enumerate(parts, start=1):
        pages.append(Page(number=number, start=position, end=position + len(part)))
        position += len(part)
        kept.append(part)
    return "".join(kept), tuple(pages)


def _pages_of(text: str) -> list[str]:
    """A page may end inside a sentence; the space there goes over to the next page, where it stays."""
    parts = text.split(PAGE_BREAK)
    for i, part in enumerate(parts[:-1]):
        if part.endswith((" ", "\t")) and parts[i + 1][:1].strip():
            parts[i + 1] = " " + parts[i + 1]
    return parts


def _without_trailing(part: str) -> str:
    # By lines and not by a pattern: a search for spaces before a line end is quadratic on long runs of spaces.
    return "\n".join(line.rstrip(" \t") for line in part.split("\n"))
