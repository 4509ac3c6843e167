"""The mark of a State secret. Law 117/2025/QH15: such a document never enters, so this runs before anything else.

Only a mark of its own counts: a stamp standing alone on a line or in a cell near the head, or at the edge of a
page ("TUYỆT MẬT", letter-spaced "M Ậ T", "Độ mật: Tối mật"), never the words inside a sentence or a title
("bí mật nhà nước").
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice

from thongsuot.formats.reading.extract.legacy import ENCODINGS, is_unicode_vietnamese, to_unicode
from thongsuot.formats.reading.model import Extracted
from thongsuot.formats.vietnamese import nfc

HEAD_LINES = 60
HEAD_CHARACTERS = 6_000
# Of the lines beside the text: all that a paper can have, and no longer than a stamp can be.
LINES_BESIDE = 2_000
LONGEST_BESIDE = 200
EDGE_LINES = 3

_LEVELS = {"mật": "mat", "tốimật": "toi_mat", "tuyệtmật": "tuyet_mat"}
# Scanners and old typewriters lose the marks; a stamp without them is still a stamp when in capitals.
_BARE_LEVELS = {"MAT": "mat", "TOIMAT": "toi_mat", "TUYETMAT": "tuyet_mat"}
_COMPANIONS = {"khẩn", "thượngkhẩn", "hỏatốc", "hoảtốc", "hỏatốchẹngiờ", "dấu", "độ"}
# What a form prints before the level: the level may follow in the same words.
_NAMES_OF_IT = ("mứcđộmật", "cấpđộmật", "độbímật", "dấumật", "mứcđộ", "độmật")
# "TÀI LIỆU MẬT" in capitals is a stamp; "Tài liệu mật" may be the heading of a section about such papers.
_PAPERS = ("TÀILIỆU", "VĂNBẢN", "HỒSƠ")
# A secret paper is numbered copy by copy: "TUYỆT MẬT, Bản số: 01".
_COPY = re.compile(r"\bbản số\s*:?\s*[\d….]*", re.IGNORECASE)
_BEFORE_THE_NUMBER = re.compile(r"\s*(?:TUYỆT |TỐI )?MẬT\s+Số\b")
_THE_WORD = re.compile(r"\bmật\b", re.IGNORECASE)
_CELLS = re.compile(r"[|\t]| {3,}")
_PARTS = re.compile(r"[/,;:()\[\]–-]")
# A line that only continues a sentence or a title of several lines is not a stamp.
_UNFINISHED = re.compile(r"(?:,|;|\b(?:bí|độ|và|hoặc|các|loại|mức|từ|thành|là))\s*$", re.IGNORECASE)


def mark_of(extracted: Extracted) -> str | None:
    """The highest level stamped anywhere a stamp stands: near the head, apart from the text, at a page's edge."""
    beside = (line for line in extracted.apart.splitlines() if line.strip() and len(line) <= LONGEST_BESIDE)
    found = _levels_near_the_head(extracted.text) | _levels_on(islice(beside, LINES_BESIDE))
    for page in extracted.pages:
        lines = [line for line in extracted.text[page.start : page.end].splitlines() if line.strip()]
        # Inside a paper the word may head a column; there only a stamp's capitals count.
        found |= {_stamp(line) for line in (*lines[:EDGE_LINES], *lines[-EDGE_LINES:]) if line.isupper()}
    return next((level for level in ("tuyet_mat", "toi_mat", "mat") if level in found), None)


def secrecy_of(text: str) -> str | None:
    """The highest level stamped near the head: "mat", "toi_mat", "tuyet_mat", or None."""
    found = _levels_near_the_head(text)
    return next((level for level in ("tuyet_mat", "toi_mat", "mat") if level in found), None)


def _levels_near_the_head(text: str) -> set[str | None]:
    lines = [line for line in text[:HEAD_CHARACTERS].splitlines() if line.strip()]
    return _levels_on(lines[:HEAD_LINES])


def _levels_on(lines: Iterable[str]) -> set[str | None]:
    """The levels stamped on these lines."""
    found: set[str | None] = set()
    before = ""
    for line in map(_in_unicode, lines):
        cells = [cell for cell in _CELLS.split(nfc(line)) if cell.strip()]
        for cell in [line, *cells] if len(cells) > 1 else [line]:
            level = _stamp(cell)
            if level and not _UNFINISHED.search(before):
                found.add(level)
        before = line.strip(" *_|#\t")
    return found


def _in_unicode(line: str) -> str:
    """A short line as it was meant, where an old font turns its letters into this very word ("mËt", "MAÄT")."""
    if line.isascii() or len(line) > LONGEST_BESIDE or is_unicode_vietnamese(line):
        return line
    meant = (to_unicode(line, name) for name in ENCODINGS)
    return next((text for text in meant if _THE_WORD.search(text)), line)


def _stamp(cell: str) -> str | None:
    cell = nfc(cell)
    if _BEFORE_THE_NUMBER.match(cell):
        cell = re.split(r"Số\b", cell, maxsplit=1)[0]
    cell = _COPY.sub("", cell)
    if level := _level(_letters(cell)):
        return None if any(c.isdigit() for c in cell) else level
    level = None
    for part in _PARTS.split(cell):
        letters = _letters(part)
        if not letters:
            continue
        if any(c.isdigit() for c in part):
            return None
        known = _level(letters)
        if known is None and letters.casefold() not in (*_COMPANIONS, *_NAMES_OF_IT):
            return None
        level = known or level
    return level


def _letters(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c)[0] == "L")


def _level(letters: str) -> str | None:
    """The level that these letters name, after the words a form or a stamp puts before it."""
    for name in _PAPERS:
        letters = letters.removeprefix(name)
    folded = letters.casefold()
    for name in _NAMES_OF_IT:
        if folded.startswith(name) and folded != name:
            folded = folded.removeprefix(name)
            break
    return _LEVELS.get(folded) or _BARE_LEVELS.get(letters)
