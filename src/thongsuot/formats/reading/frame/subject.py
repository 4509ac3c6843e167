"""What the paper is about: under its title, or under the number of a letter."""

import re

from thongsuot.formats.reading.frame.rows import Row, item_of
from thongsuot.formats.reading.frame.title import BODY_STARTS, LONG_LINE, Title
from thongsuot.formats.reading.model import Item
from thongsuot.formats.reading.paragraphs import Line, mark_of
from thongsuot.formats.reading.words import bare, rx

_UNFINISHED = re.compile(
    r"(?:[,\-–(“\"]|\b(?:và|của|về|cho|với|tại|từ|đến|do|theo|trong|thuộc|các|những|để|nhằm|là|ngày|tháng|năm|số"
    r"|theo|đối|trên|ở|giai"
    r"|đoạn|ủy|ban|nhân|kế|hoạch|nghị|quyết|chỉ|thị|thực|hiện|việc|công|tác|sở|bộ|tỉnh|xã|phường|thành|phố|huyện))$",
    re.IGNORECASE,
)
_ISSUED_WITH = re.compile(r"^\W{0,20}(?:Ban hành )?(?:kèm|Kèm) theo\b|^\(?(?:Đính kèm|Ban hành kèm)")
_PERSON_OR_BODY = re.compile(
    r"^(?:CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|BAN (?!HÀNH)|BỘ TRƯỞNG|BỘ CHÍNH TRỊ|CHỦ TỊCH"
    r"|GIÁM ĐỐC|TỔNG GIÁM ĐỐC"
    r"|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|THỐNG ĐỐC|CHÁNH|VIỆN TRƯỞNG|HIỆU TRƯỞNG|TRƯỞNG|TỔNG THANH TRA"
    r"|CHỦ NHIỆM"
    r"|TỔNG KIỂM TOÁN|ĐẢNG [UỦ][ỶY]|TỈNH [UỦ][ỶY]|THÀNH [UỦ][ỶY]|HUYỆN [UỦ][ỶY]|THƯỜNG TRỰC|SỞ |BỘ |KHÓA|KHOÁ|KỲ HỌP)"
)
MAX_SUBJECT_ROWS = 14
_SPELT_OUT = rx(r"^\W{0,20}Về\s+(?=%l)")
_ABOUT_SIGN = re.compile(r"^\W{0,20}V\s?/\s?[vV]\s*[:.]?\s*")
_BEFORE_CLOSING = 10  # lines of which some may belong to the column written out last
_BEHIND = 40  # lines of a closing in which a subject is looked for


def subject_of(rows: list[Row], title: Title | None, head_end: int) -> tuple[Item | None, int]:
    """(the subject, the row after it)."""
    if title is None:
        return _about(rows, head_end) or _below_number(rows, head_end), head_end
    start = title.end
    group = _title_block(rows, start, bool(title.rest))
    after = start + len(group)
    used = [*([rows[title.end - 1]] if title.rest else []), *group]
    words = " ".join([title.rest, *(row.text for row in group)]).strip(" .;|-–_*")
    whole, words = words, _cut_at_body(words) if title.rest else words
    if words != whole and not group:
        after = start - 1  # a paper in one line: its body begins on the line of its title
    if bare(title.words) == "thong bao ket luan":
        # The five words are the name of the meeting's outcome, kept in front of what was concluded.
        words, used = f"{' '.join(title.words.split())} {words}", [*rows[title.start : title.end], *group]
    if words and used:
        return item_of(used, words, 0.9 if not title.rest else 0.8, f"subject-{title.rule}"), after
    about = _about(rows, head_end)
    return about, after


def _cut_at_body(words: str) -> str:
    """A paper in one line: the subject ends where the legal basis or the first sentence begins."""
    found = re.search(
        r"\s?[-–_*]{3,}\s|[\s-](?=(?:Căn cứ|Thực hiện (?:Nghị|Kế|Chỉ|Công|Quyết|Thông)|Kính gửi|Xét |I\. |Điều 1)\b)",
        words,
    )
    return words[: found.start()].rstrip(" .;-–_") if found else words


def _about(rows: list[Row], head_end: int) -> Item | None:
    """V/v ... under the number, also with the date of the other column between its lines."""
    start = next((i for i, row in enumerate(rows[:head_end]) if row.kind == "about"), None)
    if start is None or rows[start].anchor is None:
        return None
    group = [rows[start]]
    for i in range(start + 1, min(head_end, start + 10)):
        row = rows[i]
        if row.kind in ("date", "state", "motto", "party", "urgency"):
            following = rows[i + 1] if i + 1 < head_end else None
            if following is None or not _goes_on(group[-1], following):
                break
            continue
        if row.kind != "text" or not _goes_on(group[-1], row):
            break
        group.append(row)
    first = re.sub(r"^\W{0,20}(?:[Vv]\s?/\s?[vV]|[Vv]ề việc|Về(?=\s?:))\s*[:.]?\s*", "", group[0].text)
    words = " ".join([first, *(row.text for row in group[1:])]).strip(" .;,)*_|-–")
    return item_of(group, words, 0.9, "subject-about") if words else None


def _below_number(rows: list[Row], head_end: int) -> Item | None:
    """ "Về mời họp" under the number: the sign V/v spelt out, and left without its second word."""
    number = next((i for i, row in enumerate(rows[:head_end]) if row.kind == "number"), None)
    if number is None:
        return None
    for i, row in enumerate(rows[number + 1 : head_end], number + 1):
        if row.kind != "text":
            continue
        found = _SPELT_OUT.match(row.text)
        if found is None:
            return None
        group = [row]
        for following in rows[i + 1 : min(head_end, i + 10)]:
            if (
                following.kind != "text"
                or len(following.text) > LONG_LINE
                or not _goes_on(group[-1], following)
            ):
                break
            group.append(following)
        words = " ".join([row.text[found.end() :], *(r.text for r in group[1:])]).strip(" .;,)*_|-–")
        return item_of(group, words, 0.8, "subject-about") if words else None
    return None


def about_behind(lines: list[Line], closing: int) -> Item | None:
    """V/v ... behind the text: the left column of a letterhead, written out last."""
    first = max(1, closing - _BEFORE_CLOSING)
    for i, line in enumerate(lines[first : closing + _BEHIND], first):
        found = _ABOUT_SIGN.match(line.text)
        if found is None:
            continue
        group = [Row(line, i, None, alone=True)]
        for following in lines[i + 1 : i + 6]:
            row = Row(following, i, None, alone=True)
            if row.is_upper or row.text[:1] in "-–+" or not _goes_on(group[-1], row):
                break
            group.append(row)
        words = " ".join([line.text[found.end() :], *(r.text for r in group[1:])]).strip(" .;,)*_|-–")
        return item_of(group, words, 0.7, "subject-behind") if words else None
    return None


def _goes_on(before: Row, row: Row) -> bool:
    text = row.text
    if row.is_upper and len(text) > 5 and sum(c.isalpha() for c in text) > 4 and not before.is_upper:
        return False
    if text[0].islower() or _UNFINISHED.search(before.text):
        return True
    return not (
        row.after_gap or before.text.endswith((".", "./.")) or BODY_STARTS.match(text) or len(text) > 90
    )


def _title_block(rows: list[Row], start: int, begun: bool) -> list[Row]:
    """The rows of the subject under the title: capitals as long as they last, else up to a rule or the body."""
    group: list[Row] = []
    for i, row in enumerate(rows[start : start + MAX_SUBJECT_ROWS], start):
        text = row.text
        if row.kind in ("number", "date", "state", "motto", "party", "stamp", "mass", "urgency"):
            if group or begun:
                break
            continue
        if row.kind == "address" or _ISSUED_WITH.match(text):
            break
        before = group[-1] if group else (rows[start - 1] if begun else None)
        if before is None:
            if _is_body(rows, i):
                break
        elif not _block_goes_on(rows, i, before):
            break
        group.append(row)
    return group


def _block_goes_on(rows: list[Row], i: int, before: Row) -> bool:
    row = rows[i]
    if before.is_upper and (row.is_upper or not any(c.isalpha() for c in row.text)):
        if _names_issuer(rows, i, before):
            return False
        return not row.after_gap or _continues(before.text)
    if before.is_upper and not row.is_upper:
        # The rest of a subject may be small after its first line in capitals: KẾT LUẬN / của đồng chí ...
        begins = row.text[0].islower() or row.text.startswith(("Về ", "V/v", "Của "))
        return not row.after_gap and begins and len(row.text) < LONG_LINE
    if (
        before.text.endswith(";")
        and row.text[0].islower()
        and not row.after_gap
        and len(row.text) < LONG_LINE
    ):
        return True  # Tình hình năm 2025; / phương hướng, nhiệm vụ năm 2026
    if len(before.text) > LONG_LINE or before.text.endswith((".", ";", ":")) or _ISSUED_WITH.match(row.text):
        return False
    if row.after_gap:
        return row.text[0].islower() and len(row.text) < LONG_LINE and _continues(before.text)
    if row.is_upper and len(row.text) > 12 and _PERSON_OR_BODY.match(row.text):
        return False
    if _continues(before.text) and row.text[0].islower():
        return True
    return not (_is_body(rows, i) or row.text.endswith(":") or len(row.text) > 2 * LONG_LINE)


def _continues(text: str) -> bool:
    return _UNFINISHED.search(text.rstrip(" *_|")) is not None or len(text) < 12


def _is_body(rows: list[Row], i: int) -> bool:
    text = rows[i].text
    if BODY_STARTS.match(text) and not (
        rows[i].is_upper and len(text) > 12 and text.startswith(("THỰC", "TRIỂN"))
    ):
        # "Thực hiện ..." may be the subject itself; it is the body when it is a whole sentence.
        return not (re.match(r"^(?:Thực hiện|Triển khai|Trong |Qua )", text) and _is_subject_like(rows, i))
    return mark_of(text)[0] in ("roman", "capital", "number", "article", "part", "chapter") or _names_issuer(
        rows, i, None
    )


def _is_subject_like(rows: list[Row], i: int) -> bool:
    """Short, without an end, and followed by what begins a body."""
    text = rows[i].text
    if len(text) > 2 * LONG_LINE or text.endswith((".", ";", ":", ",")):
        return False
    ahead = rows[i + 1 : i + 5]
    return any(BODY_STARTS.match(row.text) or row.after_gap for row in ahead) or not ahead


def _names_issuer(rows: list[Row], i: int, before: Row | None) -> bool:
    """CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH before the legal bases: who decides, not what is decided."""
    text = rows[i].text
    if not rows[i].is_upper or not _PERSON_OR_BODY.match(text):
        return False
    if before is not None and re.search(
        r"(?:\b(?:CỦA|VÀ|VỚI|CHO|DO|TẠI|VỀ|TRONG|THUỘC|GIỮA|TRÊN|ĐỐI|BỞI|THÀNH LẬP|BAN HÀNH|KIỆN TOÀN|TỔ CHỨC)"
        r"|[,\-–])$",
        before.text,
    ):
        return False
    for row in rows[i + 1 : i + 5]:
        if not row.is_upper:
            return bool(BODY_STARTS.match(row.text)) or row.after_gap
    return before is not None
