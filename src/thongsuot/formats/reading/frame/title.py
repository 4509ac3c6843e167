"""The line that names the kind of document, and the kind where there is no such line."""

import re
from dataclasses import dataclass

from thongsuot.formats.reading.frame.rows import Row, item_of
from thongsuot.formats.reading.kinds import KIND_BY_TITLE, kind_of_symbol
from thongsuot.formats.reading.model import Item
from thongsuot.formats.reading.words import bare

_BY_LETTERS = {"".join(bare(title).split()).replace(",", ""): code for title, code in KIND_BY_TITLE.items()}
_LONGEST = max(map(len, _BY_LETTERS))
# Kinds whose name also begins other things (a body, a part of a subject): believed only on a line of their own.
_AMBIGUOUS = {
    "du_an",
    "luat",
    "lenh",
    "quy_hoach",
    "chien_luoc",
    "ban_thoa_thuan",
    "hop_dong",
    "dieu_le",
    "tuyen_bo",
}

BODY_STARTS = re.compile(
    r"^[\s\-–+*]{0,20}(?:Căn cứ|CĂN CỨ|Thực hiện|Ngày \d|Tại |Xét|Theo |Để |Sau khi|Triển khai|Trong |Thời gian"
    r"|Tiếp theo"
    r"|Trên cơ sở|Qua |Kính gửi|Kính trình|Nhằm|Hưởng ứng|Tiếp tục|Thi hành|Chấp hành|Nhận được|Phúc đáp|Hôm nay"
    r"|Từ ngày"
    r"|Vừa qua|Hiện nay|Thưa |Hội nghị|Quốc hội |Bộ Chính trị |Ban Bí thư |Bộ trưởng |Ban Thường vụ \w+ ban hành"
    r"|(?:[ỦU][ỷy] ban|UBND|HĐND|Sở|Bộ|Cục|Chi cục|Tổng cục|Văn phòng|Ban(?! hành)|Phòng(?!,| chống| ngừa)"
    r"|Trường|Hội|Đoàn|Công an"
    r"|Đảng [uủ][ỷy]|Tỉnh [uủ][ỷy]|Thành [uủ][ỷy]|Huyện [uủ][ỷy]|Chi bộ|Liên đoàn|Trung tâm|Bệnh viện"
    r"|Thường trực)\b[^.:;]{0,90}\s"
    r"(?:ban hành|xây dựng (?:kế|chương|phương)|báo cáo(?! viên)|thông báo|đề nghị|yêu cầu|kính mời|trân trọng"
    r"|nhận được"
    r"|hướng dẫn)\b[^\n]{0,400}[.:]$|I\s?[.)/-]|1\.\s"
    r"|Điều 1|ĐIỀU 1"
    r"|Phần |PHẦN |Chương |CHƯƠNG |A\.\s|Họ và tên|Họ tên)"
)
LONG_LINE = 110  # a line of a subject is shorter; what is longer is a paragraph
_BROKEN_TITLE = 16  # letters of the first part of a title broken in two (CƯƠNG LĨNH CHÍNH / TRỊ)
_HEAD_ROWS = 25  # a letterhead stands at the very beginning


@dataclass(frozen=True)
class Title:
    """Where the kind of document is named: the rows it takes, the code, what of the last row is already subject."""

    start: int
    end: int
    code: str
    words: str
    rest: str
    rule: str
    confidence: float


def kind_at_start(text: str) -> tuple[str, int] | None:
    """(code, end of its name) where the text begins with a kind in capitals, also letter-spaced or without spaces."""
    letters = ""
    best: tuple[str, int] | None = None
    for i, char in enumerate(text[:80]):
        if char.isalpha():
            if not char.isupper():
                break
            letters += bare(char)
            whole_word = i + 1 >= len(text) or not text[i + 1].isalpha() or not text[i + 1].isupper()
            if whole_word and letters in _BY_LETTERS:
                best = (_BY_LETTERS[letters], i + 1)
        elif char not in " \t.-–,":
            break
        if len(letters) > _LONGEST:
            break
    return best


def title_of(rows: list[Row], end: int) -> Title | None:
    """The title line: capitals of their own; else capitals that run on into the subject; else small letters."""
    address = next((i for i, row in enumerate(rows[:end]) if row.kind == "address"), end)
    national = next((i for i, row in enumerate(rows[:_HEAD_ROWS]) if row.kind in ("state", "party")), None)
    first = 0 if national is None else national + 1
    legal = next((i for i, row in enumerate(rows[:end]) if row.text.startswith(("Căn cứ", "- Căn cứ"))), end)
    before = min(address, legal)
    finders = [(_alone, before), (_running, before), (_alone, address)]
    if national is None:
        finders += [(_small, min(before, 12)), (_small_running, min(before, 3))]
    for find, limit in finders:
        for i in range(first, limit):
            if rows[i].kind in ("text", "about") and (found := find(rows, i)):
                return found
    return None


def _alone(rows: list[Row], i: int) -> Title | None:
    """KẾ HOẠCH on its line, whole or broken in two (KẾ / HOẠCH)."""
    if not rows[i].is_upper:
        return None
    for last in (i, i + 1):
        if last >= len(rows) or (
            last > i and (rows[last].kind != "text" or len(rows[i].text) > _BROKEN_TITLE)
        ):
            break
        joined = " ".join(row.text for row in rows[i : last + 1])
        found = kind_at_start(joined)
        if found and not any(c.isalnum() for c in joined[found[1] :]):
            colon = joined.rstrip().endswith(":")
            return Title(i, last + 1, found[0], joined.strip(" :"), "", "title", 0.8 if colon else 0.98)
    return _misread(rows, i)


def _misread(rows: list[Row], i: int) -> Title | None:
    """NGHl QUYẾT: one letter of a long name taken for another by a scanner."""
    letters = "".join(c for c in bare(rows[i].text) if c.isalnum())
    if not 7 <= len(letters) <= _LONGEST:
        return None
    for name, code in _BY_LETTERS.items():
        if len(name) == len(letters) and sum(a != b for a, b in zip(name, letters, strict=True)) == 1:
            return Title(i, i + 1, code, rows[i].text.strip(" :"), "", "title-misread", 0.75)
    return None


def _running(rows: list[Row], i: int) -> Title | None:
    """QUYẾT ĐỊNH Về việc ..., BÁO CÁO KẾT QUẢ ...: the subject goes on after the kind."""
    text = rows[i].text
    found = kind_at_start(text)
    if found is None or found[0] in _AMBIGUOUS:
        return None
    rest = text[found[1] :].strip(" :.-–")
    if not rest or rows[i].text[found[1] : found[1] + 1].isalpha():
        return None
    return Title(i, i + 1, found[0], text[: found[1]].strip(), rest, "title-running", 0.85)


def _small(rows: list[Row], i: int) -> Title | None:
    """Kế hoạch on a line of its own: a text that lost its letterhead and its capitals."""
    text = rows[i].text.strip(" :#")
    found = kind_at_start(text.upper())
    if found is None or found[1] < len(text) or not text[:1].isupper() or found[0] in _AMBIGUOUS:
        return None
    return Title(i, i + 1, found[0], text, "", "title-small", 0.7)


def _small_running(rows: list[Row], i: int) -> Title | None:
    """Giấy mời dự Lễ phát động ...: the headline of a page that gives a paper without its letterhead."""
    text = rows[i].text.strip(" *#_")
    found = kind_at_start(text[:40].upper())
    if found is None or found[0] in _AMBIGUOUS or not text[:1].isupper() or len(text) > 2 * LONG_LINE:
        return None
    words, rest = text[: found[1]], text[found[1] :].strip(" :–-")
    if not words[1:].islower() or not re.match(
        r"(?:về|của|dự|họp|tổ chức|triển khai|thực hiện|kết luận|mời|ban hành)\s", rest
    ):
        return None
    if re.search(r"[;:]$" if rest.startswith("về việc ") else r"[.;:]$", text) or re.search(
        r"\d{1,4}[-/][A-ZĐ]", rest
    ):
        return None
    return Title(i, i + 1, found[0], words, rest, "title-headline", 0.6)


def kind_of(
    rows: list[Row],
    title: Title | None,
    number: Item | None,
    symbol: str | None,
    *,
    party: bool,
    letter: bool,
) -> Item | None:
    """The kind by the title line; without one by the symbol; a letter by its address."""
    if title is not None:
        return item_of(rows[title.start : title.end], title.code, title.confidence, title.rule)
    if symbol is not None:
        parts = [p for p in re.split(r"[-/ ]", symbol) if p]
        years = [p for p in parts if re.fullmatch(r"\d{4}", p)]
        letters = [p for p in parts if not p.isdigit()]
        code = kind_of_symbol(letters[0], party=party, with_year=bool(years)) if letters else None
        span = number.span if number else None
        if code:
            return Item(code, span, 0.8, "kind-symbol")
        return Item("cong_van", span, 0.85 if letter else 0.7, "kind-letter")
    if letter:
        address = next(row for row in rows if row.kind == "address")
        return item_of([address], "cong_van", 0.75, "kind-address")
    return None
