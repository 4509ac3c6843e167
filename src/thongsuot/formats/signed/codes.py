"""The numbers on a sheet to sign: its own, one for each row, and what the codes in its corners say.

Check digits are those of ISO 7064, MOD 97-10: one wrong figure and two figures the wrong way round are always
noticed, anything else, a row of another sheet too, in 96 of 97 cases.
"""

import re
import secrets
from dataclasses import dataclass

LAYOUT = "1"  # of the page (geometry.py); a new one gets a new figure, and the old one is still read
CORNERS = 4
MOST_ROWS = 999
_FIRST, _LAST = 10**9, 10**10
_PAYLOAD = re.compile(rf"{LAYOUT}([1-9]\d{{11}})(\d\d)(\d\d)([0-3])")
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Corner:
    """What a code in a corner says: which sheet, page and text, and which corner (0 upper left, then as one reads)."""

    sheet: int
    page: int
    version: int
    place: int


def new_code() -> int:
    """A number for a sheet, twelve figures of which the last two check the others."""
    return with_check(_FIRST + secrets.randbelow(_LAST - _FIRST))


def with_check(number: int) -> int:
    return number * 100 + 98 - number * 100 % 97


def is_code(code: int) -> bool:
    return _FIRST * 100 <= code < _LAST * 100 and with_check(code // 100) == code


def shown(code: int) -> str:
    """1234 5678 9012: as it is printed and typed."""
    digits = str(code)
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def typed(text: str) -> int | None:
    """The code of a sheet that somebody typed, spaces and hyphens as they like; nothing when it cannot be one."""
    digits = re.sub(r"[\s.\-–]+", "", text)
    if not (digits.isascii() and digits.isdigit() and len(digits) == 12):
        return None
    return int(digits) if is_code(int(digits)) else None


def row_code(sheet: int, row: int) -> str:
    """17-42: the number of the row, and two figures that belong to this row of this sheet only."""
    return f"{row}-{98 - _with_row(sheet, row) * 100 % 97:02d}"


def _with_row(sheet: int, row: int) -> int:
    # Without its own check figures, or every sheet would be alike.
    return sheet // 100 * 1000 + row


def rows_typed(sheet: int, text: str) -> tuple[list[int], list[str]]:
    """The rows whose codes somebody typed, and what is no code of this sheet, as typed."""
    rows: set[int] = set()
    wrong: list[str] = []
    for word in filter(None, _BETWEEN.split(text)):
        digits = re.sub(r"[.\-–]", "", word)
        row = int(digits[:-2]) if digits.isascii() and digits.isdigit() and 3 <= len(digits) <= 5 else 0
        if row and row_code(sheet, row).replace("-", "") == f"{row}{digits[-2:]}":
            rows.add(row)
        else:
            wrong.append(word)
    return sorted(rows), wrong


def payload(corner: Corner) -> str:
    """Figures only, so that the smallest kind of code holds them with a quarter of it spoilt."""
    return f"{LAYOUT}{corner.sheet}{corner.page:02d}{corner.version % 100:02d}{corner.place}"


def corner_of(text: str) -> Corner | None:
    """What a code found in a picture says, when it is one of ours."""
    found = _PAYLOAD.fullmatch(text)
    if found is None or not is_code(int(found[1])):
        return None
    return Corner(int(found[1]), int(found[2]), int(found[3]), int(found[4]))
