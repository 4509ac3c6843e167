"""What a paper says about itself where its letterhead was lost: pages that quote it, texts that begin in the middle.

Every value found here is a guess with a low confidence; a letterhead, where there is one, is never overruled.
"""

import re
from dataclasses import replace

from thongsuot.formats.reading.deadlines import iso_date
from thongsuot.formats.reading.frame.casing import normal_case
from thongsuot.formats.reading.frame.closing import Closing
from thongsuot.formats.reading.frame.dates import place_and_date
from thongsuot.formats.reading.frame.issuers import (
    BODY_OF_SYMBOL,
    NAMED_ISSUER,
    SPEAKS,
    SPEAKS_BY_NAME,
)
from thongsuot.formats.reading.frame.names import person_in
from thongsuot.formats.reading.frame.rows import rows_of
from thongsuot.formats.reading.kinds import KIND_BY_TITLE
from thongsuot.formats.reading.model import Item, Metadata
from thongsuot.formats.reading.paragraphs import Line
from thongsuot.formats.reading.words import rx

GUESS = 0.5
ARTICLE = 0.6
_FIRST_LINES = 8
_TAIL_LINES = 6
_LINE = 1_500  # characters of a line that are asked

_KINDS = "|".join(
    sorted((title.capitalize() for title in KIND_BY_TITLE if len(title) > 4), key=len, reverse=True)
)
# "Nghị quyết số 57-NQ/TW", "Công điện số 114/CĐ-TTg", "Thông báo 81/TB-UBND".
_CITED = re.compile(
    rf"(?P<kind>{_KINDS}|Văn bản)\s+(?:số\s*:?\s*)?"
    r"(?P<number>\d{1,5}(?:/\d{4})?[-/][A-ZĐ][A-Za-zĐđ&]{0,9}\d{0,2}(?:[-/][A-ZĐ][\wĐđ&]{0,14}){0,3})"
)
_DATED = re.compile(
    r"^[\s,(]{0,20}ngày\s+(?P<day>\d{1,2})(?:[/.-]|\s+tháng\s+)(?P<month>\d{1,2})(?:[/.-]|\s+năm\s+)(?P<year>\d{4})\)?"
)
# "ngày 18.5, Chủ tịch UBND tỉnh có Công điện số 15, về việc ...": reports leave the symbol and the year out.
_CITED_SHORT = re.compile(
    rf"(?P<kind>{_KINDS})\s+(?:hỏa tốc\s+|khẩn\s+)?số\s*:?\s*(?P<number>\d{{1,5}})(?![\w/.-])"
)
_TOLD = re.compile(
    r"(?:^|\s)[Nn]gày\s+(?P<day>\d{1,2})[./-](?P<month>\d{1,2})(?:[./-](?P<year>\d{4}))?(?!\d|[./-]\d)"
)
_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](\d{4})(?!\d)|\bnăm\s(\d{4})(?!\d)")
# "Trường Tiểu học A xây dựng Kế hoạch tổ chức ..., cụ thể như sau:".
_ITS_OWN = rx(
    rf"^\W{{0,20}}(?P<body>%U[^.:;\n]{{3,90}}?)\s(?:xây dựng|ban hành|lập|có)\s(?P<kind>{_KINDS})\s"
    r"(?P<subject>[^:;\n]{10,300}?),?\s(?:(?:cụ thể|với (?:các )?nội dung|nội dung)\s)?(?:cụ thể\s)?như sau\W{0,5}$"
)
_HEADLINE_DAY = re.compile(
    rf"^\W{{0,20}}(?:{_KINDS})(?:\s(?:[Kk]hẩn|[Hh]ỏa tốc))?\s"
    r"(?P<told>ngày\s\d{1,2}[./-]\d{1,2}[./-]\d{4})\W{0,5}$"
)
_SUBJECT = re.compile(
    r"[\s,*_“\"]{0,20}(?:\d{4}\s)?(?:của\s[^.;:]{3,60}?\s)?(?P<subject>(?:về|Về|V/v|v/v|Kết luận|ban hành"
    r"|phê duyệt|quy định"
    r"|triển khai)\s[^\n]{10,400}?)"
    r"(?:[.;]?[\s*_]{0,20}$|\.\s(?=[A-ZĐ]))"
)
_OF = re.compile(r"^[\s,)*_]{0,20}(?:của|do)\s")
_SIGNS = re.compile(r"(?:vừa|đã|mới)?\s*(?:ký|ban hành|có|thông qua|công bố)(?:\s+ban hành)?\s*$")
_SIGNED = rx(
    r"(?P<title>Tổng Bí thư|Thường trực Ban Bí thư|Phó Thủ tướng(?: Thường trực)?(?: Chính phủ)?"
    r"|Thủ tướng(?: Chính phủ)?"
    r"|Phó Chủ tịch|Chủ tịch|Phó Bí thư|Bí thư|Thứ trưởng|Bộ trưởng|Phó Giám đốc|Giám đốc)"
    r"(?:\s(?:UBND|[ỦU][ỷy] ban nhân dân|Bộ|Sở|Tỉnh ủy|Thành ủy|Quốc hội)(?:\s(?:%U|%l)%l*){0,6}?)?\s+"
    r"(?P<name>%U%l+(?:\s%U%l+){1,4})[\s,]+(?:(?:đã|vừa|mới)\s+)?ký"
)
_SENT = re.compile(
    r"^\W{0,20}(?:Công điện|Công văn|Văn bản|Chỉ thị)(?:\s+này)?(?:\s+được)?\s+gửi\s+(?:tới\s+"
    r"|đến\s+)?(?P<list>[^\n]{5,800}?)"
    r"(?:,?\s+nêu rõ|,?\s+yêu cầu)?\s*[:.]?$"
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
_ITSELF = re.compile(rf"\b(?P<kind>{_KINDS}) này\b")
_ENOUGH_MENTIONS = 2


def complete(metadata: Metadata, lines: list[Line], body_start: int, closing: Closing) -> Metadata:
    """Fill what the letterhead should have said from what the text says."""
    if metadata.issuing_body is None and (metadata.regime is None or metadata.regime.rule == "regime-number"):
        metadata = _article(metadata, lines)
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


def _article(metadata: Metadata, lines: list[Line]) -> Metadata:
    """A page that gives or reports a paper names it in its first lines, or as its source in the last ones."""
    if metadata.doc_type is not None and metadata.doc_type.rule == "title":
        return metadata
    first = lines[:_FIRST_LINES]
    source = [line for line in lines[-_TAIL_LINES:] if "Nguồn" in line.text[:20]]
    cited = [(line, m) for line in (*first, *source) if (m := _CITED.search(line.text[:_LINE]))]
    cited = [(line, m) for line, m in cited if _names_itself(line, m, lines)]
    if not cited and metadata.number is None:
        cited = [
            (line, m)
            for line in first
            if (m := _CITED_SHORT.search(line.text[:_LINE])) and _SIGNS.search(line.text[: m.start()].strip())
        ][:1]
    for line, match in sorted(cited, key=_trust):
        if metadata.number is not None and metadata.number.value != match["number"]:
            continue
        metadata = _details(metadata, line, match)
    sent = next((m for line in first if (m := _SENT.match(line.text[:_LINE]))), None)
    if sent and cited and not metadata.addressees:
        names = [part.strip(" .,") for part in sent["list"].split(";")]
        metadata = replace(metadata, addressees=tuple(Item(n, None, GUESS, "article") for n in names if n))
    return metadata


def _trust(cited: tuple[Line, re.Match[str]]) -> tuple[bool, bool]:
    """Sentences before headlines that ask, dated ones first."""
    line, match = cited
    return line.text.endswith("?"), _DATED.match(line.text[match.end() :]) is None


def _names_itself(line: Line, match: re.Match[str], lines: list[Line]) -> bool:
    """Whether the paper cited is the one given: a line opens with it, somebody signs it there, it is the source."""
    before = line.text[: match.start()].strip(" #*_“\"'>-(")
    if not before or before.startswith(("Nguồn", "Toàn văn", "Trân trọng giới thiệu", "(Chinhphu.vn)")):
        return len(lines) > 1
    return _SIGNS.search(before) is not None


def _details(metadata: Metadata, line: Line, match: re.Match[str]) -> Metadata:
    span = line.span(*match.span("number"))
    code = KIND_BY_TITLE.get(match["kind"].lower())
    after = line.text[match.end() : _LINE]
    dated = _DATED.match(after)
    rest = after[dated.end() :] if dated else after
    found: dict[str, Item | None] = {
        "number": Item(match["number"], span, ARTICLE, "article"),
        "doc_type": Item(code, span, ARTICLE, "article") if code else None,
        "date": _date_item(dated, line, match.end()) if dated else _told(line, match.start()),
        "issuing_body": _issuer(line, match, rest),
    }
    subject = _SUBJECT.match(_without_issuer(rest))
    if subject:
        found["subject"] = Item(subject["subject"].strip(" .;*_"), None, GUESS, "article")
    signed = _SIGNED.search(line.text[:_LINE])
    person = person_in(signed["name"]) if signed else None
    if signed and person:
        found["signer"] = Item(person[0], line.span(*signed.span("name")), GUESS, "article")
        found["signer_title"] = Item(signed["title"], line.span(*signed.span("title")), GUESS, "article")
    missing = {name: item for name, item in found.items() if item and getattr(metadata, name) is None}
    return replace(metadata, **missing)  # type: ignore[arg-type]  # all of them are items


def _told(line: Line, end: int) -> Item | None:
    """The last day named before the paper in its sentence; the year of another date there where it has none."""
    before = line.text[:end]
    sentence = max(before.rfind(". "), before.rfind("; ")) + 1
    told = [m for m in _TOLD.finditer(before) if m.start() >= sentence]
    years = [found[1] or found[2] for found in _YEAR.finditer(before)]
    if not told or not (told[-1]["year"] or years):
        return None
    last = told[-1]
    value = iso_date(int(last["day"]), int(last["month"]), int(last["year"] or years[-1]))
    return Item(value, line.span(last.start("day"), last.end()), ARTICLE, "article") if value else None


def _said_of_itself(metadata: Metadata, lines: list[Line]) -> Metadata:
    """A paper that begins with its legal bases names itself in the sentence that follows them."""
    for line in lines[:_FIRST_LINES]:
        found = _ITS_OWN.match(line.text[:_LINE])
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
        found = _HEADLINE_DAY.match(line.text[:_LINE])
        told = _DATED.match(found["told"]) if found else None
        if found and told:
            return replace(metadata, date=_date_item(told, line, found.start("told")))
    return metadata


def _without_issuer(rest: str) -> str:
    """The words after "của Bộ Chính trị"."""
    of = _OF.match(rest)
    issuer = NAMED_ISSUER.match(rest, of.end()) if of else None
    return rest[issuer.end() :] if issuer else rest


def _date_item(dated: re.Match[str], line: Line, start: int) -> Item | None:
    value = iso_date(int(dated["day"]), int(dated["month"]), int(dated["year"]))
    span = line.span(start + dated.start("day"), start + dated.end("year"))
    return Item(value, span, ARTICLE, "article") if value else None


def _issuer(line: Line, match: re.Match[str], rest: str) -> Item | None:
    """Behind the number ("của Bộ Chính trị"), or who is said to sign it."""
    of = _OF.match(rest)
    body = NAMED_ISSUER.match(rest, of.end()) if of else None
    if body is None and _SIGNS.search(line.text[: match.start()]):
        body = NAMED_ISSUER.search(line.text[: match.start()])
    return Item(body["body"].strip(), None, GUESS, "article") if body else None


def _body(lines: list[Line], body_start: int) -> Item | None:
    for line in lines[: body_start + 6]:
        found = _BODY_IN_CAPITALS.match(line.text) if line.is_upper else None
        if found:
            return Item(normal_case(found["body"]), line.span(*found.span("body")), 0.6, "body-under-title")
    for speaks in (SPEAKS_BY_NAME, SPEAKS):
        for i in range(len(lines[: body_start + 8])):
            joined = " ".join(line.text[:_LINE] for line in lines[i : i + 2])
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
    tail = " ".join(line.text for line in lines[max(0, closing.start - _TAIL_LINES) : closing.start + 1])
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
