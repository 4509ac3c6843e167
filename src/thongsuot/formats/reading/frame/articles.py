"""A page that gives a paper or reports on it: news, libraries of law, letters that pass a paper on."""

import re
from dataclasses import replace

from thongsuot.formats.reading.deadlines import iso_date
from thongsuot.formats.reading.frame.issuers import NAMED_ISSUER
from thongsuot.formats.reading.frame.names import person_in
from thongsuot.formats.reading.kinds import KIND_BY_TITLE
from thongsuot.formats.reading.model import Item, Metadata
from thongsuot.formats.reading.paragraphs import Line
from thongsuot.formats.reading.words import rx

GUESS = 0.5
ARTICLE = 0.6
FIRST_LINES = 8
TAIL_LINES = 6
LONGEST_LINE = 1_500  # characters of a line that are asked

KINDS = "|".join(
    sorted((title.capitalize() for title in KIND_BY_TITLE if len(title) > 4), key=len, reverse=True)
)
# "Nghị quyết số 57-NQ/TW", "Công điện số 114/CĐ-TTg", "Thông báo 81/TB-UBND".
_CITED = re.compile(
    rf"(?P<kind>{KINDS}|Văn bản)\s+(?:số\s*:?\s*)?"
    r"(?P<number>\d{1,5}(?:/\d{4})?[-/][A-ZĐ][A-Za-zĐđ&]{0,9}\d{0,2}(?:[-/][A-ZĐ][\wĐđ&]{0,14}){0,3})"
)
DATED = re.compile(
    r"^[\s,(]{0,20}ngày\s+(?P<day>\d{1,2})(?:[/.-]|\s+tháng\s+)(?P<month>\d{1,2})(?:[/.-]|\s+năm\s+)(?P<year>\d{4})\)?"
)
# "ngày 18.5, Chủ tịch UBND tỉnh có Công điện số 15, về việc ...": reports leave the symbol and the year out.
_CITED_SHORT = re.compile(
    rf"(?P<kind>{KINDS})\s+(?:hỏa tốc\s+|khẩn\s+)?số\s*:?\s*(?P<number>\d{{1,5}})(?![\w/.-])"
)
_TOLD = re.compile(
    r"(?:^|\s)[Nn]gày\s+(?P<day>\d{1,2})[./-](?P<month>\d{1,2})(?:[./-](?P<year>\d{4}))?(?!\d|[./-]\d)"
)
_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](\d{4})(?!\d)|\bnăm\s(\d{4})(?!\d)")
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


def said_by_an_article(metadata: Metadata, lines: list[Line]) -> Metadata:
    """A page that gives or reports a paper names it in its first lines, or as its source in the last ones."""
    if metadata.doc_type is not None and metadata.doc_type.rule == "title":
        return metadata
    first = lines[:FIRST_LINES]
    source = [line for line in lines[-TAIL_LINES:] if "Nguồn" in line.text[:20]]
    cited = [(line, m) for line in (*first, *source) if (m := _CITED.search(line.text[:LONGEST_LINE]))]
    cited = [(line, m) for line, m in cited if _names_itself(line, m, lines)]
    if not cited and metadata.number is None:
        cited = [
            (line, m)
            for line in first
            if (m := _CITED_SHORT.search(line.text[:LONGEST_LINE]))
            and _SIGNS.search(line.text[: m.start()].strip())
        ][:1]
    for line, match in sorted(cited, key=_trust):
        if metadata.number is not None and metadata.number.value != match["number"]:
            continue
        metadata = _details(metadata, line, match)
    sent = next((m for line in first if (m := _SENT.match(line.text[:LONGEST_LINE]))), None)
    if sent and cited and not metadata.addressees:
        names = [part.strip(" .,") for part in sent["list"].split(";")]
        metadata = replace(metadata, addressees=tuple(Item(n, None, GUESS, "article") for n in names if n))
    return metadata


def _trust(cited: tuple[Line, re.Match[str]]) -> tuple[bool, bool]:
    """Sentences before headlines that ask, dated ones first."""
    line, match = cited
    return line.text.endswith("?"), DATED.match(line.text[match.end() :]) is None


def _names_itself(line: Line, match: re.Match[str], lines: list[Line]) -> bool:
    """Whether the paper cited is the one given: a line opens with it, somebody signs it there, it is the source."""
    before = line.text[: match.start()].strip(" #*_“\"'>-(")
    if not before or before.startswith(("Nguồn", "Toàn văn", "Trân trọng giới thiệu", "(Chinhphu.vn)")):
        return len(lines) > 1
    return _SIGNS.search(before) is not None


def _details(metadata: Metadata, line: Line, match: re.Match[str]) -> Metadata:
    span = line.span(*match.span("number"))
    code = KIND_BY_TITLE.get(match["kind"].lower())
    after = line.text[match.end() : LONGEST_LINE]
    dated = DATED.match(after)
    rest = after[dated.end() :] if dated else after
    found: dict[str, Item | None] = {
        "number": Item(match["number"], span, ARTICLE, "article"),
        "doc_type": Item(code, span, ARTICLE, "article") if code else None,
        "date": date_item(dated, line, match.end()) if dated else _told(line, match.start()),
        "issuing_body": _issuer(line, match, rest),
    }
    subject = _SUBJECT.match(_without_issuer(rest))
    if subject:
        found["subject"] = Item(subject["subject"].strip(" .;*_"), None, GUESS, "article")
    signed = _SIGNED.search(line.text[:LONGEST_LINE])
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


def _without_issuer(rest: str) -> str:
    """The words after "của Bộ Chính trị"."""
    of = _OF.match(rest)
    issuer = NAMED_ISSUER.match(rest, of.end()) if of else None
    return rest[issuer.end() :] if issuer else rest


def date_item(dated: re.Match[str], line: Line, start: int) -> Item | None:
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
