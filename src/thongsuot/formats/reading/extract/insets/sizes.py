"""How large a picture is shown, from the measures the formats write."""

import re

from thongsuot.formats.reading.extract.insets.gathered import Inches

_INCHES = {"in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "pt": 1 / 72, "pc": 1 / 6, "px": 1 / 96, "": 1 / 96}
_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d{0,9})?)\s*(in|cm|mm|pt|pc|px|)\s*", re.IGNORECASE)
_STYLED = re.compile(r"(?:^|[;\s])(width|height)\s*:\s*([\d.]{1,12}\s*[a-z]{0,2})", re.IGNORECASE)
LARGEST = 60.0  # inches; more is a slip or a trick


def inches_of(width: str | None, height: str | None) -> Inches:
    """Of two lengths with their units, without one in the dots of a screen; zero where one is none."""
    return bounded(_length(width), _length(height))


def of_style(style: str) -> Inches:
    """Of the style of an element of a page or of an old drawing of Word."""
    told = {name.lower(): length for name, length in _STYLED.findall(style[:2_000])}
    return inches_of(told.get("width"), told.get("height"))


def in_parts(width: str | None, height: str | None, parts: int) -> Inches:
    """Of whole numbers, so many to the inch."""
    wide, tall = (int(n) / parts if n and n.isdecimal() and len(n) < 12 else 0.0 for n in (width, height))
    return bounded(wide, tall)


def bounded(wide: float, tall: float) -> Inches:
    return (wide, tall) if 0 < wide <= LARGEST and 0 < tall <= LARGEST else (0.0, 0.0)


def _length(text: str | None) -> float:
    found = _LENGTH.fullmatch(text or "")
    return float(found[1]) * _INCHES[found[2].lower()] if found else 0.0
