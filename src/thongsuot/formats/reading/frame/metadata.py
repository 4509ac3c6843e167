"""The frame of a document: letterhead, number, date, title, signature, recipients."""

import re
from dataclasses import dataclass

from thongsuot.formats.reading.frame.fallback import complete
from thongsuot.formats.reading.frame.letterhead import issuing_bodies, place_and_date, regime_of
from thongsuot.formats.reading.frame.signature import closing_of
from thongsuot.formats.reading.model import Item, Metadata, Span
from thongsuot.formats.reading.paragraphs import Line, mark_of
from thongsuot.formats.reading.secrecy import secrecy_of
from thongsuot.formats.reading.words import DOC_TYPES, SYMBOLS, bare

_TITLE = re.compile(
    r"(?:"
    + "|".join(sorted((t.upper().replace(" ", r"\s+") for t in DOC_TYPES), key=len, reverse=True))
    + r")(?:\s*:)?",
)
_NUMBER = re.compile(
    r"\bS(?:ố|ó|ô|o)\s*[:;.]?\s*(?P<figure>[\d.…_\s]{0,14}[a-z]?)[°º']?\s*(?P<rest>(?:/\s*\d{4}\s*)?[-/]\s*[A-ZĐ][\w&.Đđ]*(?:\s?[-/–]\s?[A-ZĐ\d][\w&.Đđ]*)*)"
)
_PARTY_NUMBER = re.compile(r"\d+-[A-ZĐa-z]+/")
_ABOUT = re.compile(r"^\(?(?:V/v|v/v|Về việc|V/V|V\s?/\s?v)\s*[:.]?\s*")
_ADDRESS = re.compile(r"^\W*(?:K[íi]nh\s+g[ửu]i|Kính\s+trình|ng[ửu]i)\s*:?", re.IGNORECASE)
_TELEGRAM = re.compile(r"\bđiện\s*:\s*$")
_BODY_STARTS = re.compile(
    r"^(?:Căn cứ|Thực hiện|Ngày|Tại|Xét|Theo|Để|Sau khi|Triển khai|Trong|Thời gian|Tiếp theo|Trên cơ sở|Qua"
    r"|Kính gửi|Nhằm|-\s*Căn cứ)\b"
)
_URGENCY = {"hỏa tốc": "hoa_toc", "hoả tốc": "hoa_toc", "thượng khẩn": "thuong_khan", "khẩn": "khan"}
_CITED = re.compile(r"(?P<number>\d{1,4}(?:-[A-ZĐa-z]+/[A-ZĐ]\w+|(?:/\d{4})?/[A-ZĐ]\w*(?:-[A-ZĐ]\w*)+))")


@dataclass(frozen=True)
class Frame:
    """What the other grammars need to know about the document: its metadata and where its body lies."""

    metadata: Metadata
    body_start: int  # index of the first body line
    body_end: int  # index of the first line of signature or recipients
    appendix_start: int  # index of the first appendix line, or len(lines)


def frame_of(text: str, lines: list[Line]) -> Frame:
    closing = closing_of(lines)
    title = _title(lines, closing.start)
    number, number_line = _number(lines, title[0] if title else None)
    letter_start = _first(lines[:40], _ADDRESS)
    head_end = _head_end(lines, title, number_line, letter_start)
    doc_type = _doc_type(lines, title, number, letter_start)
    subject, body_start = _subject(lines, title, head_end)
    place, date = place_and_date(lines[:head_end])
    parent, body = issuing_bodies(lines[:head_end], title[0] if title else head_end)
    addressees, after_address = _addressees(lines, letter_start, closing.start)
    body_start = max(body_start, after_address)
    metadata = Metadata(
        issuing_body=body,
        issuing_body_parent=parent,
        doc_type=doc_type,
        number=number,
        place=place,
        date=date,
        subject=subject,
        signer=closing.signer,
        signer_title=closing.title,
        sign_authority=closing.authority,
        regime=regime_of(text),
        urgency=_urgency(lines[:head_end]),
        secrecy=_secrecy(text),
        addressees=tuple(addressees),
        recipients=closing.recipients,
    )
    metadata = complete(metadata, lines, body_start, closing, _CITED)
    return Frame(metadata, min(body_start, closing.start), closing.start, closing.appendix)


def _first(lines: list[Line], pattern: re.Pattern[str]) -> int | None:
    return next((i for i, line in enumerate(lines) if pattern.search(line.text)), None)


def _item(lines: list[Line], value: str | None = None, confidence: float = 0.9) -> Item:
    words = " ".join(line.text for line in lines)
    span: Span = (lines[0].offsets[0], lines[-1].offsets[-1] + 1)
    return Item(value=value if value is not None else words, span=span, confidence=confidence)


def _title(lines: list[Line], end: int) -> tuple[int, int, str] | None:
    """(first line, line after, kind) of the line that names the kind of document."""
    for i, line in enumerate(lines[: min(end, 45)]):
        if _ADDRESS.match(line.text):
            return None
        joined = line.text
        for last in (i, i + 1):
            if last > i and last < len(lines):
                joined = f"{joined} {lines[last].text}"
            match = _TITLE.match(joined)
            if match and joined[match.end() :].strip(" :") == "" and joined.isupper():
                name = " ".join(match.group().strip(" :").lower().split())
                return i, last + 1, name
    return None


def _number(lines: list[Line], title: int | None) -> tuple[Item | None, int | None]:
    for i, line in enumerate(lines[:40]):
        if title is not None and i > title + 1:
            break
        found = _NUMBER.search(line.text)
        if (
            found is None
            or found.start() > 60
            or line.text[: found.start()].rstrip().endswith(("Luật", "định", "quyết"))
        ):
            continue
        figure = re.sub(r"[^\da-z]", "", found.group("figure"))
        rest = re.sub(r"\s+", "", found.group("rest")).rstrip(".")
        if not any(c.isdigit() for c in figure):
            return None, i
        span = line.span(found.start("figure"), found.end("rest"))
        return Item(figure + rest, span, 0.95), i
    return None, None


def _head_end(
    lines: list[Line], title: tuple[int, int, str] | None, number_line: int | None, letter: int | None
) -> int:
    """The line after the letterhead: the title, the address, or a few lines after the number."""
    if title is not None:
        return title[0] if number_line is None or number_line < title[0] else number_line + 4
    if letter is not None:
        return letter
    return min(len(lines), (number_line or 0) + 6) if number_line is not None else 0


def _doc_type(
    lines: list[Line], title: tuple[int, int, str] | None, number: Item | None, letter: int | None
) -> Item | None:
    if title is not None:
        return _item(lines[title[0] : title[1]], DOC_TYPES[title[2]], 0.98)
    if number is not None:
        # The kind stands first in the symbol (07/CT-TTg, 57-NQ/TW); 4302/TCT-TTr is a letter of a unit called TTr.
        symbol = next((p for p in re.split(r"[-/]", number.value)[1:] if not p.isdigit()), "")
        if symbol in SYMBOLS:
            return Item(SYMBOLS[symbol], number.span, 0.8)
        return Item("cong_van", number.span, 0.85)
    if letter is not None:
        return Item("cong_van", lines[letter].span(0, len(lines[letter].text)), 0.75)
    return None


def _subject(lines: list[Line], title: tuple[int, int, str] | None, head_end: int) -> tuple[Item | None, int]:
    for i, line in enumerate(lines[:head_end]):
        match = _ABOUT.match(line.text)
        if match:
            group = [line]
            for following in lines[i + 1 : head_end]:
                if _ends_about(following, group[-1]):
                    break
                group.append(following)
            words = _ABOUT.sub("", " ".join(one.text for one in group)).rstrip(" .;,)")
            return _item(group, words, 0.9), head_end
    if title is None:
        return None, head_end
    start = title[1]
    group = _title_block(lines, start)
    if not group:
        return None, start
    words = " ".join(one.text for one in group).rstrip(" .;")
    first = lines[title[0]]
    if title[2] == "thông báo kết luận":
        words = " ".join(line.text for line in lines[title[0] : title[1]]) + " " + words
        group = [first, *group]
    return _item(group, words, 0.9), start + len([g for g in group if g is not first])


def _title_block(lines: list[Line], start: int) -> list[Line]:
    """The lines of the subject under the title: capitals as long as they last, else up to a rule or the body."""
    group: list[Line] = []
    for line in lines[start : start + 14]:
        if not group:
            if _BODY_STARTS.match(line.text) or mark_of(line.text)[0] in ("roman", "number", "article"):
                break
            group.append(line)
            continue
        if group[0].is_upper:
            if not line.is_upper or (line.after_gap and not _unfinished(group[-1])) or _is_body_name(line):
                break
        elif (
            line.after_gap
            or len(group[-1].text) > 110
            or _BODY_STARTS.match(line.text)
            or line.text.endswith(":")
            or group[-1].text.endswith(".")
        ):
            break
        group.append(line)
    return group


def _unfinished(line: Line) -> bool:
    return line.text.endswith((",", "-", "–")) or len(line.text) < 12


def _is_body_name(line: Line) -> bool:
    """The issuing body named again between the title and the legal bases (CHÍNH PHỦ, HỘI ĐỒNG NHÂN DÂN TỈNH ...)."""
    return (
        re.match(
            r"^(?:CHÍNH PHỦ|THỦ TƯỚNG CHÍNH PHỦ|HỘI ĐỒNG NHÂN DÂN|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|QUỐC HỘI"
            r"|BAN THƯỜNG VỤ|BAN CHẤP HÀNH)\b",
            line.text,
        )
        is not None
    )


def _ends_about(line: Line, before: Line) -> bool:
    folded = bare(line.text)
    if re.search(r"\bngay\b.*\bthang\b.*\bnam\b|^[^,]{3,30},\s*ngay\b", folded) or _ADDRESS.match(line.text):
        return True
    if re.match(r"cong\s+ho|doc\s+lap|dang\s+cong", folded) or line.is_upper:
        return True
    return line.after_gap or before.text.endswith(".")


def _addressees(lines: list[Line], start: int | None, end: int) -> tuple[list[Item], int]:
    telegram = _first(lines[: min(end, 40)], _TELEGRAM)
    if start is None and telegram is not None:
        return _list_after(lines, telegram, lines[telegram].text[len(lines[telegram].text) :], end)
    if start is None:
        return [], 0
    match = _ADDRESS.match(lines[start].text)
    return _list_after(lines, start, lines[start].text[match.end() :].strip() if match else "", end)


def _list_after(lines: list[Line], start: int, inline: str, end: int) -> tuple[list[Item], int]:
    groups: list[list[Line]] = []
    words: list[str] = []
    if inline:
        groups.append([lines[start]])
        words.append(inline)
    i = start + 1
    while i < min(end, len(lines), start + 30):
        line = lines[i]
        kind, mark = mark_of(line.text)
        if kind == "bullet":
            groups.append([line])
            words.append(line.text[len(mark) :].strip())
        elif groups and not _ends_address(line, words[-1], bullets=not inline):
            groups[-1].append(line)
            words[-1] += " " + line.text
        else:
            break
        i += 1
    items = [
        _item(group, word.strip(" .;,"))
        for group, word in zip(groups, words, strict=True)
        if word.strip(" .;,")
    ]
    return items, i


def _ends_address(line: Line, so_far: str, *, bullets: bool) -> bool:
    if so_far.rstrip().endswith((".", ";")) or line.text.endswith((":",)):
        return True
    if _BODY_STARTS.match(line.text):
        return True
    if line.after_gap and not (bullets and so_far.rstrip().endswith(",")):
        return True
    return len(line.text) > 75 if not bullets else line.text[0].isupper() and len(line.text) > 90


def _urgency(lines: list[Line]) -> Item | None:
    for line in lines:
        words = line.text.strip(" |").lower()
        if words in _URGENCY:
            return _item([line], _URGENCY[words])
    return None


def _secrecy(text: str) -> Item | None:
    level = secrecy_of(text)
    return Item(level, None, 0.95) if level else None
