"""The mark of a State secret. Law 117/2025/QH15: such a document never enters, so this runs before anything else.

Only a mark of its own counts: a stamp standing alone on a line or in a cell near the head ("TUYỆT MẬT",
letter-spaced "M Ậ T", "Độ mật: Tối mật"), never the words inside a sentence or a title ("bí mật nhà nước").
"""

import re
import unicodedata

from thongsuot.formats.vietnamese import nfc

HEAD_LINES = 60
HEAD_CHARACTERS = 6_000

_LEVELS = {"mật": "mat", "tốimật": "toi_mat", "tuyệtmật": "tuyet_mat"}
# Scanners and old typewriters lose the marks; a stamp without them is still a stamp when in capitals.
_BARE_LEVELS = {"MAT": "mat", "TOIMAT": "toi_mat", "TUYETMAT": "tuyet_mat"}
_COMPANIONS = {"khẩn", "thượngkhẩn", "hỏatốc", "hoảtốc", "hỏatốchẹngiờ", "dấu", "độ", "độmật", "mứcđộmật"}
_CELLS = re.compile(r"[|\t]| {3,}")
_PARTS = re.compile(r"[/,;:()\[\]–-]")
# A line that only continues a sentence or a title of several lines is not a stamp.
_UNFINISHED = re.compile(r"(?:,|;|\b(?:bí|độ|và|hoặc|các|loại|mức|từ|thành|là))\s*$", re.IGNORECASE)


def secrecy_of(text: str) -> str | None:
    """The highest level stamped near the head: "mat", "toi_mat", "tuyet_mat", or None."""
    found: set[str] = set()
    before = ""
    lines = [line for line in text[:HEAD_CHARACTERS].splitlines() if line.strip()]
    for line in lines[:HEAD_LINES]:
        cells = [cell for cell in _CELLS.split(nfc(line)) if cell.strip()]
        for cell in [line, *cells] if len(cells) > 1 else [line]:
            level = _stamp(cell)
            if level and not _UNFINISHED.search(before):
                found.add(level)
        before = line.strip(" *_|#\t")
    return next((level for level in ("tuyet_mat", "toi_mat", "mat") if level in found), None)


def _stamp(cell: str) -> str | None:
    level = None
    for part in _PARTS.split(nfc(cell)):
        letters = "".join(c for c in part if unicodedata.category(c)[0] == "L")
        if not letters:
            continue
        if any(c.isdigit() for c in part):
            return None
        known = _LEVELS.get(letters.casefold()) or _BARE_LEVELS.get(letters)
        if known is None and letters.casefold() not in _COMPANIONS:
            return None
        level = known or level
    return level
