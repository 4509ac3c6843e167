"""Kính gửi, Kính trình, and the list a telegram opens with."""

import re

from thongsuot.formats.reading.frame.rows import Row
from thongsuot.formats.reading.frame.title import BODY_STARTS
from thongsuot.formats.reading.model import Item

_LABEL = re.compile(
    r"^\W{0,20}(?:K\w{2,3}\s+(?:g\w{2,3}|tr\w{2,3}|chuyển)|KÍNH\s+\w+|ng[ửu]i)\s*:?[\s*_|]{0,20}",
    re.IGNORECASE,
)
_TELEGRAM = re.compile(r"(?:\bđiện\s*|^\W{0,20}(?:Đ|đ)iện)\s*:\s*(?=$|[-–])")
_BULLET = re.compile(r"^[\s*_]{0,20}[-–—•+*·](?:\s*(?=\S))")
_ITEM_INSIDE = re.compile(r"[;.,]\s*[-–+]\s+(?=\S)")
_BODY_INSIDE = re.compile(
    r"(?<=[\w.;)])\s(?=(?:Căn cứ|Thực hiện|Xét|Theo|Để|Ngày \d|Trong thời gian|Triển khai|Phúc đáp|Thi hành"
    r"|Tiếp theo|Sau khi)\s)"
)
_SENTENCE = re.compile(
    r"\s(?:thông báo|đề nghị|yêu cầu|có ý kiến|nhận được|báo cáo|kính mời|trân trọng|kính đề nghị|xin"
    r"|ban hành)(?:\s|\.)"
)
MAX_ROWS = 40
_LONG = 90


def addressees_of(rows: list[Row], end: int) -> tuple[tuple[Item, ...], int]:
    """(who the paper is addressed to, the row after them); nobody and 0 where there is no address."""
    start = next((i for i, row in enumerate(rows[:end]) if row.kind == "address"), None)
    if start is not None:
        found = _LABEL.match(rows[start].text)
        return _list_after(rows, start, found.end() if found else 0, end)
    telegram = next((i for i, row in enumerate(rows[:end]) if _TELEGRAM.search(row.text)), None)
    if telegram is None:
        return (), 0
    found = _TELEGRAM.search(rows[telegram].text)
    return _list_after(rows, telegram, found.end() if found else 0, end)


Part = tuple[str, int, int]  # words, where they begin and end in the source


def _list_after(rows: list[Row], start: int, cut: int, end: int) -> tuple[tuple[Item, ...], int]:
    first = rows[start]
    inline, whole = _first_words(first, cut)
    groups: list[list[Part]] = [[part] for part in inline]
    i = start + 1
    bullets = not inline
    while whole and i < min(end, len(rows), start + MAX_ROWS):
        row = rows[i]
        bullet = _BULLET.match(row.text)
        if bullet:
            groups.append([_part(row, bullet.end())])
        elif groups and not _ends(row, groups[-1][-1][0], bullets=bullets):
            groups[-1].append(_part(row, 0))
        elif not groups and not BODY_STARTS.match(row.text) and len(row.text) < _LONG:
            groups.append([_part(row, 0)])
            bullets = False
        else:
            break
        i += 1
    rule = "address-list" if bullets else "address"
    items = []
    for group in groups:
        words = " ".join(part[0] for part in group).strip(" .;,:|*_-–")
        if any(c.isalpha() for c in words):
            items.append(Item(words, (group[0][1], group[-1][2]), 0.9, rule))
    return tuple(items), i


def _first_words(row: Row, cut: int) -> tuple[list[Part], bool]:
    """(what stands behind the label on its line, whether the list may go on below)."""
    text = row.text
    body = _BODY_INSIDE.search(text, cut) if len(text) > 160 else None
    stop = body.start() if body else len(text)
    parts: list[Part] = []
    position = cut
    for match in _ITEM_INSIDE.finditer(text, cut, stop):
        parts.append(_words(row, position, match.start()))
        position = match.end()
    parts.append(_words(row, position, stop))
    return [part for part in parts if any(c.isalpha() for c in part[0])], body is None


def _words(row: Row, start: int, end: int) -> Part:
    skip = len(row.text[start:end]) - len(row.text[start:end].lstrip(" -–+*"))
    begin = min(start + skip, len(row.text) - 1)
    return (
        row.text[start + skip : end].strip(),
        row.line.offsets[begin],
        row.line.offsets[max(begin, end - 1)] + 1,
    )


def _part(row: Row, start: int) -> Part:
    return row.text[start:].strip(), row.line.offsets[min(start, len(row.text) - 1)], row.line.offsets[-1] + 1


def _ends(row: Row, so_far: str, *, bullets: bool) -> bool:
    """Whether the list is over: its last entry was closed, or a sentence begins."""
    text = row.text
    if (
        so_far.rstrip().endswith((".", ";"))
        or text.endswith(":")
        or BODY_STARTS.match(text)
        or row.kind != "text"
    ):
        return True
    if text[0].isupper() and _SENTENCE.search(text) and not so_far.rstrip().endswith(","):
        return True
    if row.after_gap and not (bullets and so_far.rstrip().endswith(",")):
        return not (so_far.rstrip().endswith((",", "và")) and len(text) < _LONG)
    if so_far.rstrip().endswith((",", " và", " trực thuộc", " các")) and len(text) < _LONG:
        return False
    return len(text) > 75 if not bullets else text[0].isupper() and len(text) > _LONG
