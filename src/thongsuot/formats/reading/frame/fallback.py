"""Metadata where the letterhead was lost: articles that quote a document, texts without their first table."""

import re
from dataclasses import replace

from thongsuot.formats.reading.deadlines import iso_date
from thongsuot.formats.reading.frame.signature import Closing
from thongsuot.formats.reading.model import Item, Metadata
from thongsuot.formats.reading.paragraphs import Line
from thongsuot.formats.reading.words import DOC_TYPES, SYMBOLS, normal_case, rx

_ARTICLE = re.compile(
    r"^\W*(?:Toàn văn|Nghị quyết|Chỉ thị|Kết luận|Thông báo|Quyết định|Kế hoạch|Hướng dẫn|Quy định)\b"
)
_PASSED = re.compile(r"thông qua ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_SLASHED = re.compile(r"[Nn]gày (\d{1,2})/(\d{1,2})/(\d{4})")
_BODY_IN_CAPITALS = re.compile(
    r"^(?:HỘI ĐỒNG NHÂN DÂN|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|BAN THƯỜNG VỤ|BAN CHẤP HÀNH|CHÍNH PHỦ|QUỐC HỘI"
    r"|THỦ TƯỚNG CHÍNH PHỦ)\b.*"
)
_SPEAKS = rx(
    r"(?P<body>(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Bộ Chính trị|Ban Bí thư|Ban Thường vụ"
    r"|Thủ tướng Chính phủ|Chính phủ|Sở|Bộ|Tổng cục|Cục|Văn phòng)(?:\s+(?:%U\w*|tỉnh|thành phố|xã|phường|và"
    r"|phố)){0,12})"
    r"\s+(?:yêu cầu|đề nghị|kết luận|ban hành|thông báo|có ý kiến)"
)
_OF = re.compile(
    r"của (?P<body>Bộ Chính trị|Ban Bí thư|Chính phủ|Thủ tướng Chính phủ|Ban Chấp hành Trung ương|Quốc hội)"
)
_SUBJECT = rx(r"(?:của %U\w*(?:\s[A-ZĐ\w]\w*){0,5}? )?(?P<subject>về .{15,300}?)[.:*]*$")
_SIGNED = rx(
    r"(?P<title>Tổng Bí thư|Thường trực Ban Bí thư|Thủ tướng|Phó Thủ tướng|Chủ tịch|Phó Chủ tịch"
    r"|Bí thư)\s+(?P<name>%U%l+(?:\s%U%l+){1,4})\s+(?:đã\s+)?ký"
)
GUESS = 0.5


def complete(
    metadata: Metadata, lines: list[Line], body_start: int, closing: Closing, number: re.Pattern[str]
) -> Metadata:
    """Fill what the letterhead should have said from what the text says, with low confidence."""
    if metadata.number is None and metadata.issuing_body is None and metadata.doc_type is None:
        metadata = _article(metadata, lines, number)
    if metadata.issuing_body is None:
        metadata = replace(metadata, issuing_body=_body(lines, body_start))
    if metadata.date is None:
        metadata = replace(metadata, date=_date(lines, closing))
    return metadata


def _article(metadata: Metadata, lines: list[Line], number: re.Pattern[str]) -> Metadata:
    """A page that quotes a whole document names it in its first lines."""
    for line in lines[:6] if len(lines) > 6 else ():
        found = number.search(line.text)
        if found is None or not _ARTICLE.match(line.text.lstrip("# ")):
            continue
        value = found.group("number")
        symbol = next((p for p in re.split(r"[-/]", value) if p in SYMBOLS), None)
        kind = SYMBOLS[symbol] if symbol else None
        span = line.span(*found.span("number"))
        metadata = replace(
            metadata, number=Item(value, span, 0.6), doc_type=Item(kind, span, 0.6) if kind else None
        )
        return _article_details(metadata, lines, value)
    return metadata


def _article_details(metadata: Metadata, lines: list[Line], value: str) -> Metadata:
    for line in lines[:8]:
        if value not in line.text or len(line.text) < 60 or line.text.endswith("?"):
            continue
        after = line.text[line.text.index(value) + len(value) :]
        name = next(
            (n for n, code in DOC_TYPES.items() if metadata.doc_type and code == metadata.doc_type.value), ""
        )
        subject = re.search(r"(?P<subject>(?:Kết luận|về) .{15,300}?)[.:*]*$", after) or _SUBJECT.search(
            after
        )
        dated = re.search(r"ngày (\d{1,2})/(\d{1,2})/(\d{4})", after) or _SLASHED.search(line.text)
        body = _OF.search(after)
        signed = _SIGNED.search(line.text)
        metadata = replace(
            metadata,
            subject=Item(subject.group("subject"), None, GUESS) if subject and name else metadata.subject,
            date=_dated(dated, GUESS) or metadata.date,
            issuing_body=Item(body.group("body"), None, GUESS) if body else metadata.issuing_body,
            signer=Item(signed.group("name"), line.span(*signed.span("name")), GUESS)
            if signed
            else metadata.signer,
            signer_title=Item(signed.group("title"), line.span(*signed.span("title")), GUESS)
            if signed
            else metadata.signer_title,
        )
        break
    return metadata


def _dated(found: re.Match[str] | None, confidence: float) -> Item | None:
    value = iso_date(*(int(g) for g in found.groups())) if found else None
    return Item(value, None, confidence) if value else None


def _body(lines: list[Line], body_start: int) -> Item | None:
    for line in lines[: body_start + 6]:
        if line.is_upper and _BODY_IN_CAPITALS.match(line.text):
            return Item(normal_case(line.text), line.span(0, len(line.text)), 0.6)
    for i in range(len(lines[: body_start + 8])):
        joined = " ".join(line.text for line in lines[i : i + 2])
        found = _SPEAKS.search(joined)
        if found:
            return Item(found.group("body"), None, GUESS)
    return None


def _date(lines: list[Line], closing: Closing) -> Item | None:
    tail = " ".join(line.text for line in lines[max(0, closing.start - 6) : closing.start + 1])
    return _dated(_PASSED.search(tail), 0.6)
