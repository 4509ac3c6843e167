"""The mark of a State secret. Law 117/2025/QH15: such a document never enters, so this runs before anything else.

Only a mark of its own counts: a stamp standing alone on a line or in a cell near the head, or at the edge of a
page ("TUYỆT MẬT", letter-spaced "M Ậ T", "Độ mật: Tối mật"), never the words inside a sentence or a title
("bí mật nhà nước"). Beside a stamp may stand its urgency, copy, term of protection, those who may open it, the
number or the kind of the paper; with such words it counts in capitals or behind "Độ mật:".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
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
LONGEST_CELL = 40
LONGEST_ROW = 2_000

_LEVELS = {"mật": "mat", "tốimật": "toi_mat", "tuyệtmật": "tuyet_mat"}
# Scanners and old typewriters lose the marks; a stamp without them is still a stamp when in capitals. MẶT (of MẶT
# TRẬN), MẮT and MẤT are words of their own.
_LEVEL = "(?:TUY[ỆÊẸE]T|T[ỐÔÓO]I)?M[ẬÂẠA]T"
_BARE_LEVEL = re.compile(_LEVEL)
_IN_CAPITALS = re.compile(r"M\s?[ẬÂẠA]\s?T\b")
_BY_LENGTH = {3: "mat", 6: "toi_mat", 8: "tuyet_mat"}
_COMPANIONS = {"khẩn", "thượngkhẩn", "hỏatốc", "hoảtốc", "hỏatốchẹngiờ", "dấu", "độ"}
# What a form prints before the level: the level may follow in the same words.
_NAMES_OF_IT = ("mứcđộmật", "cấpđộmật", "độbímật", "dấumật", "mứcđộ", "độmật")
# "TÀI LIỆU MẬT" in capitals is a stamp; "Tài liệu mật" may be the heading of a section about such papers.
_PAPERS = ("TÀILIỆU", "VĂNBẢN", "HỒSƠ")
_KINDS = (
    "TÀILIỆU|VĂNBẢN|HỒSƠ|BÁOCÁO|KẾHOẠCH|CÔNGVĂN|CÔNGĐIỆN|TỜTRÌNH|NGHỊQUYẾT|QUYẾTĐỊNH|CHỈTHỊ|THÔNGBÁO|KẾTLUẬN|"
    "CHƯƠNGTRÌNH|BIÊNBẢN|ĐỀÁN|PHƯƠNGÁN|HƯỚNGDẪN|GIẤYMỜI"
)
_URGENCY = "THƯỢNGKHẨN|KHẨN|H(?:ỎA|OẢ)TỐC(?:HẸNGIỜ)?"
_WITH_WORDS = re.compile(f"(?:{_URGENCY}|{_KINDS})*({_LEVEL})(?:{_URGENCY}|{_LEVEL})*")
# A secret paper is numbered copy by copy: "TUYỆT MẬT, Bản số: 01".
_COPY = re.compile(r"\b(?:bản số|BS)\s*:?\s*[\d….]*(?:/\d+)?", re.IGNORECASE)
# How long it is protected and who may open it: "MẬT (Thời hạn bảo vệ: 10 năm)".
_TERM = re.compile(r"\b(?:thời hạn|chỉ người)\b[^;()]{0,100}", re.IGNORECASE)
_NUMBER = re.compile(r"^\W*Số\s*:?[\s\d._]{0,20}(?:[/-]\s?\S{1,40})?\s")
# The envelope of a secret paper bears a letter for each level: "A - TUYỆT MẬT".
_LETTER = re.compile(r"^\W*[ABC]\s*[–-]\s*")
_BEFORE_THE_NUMBER = re.compile(r"\s*(?:TUYỆT |TỐI )?MẬT\s+Số\b")
# Some offices number the stamp itself; only so, in capitals with every mark, it is no code of goods.
_NUMBERED = re.compile(r"\W*((?:TUYỆT |TỐI )?MẬT)\s*(?:SỐ\s*)?\d{1,3}\W*")
_NAMED = re.compile(r"^\W*(?:mức độ|cấp độ|độ|dấu)(?: bí)?(?: mật)?\s*:", re.IGNORECASE)
_THE_WORD = re.compile(r"\bmật\b", re.IGNORECASE)
_CELLS = re.compile(r"[|\t]| {3,}")
_COLUMNS = re.compile(r"[|\t]")
_PARTS = re.compile(r"[/,;:()\[\]–-]")
# A line that only continues a sentence or a title of several lines is not a stamp.
_UNFINISHED = re.compile(r"(?:,|;|\b(?:bí|độ|và|hoặc|các|loại|mức|từ|thành|là))\s*$", re.IGNORECASE)
_ENTRY = re.compile(r"\s*[-–+•]\s*\w[^;.]*[;.]\s*$")
# "Nguyễn Văn" at the end of a line: the given name, which may be Mật, stands on the next.
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Lò|Lường|Vàng|Giàng|Sùng|Nông|Hà|"
    "Đinh|Đoàn|Trịnh|Trương|Mai|Đào|Cao|Lương|Lưu|Tạ|Phùng|Quách|Triệu|Hứa|Tô|Thào|Vừ|Ma|Chu|Thái"
)
_MIDDLE_NAMES = (
    "Văn|Thị|Đức|Hữu|Quang|Xuân|Ngọc|Minh|Thanh|Đình|Công|Quốc|Duy|Hồng|Kim|Thu|Bá|Trọng|Mạnh|Tiến|Viết|Thế|"
    "Như|Gia|Phúc|Huy|Mí|A|Seo"
)
_NAME = re.compile(rf"(\w*) ?\b(?:{_SURNAMES}) (?:{_MIDDLE_NAMES})(?: ([^\W\d_]{{1,7}}))?$")
_PLACES = {"xã", "phường", "huyện", "trấn", "quận", "phố", "đường", "trường"}
# What stands in the other columns of a head; beside it a stamp in small letters is still a stamp.
_OF_A_HEAD = re.compile(r"\W*(?:Số\s*:|Độc lập\b|Cộng (?:hòa|hoà)\b|[^,]{1,40}, ngày\b)")
_BODY = re.compile(r"\W*(?:(?:Tỉnh|Thành|Huyện|Đảng) (?:ủy|uỷ)|(?:Ủy|Uỷ) ban|UBND|Bộ|Sở|Công an)\b")
# Letters of other alphabets that look like the letters of a stamp.
_LOOK_ALIKE = str.maketrans("МТАОІЕУΜΤΑΟΙΕΥᴍᴛᴀᴏɪᴇʏᴜмтаоіеу", "MTAOIEYMTAOIEYMTAOIEYUmtaoiey")
_REVERSED = re.compile("\u202e([^\u202c\u202e]*)\u202c?")


def mark_of(extracted: Extracted) -> str | None:
    """The highest level stamped anywhere a stamp stands: near the head, apart from the text, at a page's edge."""
    beside = (line for line in extracted.apart.splitlines() if line.strip() and len(line) <= LONGEST_BESIDE)
    found: set[str | None] = {*_levels(_head(extracted.text))}
    found.update(_levels(islice(beside, LINES_BESIDE), _columns(extracted.text)))
    for page in extracted.pages:
        lines = [line for line in extracted.text[page.start : page.end].splitlines() if line.strip()]
        # Inside a paper the word may head a column; there only a stamp's capitals count.
        for line in (*lines[:EDGE_LINES], *lines[-EDGE_LINES:]):
            if len(line := line.strip()) > LONGEST_ROW:
                continue
            found.add(_stamp(line) if line.isupper() else _with_words(_plain(line)))
    return _highest(found)


def secrecy_of(text: str) -> str | None:
    """The highest level stamped near the head: "mat", "toi_mat", "tuyet_mat", or None."""
    return _highest({*_levels(_head(text))})


def _highest(found: set[str | None]) -> str | None:
    return next((level for level in ("tuyet_mat", "toi_mat", "mat") if level in found), None)


def _head(text: str) -> list[str]:
    return [line for line in text[:HEAD_CHARACTERS].splitlines() if line.strip()][:HEAD_LINES]


def _levels(lines: Iterable[str], columns: frozenset[str] = frozenset()) -> Iterator[str]:
    """The levels stamped on these lines; ``columns`` are cells known to be ordinary ones."""
    before, letters = "", ""
    for line in (_plain(_in_unicode(line)) for line in lines):
        only = _letters(line)
        letters = letters + only if len(only) == 1 else ""  # a stamp set upright, one letter a line
        if _BARE_LEVEL.fullmatch(letters):
            yield _level(letters) or "mat"
        if not _UNFINISHED.search(before) and line.strip() not in columns:
            for cell in _cells(line):
                level = _stamp(cell)
                if level and not (cell.strip() == "Mật" and _ends_in_a_name(before)):
                    yield level
        before = line.strip(" *_|#\t")


def _in_unicode(line: str) -> str:
    """A short line as it was meant, where an old font turns its letters into this very word ("mËt", "MAÄT")."""
    if line.isascii() or len(line) > LONGEST_BESIDE or is_unicode_vietnamese(line):
        return line
    meant = (to_unicode(line, name) for name in ENCODINGS)
    return next((text for text in meant if _THE_WORD.search(text)), line)


def _cells(line: str) -> Iterator[str]:
    """The line and its cells that may hold a stamp; an entry of a list in small letters holds none."""
    if _ENTRY.match(line) and not line.isupper() and not _NAMED.match(line):
        return
    yield line
    ordinary = _ordinary(line)
    cells = [cell for cell in _CELLS.split(line) if cell.strip()]
    yield from (cell for cell in cells if len(cells) > 1 and cell.strip() not in ordinary)


def _ends_in_a_name(line: str) -> bool:
    """Whether a person's name, perhaps without its last word, ends the line; "Phường Lê Hồng Phong" is a place."""
    name = _NAME.search(line[-60:])
    return name is not None and name[1].casefold() not in _PLACES and (name[2] or "A").istitle()


def _columns(text: str) -> frozenset[str]:
    """The cells of the text's tables that are no stamps: formats give the lines of a cell once more by themselves."""
    rows = (
        line
        for line in text.splitlines()
        if "|" in line[:LONGEST_ROW] and len(line) <= LONGEST_ROW and ("mật" in line or "Mật" in line)
    )
    return frozenset(cell for row in rows for cell in _ordinary(_plain(row)))


def _ordinary(line: str) -> frozenset[str]:
    """The cells in small letters of a row whose other columns are in small letters too: "Cà Mau | Mật | Thường"."""
    cells = [cell.strip() for cell in _COLUMNS.split(line) if cell.strip()]
    small = [cell for cell in cells if any(c.islower() for c in cell) and not _IN_CAPITALS.search(cell)]
    others = [
        cell for cell in small if not _OF_A_HEAD.match(cell) and _letters(cell).casefold() not in _COMPANIONS
    ]
    form = len(cells) == 2 and (_letters(cells[0]).casefold() in _NAMES_OF_IT or any(map(_BODY.match, cells)))
    if len(others) < 2 or form:
        return frozenset()
    return frozenset(cell for cell in small if len(cell) <= LONGEST_CELL and not _NAMED.match(cell))


def _plain(text: str) -> str:
    """The line as it looks: in Latin letters of one form, in the order shown, without signs that are not seen."""
    text = _REVERSED.sub(lambda found: nfc(found[1])[::-1], text)
    text = unicodedata.normalize("NFKD", text).translate(_LOOK_ALIKE)
    return nfc("".join(c for c in text if unicodedata.category(c) != "Cf"))


def _stamp(cell: str) -> str | None:
    cell = _plain(cell)
    if level := _with_words(cell):
        return level
    if numbered := _NUMBERED.fullmatch(cell):
        return _level(_letters(numbered[1]))
    if _NAMED.match(cell):
        cell = _TERM.sub("", cell)
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


def _with_words(cell: str) -> str | None:
    """The level of a stamp in capitals, after what may stand beside it is taken off."""
    cell = _TERM.sub("", _COPY.sub("", _LETTER.sub("", _NUMBER.sub("", cell))))
    found = _WITH_WORDS.fullmatch(_letters(cell))
    return _level(found[1]) if found and not any(c.isdigit() for c in cell) else None


def _letters(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c)[0] == "L")


def _level(letters: str) -> str | None:
    """The level that these letters name, after the words a form puts before it."""
    for paper in _PAPERS:
        letters = letters.removeprefix(paper)
    folded = letters.casefold()
    if folded in _NAMES_OF_IT:
        return None  # "Mức độ mật" names the thing and no level
    for name in _NAMES_OF_IT:
        if folded.startswith(name):
            folded = folded.removeprefix(name)
            break
    if _BARE_LEVEL.fullmatch(letters):
        return _BY_LENGTH[len(letters)]
    return _LEVELS.get(folded)
