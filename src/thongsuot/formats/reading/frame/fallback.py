"""What a paper says about itself where its letterhead was lost: pages that quote it, texts that begin in the middle.

Every value found here is a guess with a low confidence; a letterhead, where there is one, is never overruled.
"""

import re
from dataclasses import replace

from thongsuot.formats.reading.deadlines import iso_date
from thongsuot.formats.reading.frame.articles import (
    ARTICLE,
    DATED,
    FIRST_LINES,
    GUESS,
    KINDS,
    LONGEST_LINE,
    TAIL_LINES,
    date_item,
    said_by_an_article,
)
from thongsuot.formats.reading.frame.casing import normal_case
from thongsuot.formats.reading.frame.closing import Closing
from thongsuot.formats.reading.frame.dates import place_and_date
from thongsuot.formats.reading.frame.issuers import (
    BODY_OF_SYMBOL,
    NAMED_ISSUER,
    SPEAKS,
    SPEAKS_BY_NAME,
)
from thongsuot.formats.reading.frame.rows import rows_of
from thongsuot.formats.reading.kinds import KIND_BY_TITLE
from thongsuot.formats.reading.model import Item, Metadata
from thongsuot.formats.reading.paragraphs import Line
from thongsuot.formats.reading.words import rx

# "Trường Tiểu học A xây dựng Kế hoạch tổ chức ..., cụ thể như sau:".
_ITS_OWN = rx(
    rf"^\W{{0,20}}(?P<body>%U[^.:;\n]{{3,90}}?)\s(?:xây dựng|ban hành|lập|có)\s(?P<kind>{KINDS})\s"
    r"(?P<subject>[^:;\n]{10,300}?),?\s(?:(?:cụ thể|với (?:các )?nội dung|nội dung)\s)?(?:cụ thể\s)?như sau\W{0,5}$"
)
_HEADLINE_DAY = re.compile(
    rf"^\W{{0,20}}(?:{KINDS})(?:\s(?:[Kk]hẩn|[Hh]ỏa tốc))?\s"
    r"(?P<told>ngày\s\d{1,2}[./-]\d{1,2}[./-]\d{4})\W{0,5}$"
)
_BODY_IN_CAPITALS = re.compile(
    r"^(?:CHỦ TỊCH |BỘ TRƯỞNG )?(?P<body>(?:HỘI ĐỒNG NHÂN DÂN|[ỦU][ỶY] BAN NHÂN DÂN|BAN THƯỜNG VỤ|BAN CHẤP HÀNH"
    r"|CHÍNH PHỦ|QUỐC HỘI"
    r"|THỦ TƯỚNG CHÍNH PHỦ|BỘ |SỞ )[^.:;]{0,80})$"
)
_PASSED = re.compile(r"thông qua ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_TITLE_NUMBER = re.compile(
    r"^(?:của\s[^\d]{3,90}\s)?số\s*:?\s*(?P<number>\d{1,5}[-/][^\s]{3,30})\s+ngày\s+(?P<day>\d{1,2})\s*(?:/"
    r"|tháng)\s*(?P<month>\d{1,2})"
    r"\s*(?:/|năm)\s*(?P<year>\d{4})\s+(?P<rest>\S.{8,})$",
    re.IGNORECASE,
)
_ITSELF = re.compile(rf"\b(?P<kind>{KINDS}) này\b")
_ENOUGH_MENTIONS = 2


def complete(metadata: Metadata, lines: list[Line], body_start: int, closing: Closing) -> Metadata:
    """Fill what the letterhead should have said from what the text says."""
    if metadata.issuing_body is None and (metadata.regime is None or metadata.regime.rule == "regime-number"):
        metadata = said_by_an_article(metadata, lines)
    known = metadata.number or metadata.doc_type or metadata.subject
    if metadata.issuing_body is None and metadata.number is None and metadata.doc_type is None:
        metadata = _said_of_itself(metadata, lines)
        known = known or metadata.doc_type
    if metadata.issuing_body is None and known:
        metadata = replace(metadata, issuing_body=_body(lines, body_start))
    if metadata.number is None and metadata.subject and metadata.doc_type:
        metadata = _named_in_title(metadata)
    if metadata.issuing_body is None and metadata.number:
        metadata = replace(metadata, issuing_body=_body_of_symbol(metadata.number))
    if metadata.date is None and metadata.place is None and metadata.number is None:
        metadata = _dated_headline(metadata, lines)
    if metadata.date is None and metadata.place is None:
        metadata = _dated_at_end(replace(metadata, date=_passed(lines, closing)), lines, closing)
    if metadata.doc_type is None:
        metadata = replace(metadata, doc_type=_kind_of_itself(lines))
    return metadata


def _said_of_itself(metadata: Metadata, lines: list[Line]) -> Metadata:
    """A paper that begins with its legal bases names itself in the sentence that follows them."""
    for line in lines[:FIRST_LINES]:
        found = _ITS_OWN.match(line.text[:LONGEST_LINE])
        issuer = NAMED_ISSUER.match(found["body"]) if found else None
        if found is None or issuer is None or issuer.end() < len(found["body"]):
            continue
        kind = Item(
            KIND_BY_TITLE[found["kind"].lower()], line.span(*found.span("kind")), GUESS, "kind-itself"
        )
        subject = Item(found["subject"].strip(), line.span(*found.span("subject")), GUESS, "subject-itself")
        body = Item(found["body"], line.span(*found.span("body")), GUESS, "body-speaks")
        return replace(metadata, issuing_body=body, doc_type=kind, subject=metadata.subject or subject)
    return metadata


def _dated_headline(metadata: Metadata, lines: list[Line]) -> Metadata:
    """ "Thông báo khẩn ngày 18/10/2020": the day stands in the headline alone."""
    for line in lines[:2]:
        found = _HEADLINE_DAY.match(line.text[:LONGEST_LINE])
        told = DATED.match(found["told"]) if found else None
        if found and told:
            return replace(metadata, date=date_item(told, line, found.start("told")))
    return metadata


def _body(lines: list[Line], body_start: int) -> Item | None:
    for line in lines[: body_start + 6]:
        found = _BODY_IN_CAPITALS.match(line.text) if line.is_upper else None
        if found:
            return Item(normal_case(found["body"]), line.span(*found.span("body")), 0.6, "body-under-title")
    for speaks in (SPEAKS_BY_NAME, SPEAKS):
        for i in range(len(lines[: body_start + 8])):
            joined = " ".join(line.text[:LONGEST_LINE] for line in lines[i : i + 2])
            found = speaks.search(joined)
            if found:
                return Item(found.group("body"), None, GUESS, "body-speaks")
    return None


def _named_in_title(metadata: Metadata) -> Metadata:
    """Old libraries title a paper "CỦA BỘ A SỐ 12/2007/QĐ-BA NGÀY 24 THÁNG 9 NĂM 2007 VỀ VIỆC ..."."""
    subject = metadata.subject
    found = _TITLE_NUMBER.match(subject.value) if subject else None
    if found is None or subject is None:
        return metadata
    dated = iso_date(int(found["day"]), int(found["month"]), int(found["year"]))
    return replace(
        metadata,
        number=Item(found["number"], subject.span, ARTICLE, "number-in-title"),
        date=metadata.date or (Item(dated, subject.span, ARTICLE, "date-in-title") if dated else None),
        subject=replace(subject, value=found["rest"].strip(), confidence=ARTICLE, rule="subject-in-title"),
    )


def _dated_at_end(metadata: Metadata, lines: list[Line], closing: Closing) -> Metadata:
    """Minutes and slips bear place and date above the signature."""
    if metadata.date is not None:
        return metadata
    first = max(0, closing.start - 4)
    rows = [
        row
        for row in rows_of(lines[first : closing.start + 12], "", first)
        if row.alone or row.kind == "date"
    ]
    place, date = place_and_date(rows)
    if place is None or date is None:
        return metadata
    return replace(metadata, place=replace(place, confidence=ARTICLE), date=replace(date, confidence=ARTICLE))


def _body_of_symbol(number: Item) -> Item | None:
    """114/CĐ-TTg is the Prime Minister's, whoever signed for him."""
    body = next((name for pattern, name in BODY_OF_SYMBOL if pattern.search(number.value)), None)
    return Item(body, number.span, ARTICLE, "body-symbol") if body else None


def _passed(lines: list[Line], closing: Closing) -> Item | None:
    """A resolution that lost its letterhead tells when it was passed in its last sentence."""
    tail = " ".join(line.text for line in lines[max(0, closing.start - TAIL_LINES) : closing.start + 1])
    found = _PASSED.search(tail)
    value = iso_date(*(int(g) for g in found.groups())) if found else None
    return Item(value, None, 0.6, "date-passed") if value else None


def _kind_of_itself(lines: list[Line]) -> Item | None:
    """ "Quyết định này có hiệu lực ...": a part of a paper still says what it is."""
    counts: dict[str, int] = {}
    for line in lines:
        for match in _ITSELF.finditer(line.text):
            code = KIND_BY_TITLE[match["kind"].lower()]
            counts[code] = counts.get(code, 0) + 1
    best = max(counts, key=lambda code: counts[code], default=None)
    if best is None or counts[best] < _ENOUGH_MENTIONS:
        return None
    return Item(best, None, GUESS, "kind-itself")
