"""The end of a document: recipients on one side, authority, post and name on the other, appendices after them."""

import re
from dataclasses import dataclass

from thongsuot.formats.reading.model import Item
from thongsuot.formats.reading.paragraphs import Line, mark_of
from thongsuot.formats.reading.words import bare, rx

_RECIPIENTS = re.compile(r"^\W*N[ơo]i\s+nh[ậa]n\b[\s:.]*", re.IGNORECASE)
_AUTHORITY = rx(
    r"^\W*(?:T\s?/\s?M|K\s?/\s?T|T\s?/\s?L|(?:TM|KT|TL|TUQ)(?=[\s.,])|Q(?=\.))\s?[.,]?\s*(?=%U)|^\W*(?:T/M"
    r"|K/T|T/L)\b"
)
_POST = re.compile(
    r"^(?:phó|quyền|thứ trưởng|chủ tịch|bộ trưởng|giám đốc|tổng|chánh|trưởng|bí thư|thủ tướng|cục trưởng"
    r"|vụ trưởng|viện trưởng|chủ nhiệm|hiệu trưởng|thống đốc|tư lệnh|chính ủy|ủy viên|uỷ viên|đại tá"
    r"|thượng tá|thiếu tướng|trung tướng|người|chi cục trưởng)\b",
    re.IGNORECASE,
)
_NAME = rx(r"^(?:(?:GS|PGS|TS|ThS|BS|LS|CN|KS)\.?\s*)*(?P<name>%U%l+(?:\s+%U%l*){1,5})\W*$")
_APPENDIX = re.compile(
    r"^(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|BIỂU MẪU|DANH MỤC|DANH SÁCH|Danh sách|Mẫu số|MẪU SỐ|BIỂU)\b"
)
_FINISHED = re.compile(r"\./\.\W*$")


@dataclass(frozen=True)
class Closing:
    """Where the body ends, who signed, who receives, where the appendices begin (indexes into the lines)."""

    start: int
    appendix: int
    authority: Item | None
    title: Item | None
    signer: Item | None
    recipients: tuple[Item, ...]


def closing_of(lines: list[Line]) -> Closing:
    recipients_at = _recipients_line(lines)
    authority_at = _authority_line(lines, recipients_at)
    finished = next((i for i, line in enumerate(lines) if _FINISHED.search(line.text)), None)
    marks = [i for i in (recipients_at, authority_at) if i is not None]
    start = min(marks) if marks else (finished + 1 if finished is not None else len(lines))
    recipients, after = _recipients(lines, recipients_at) if recipients_at is not None else ((), start)
    block = _signature_lines(lines, start, recipients_at, after)
    authority, title, signer, end = _signer(block)
    last = max([after, *([end] if end is not None else [])])
    appendix = next((i for i in range(last, len(lines)) if _APPENDIX.match(lines[i].text)), None)
    if appendix is None:
        appendix = last if last < len(lines) else len(lines)
    return Closing(start, appendix, authority, title, signer, tuple(recipients))


def _recipients_line(lines: list[Line]) -> int | None:
    return next((i for i, line in enumerate(lines) if _RECIPIENTS.match(line.text) and i > 5), None)


def _authority_line(lines: list[Line], recipients: int | None) -> int | None:
    limit = recipients if recipients is not None else len(lines)
    low = max(8, limit - 8) if recipients is not None else 8
    return next((i for i in range(low, limit) if _AUTHORITY.match(lines[i].text) and lines[i].is_upper), None)


def _recipients(lines: list[Line], at: int) -> tuple[list[Item], int]:
    groups: list[list[Line]] = []
    words: list[str] = []
    rest = lines[at].text[_end(_RECIPIENTS, lines[at].text) :].strip()
    if rest and not _AUTHORITY.match(rest) and len(rest) > 3:
        groups, words = [[lines[at]]], [rest]
    i = at + 1
    while i < len(lines):
        line = lines[i]
        kind, mark = mark_of(line.text)
        if kind == "bullet" or (line.text.startswith("-") and len(line.text) > 2):
            groups.append([line])
            words.append(line.text[len(mark) or 1 :].strip())
        elif _is_signature(line) or (line.is_upper and len(line.text) > 6 and not groups):
            if groups:
                break
        elif (
            groups
            and not (line.after_gap and bare(words[-1]).startswith("luu"))
            and not _NAME.match(line.text)
        ):
            groups[-1].append(line)
            words[-1] += " " + line.text
        elif groups:
            break
        i += 1
        if i > at + 60:
            break
    items = []
    for group, word in zip(groups, words, strict=True):
        value = word.strip(" .;,:|")
        if value:
            items.append(Item(value, (group[0].offsets[0], group[-1].offsets[-1] + 1), 0.9))
    return items, i


def _end(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _is_signature(line: Line) -> bool:
    return bool(_AUTHORITY.match(line.text)) or (
        line.is_upper and bool(_POST.match(line.text)) and len(line.text) < 70
    )


def _signature_lines(
    lines: list[Line], start: int, recipients: int | None, after: int
) -> list[tuple[int, Line]]:
    """The lines that may carry authority, post and name: before and after the list of recipients."""
    before = [(i, lines[i]) for i in range(start, recipients if recipients is not None else start)]
    if recipients is not None:
        tail = lines[recipients].text[_end(_RECIPIENTS, lines[recipients].text) :].strip()
        if _AUTHORITY.match(tail):
            cut = len(lines[recipients].text) - len(tail)
            line = lines[recipients]
            before.append((recipients, Line(line.text[cut:], line.offsets[cut:], after_gap=False)))
            following = [(i, lines[i]) for i in range(recipients + 1, min(after, recipients + 3))]
            before += [
                (i, line) for i, line in following if line.is_upper and _POST.match(line.text.strip(" -"))
            ]
    return before + [(i, lines[i]) for i in range(after, min(after + 14, len(lines)))]


def _signer(block: list[tuple[int, Line]]) -> tuple[Item | None, Item | None, Item | None, int | None]:
    groups: list[list[Line]] = []
    signer: Item | None = None
    end: int | None = None
    for index, line in block:
        text = line.text.strip(" |*")
        if _APPENDIX.match(text):
            break
        name = _NAME.match(text)
        if name and groups and not line.is_upper:
            start = line.text.index(name.group("name"))
            signer = Item(name.group("name"), line.span(start, start + len(name.group("name"))), 0.9)
            end = index + 1
            break
        if not line.is_upper or not any(c.isalpha() for c in text):
            if groups and name is None and len(text) > 40:
                break
            continue
        if (
            _AUTHORITY.match(text)
            or not groups
            or (_POST.match(text) and not groups[-1][-1].text.rstrip().endswith(","))
        ):
            if _AUTHORITY.match(text) or _POST.match(text) or groups:
                groups.append([line])
                end = index + 1
        else:
            groups[-1].append(line)
            end = index + 1
    authority = [g for g in groups if _AUTHORITY.match(g[0].text)]
    posts = [g for g in groups if not _AUTHORITY.match(g[0].text) and _POST.match(g[0].text.strip(" |*"))]
    return _lines_item(authority), _post_item(posts), signer, end


def _lines_item(groups: list[list[Line]]) -> Item | None:
    if not groups:
        return None
    value = "; ".join(" ".join(line.text.strip(" |*") for line in group) for group in groups)
    return Item(value, (groups[0][0].offsets[0], groups[-1][-1].offsets[-1] + 1), 0.9)


def _post_item(groups: list[list[Line]]) -> Item | None:
    if not groups:
        return None
    words = " ".join(line.text.strip(" |*") for line in groups[-1]).lower()
    value = words[:1].upper() + words[1:]
    for small, usual in (
        ("chủ tịch", "Chủ tịch"),
        ("bí thư", "Bí thư"),
        ("chủ nhiệm", "Chủ nhiệm"),
        ("giám đốc", "Giám đốc"),
        ("thủ tướng", "Thủ tướng"),
        ("chánh văn phòng", "Chánh Văn phòng"),
        ("thường trực", "Thường trực"),
        ("tổng cục trưởng", "Tổng cục trưởng"),
        ("trưởng ban", "Trưởng Ban"),
    ):
        value = value.replace(small, usual)
    return Item(value, (groups[-1][0].offsets[0], groups[-1][-1].offsets[-1] + 1), 0.9)
