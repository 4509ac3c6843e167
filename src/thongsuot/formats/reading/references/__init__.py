"""Documents cited in a paper: by their number, or laws of the legal basis by name; once each, with the relation."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from thongsuot.formats.reading.deadlines import iso_date
from thongsuot.formats.reading.model import Page, Reference
from thongsuot.formats.reading.paragraphs import Paragraph
from thongsuot.formats.reading.references import numbers
from thongsuot.formats.reading.references.laws import laws_in
from thongsuot.formats.reading.references.relations import BASIS, relation_of
from thongsuot.formats.reading.words import rx, small

_DATE = re.compile(
    r"\s*(?:\([^)\d]{0,30}\)\s*)?,?\s*(?:được\s+ban hành\s+)?(?:ngày|\(ngày|đề ngày)?\s*"
    r"(?:(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})"
    r"|(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>\d{4}))"
)
# The names of ministries go on after "và"; anything else after it is another document or another act.
_ISSUER = rx(
    r"\s*[),]?\s*của\s+(?P<issuer>(?:Bộ trưởng\s+|Chủ tịch\s+|Giám đốc\s+|Tổng cục trưởng\s+)?"
    r"%U\w*(?:[\s-]+(?!về\b|quy định|ban hành|phê|hướng|sửa|tại\b|trên\b|đối\b|gửi\b|v/v\b"
    r"|thực hiện|triển khai|thi hành|theo\b|để\b|nhằm\b|như\b|Nghị (?:quyết|định)|Quyết định|Chỉ thị|Kế hoạch"
    r"|và\b(?!\s(?:Xã|Đào|Đầu|Công|Môi|Du|Truyền|Tôn|Gia|Phát))|cho\b|thì\b|hết\b|đã\b|có\b|nêu\b)\w+){0,9})"
)
# A law by name inside a sentence is cited where these words lead to it; elsewhere it is only spoken of.
_LEADS_TO_LAW = re.compile(
    r"(?:theo|thực hiện|thi hành|triển khai|căn cứ|quy định (?:của|tại)|phổ biến|,|và)\s+(?:các\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Context:
    """What the paper itself is called, and its pages."""

    own_number: str | None
    pages: tuple[Page, ...]


def references_of(paragraphs: Sequence[Paragraph], context: Context) -> tuple[Reference, ...]:
    """Every cited document once, in the order of the paper, with the best that is said about it anywhere."""
    found: dict[str, Reference] = {}
    own = numbers.key_of(context.own_number) if context.own_number else None
    for paragraph in paragraphs:
        for reference in (*_numbered(paragraph, context), *_named(paragraph, context)):
            key = _key(reference)
            if key != own:
                found[key] = _merged(found.get(key), reference)
    known = {re.split(r"[-/ ]", reference.number or "")[0] for reference in found.values()}
    for paragraph in paragraphs:
        for reference in _bare(paragraph, context):
            if reference.number not in known:
                found.setdefault(_key(reference), reference)
    return tuple(sorted(found.values(), key=lambda reference: reference.span))


def _key(reference: Reference) -> str:
    if reference.number is None:
        return (reference.title or "").casefold()
    if reference.rule == "bare":
        return f"{reference.type} {reference.number}".casefold()
    return numbers.key_of(reference.number)


def _merged(old: Reference | None, new: Reference) -> Reference:
    if old is None:
        return new
    return replace(
        old,
        type=old.type or new.type,
        date=old.date or new.date,
        issuer=old.issuer or new.issuer,
        relation=old.relation if old.relation != "refers_to" else new.relation,
        confidence=max(old.confidence, new.confidence),
        rule="dated" if new.rule == "dated" else old.rule,
    )


def _numbered(paragraph: Paragraph, context: Context) -> Iterator[Reference]:
    text = paragraph.text
    for match in numbers.numbers_in(text):
        number = numbers.spelled(match.group("number"))
        kind = numbers.kind_of(text[max(0, match.start() - 70) : match.start()], number)
        if kind is None:
            continue
        end = match.start() + len(match.group("number").rstrip())
        cited = _cited(paragraph, context, match.start(), end, kind, number)
        yield from _sharing(paragraph, context, match, cited)
        yield cited


def _cited(
    paragraph: Paragraph, context: Context, start: int, end: int, kind: str | None, number: str
) -> Reference:
    dated = _DATE.match(paragraph.text, end)
    issuer = _ISSUER.match(paragraph.text, dated.end() if dated else end)
    return Reference(
        type=kind,
        number=number,
        date=_iso(dated) if dated else None,
        issuer=" ".join(issuer.group("issuer").split()) if issuer else None,
        title=None,
        relation=relation_of(paragraph, start, end),
        span=paragraph.span(start, end),
        page=page_of(paragraph.offsets[start], context.pages),
        confidence=0.95 if dated else 0.85,
        rule="dated" if dated else "numbered",
    )


def _sharing(
    paragraph: Paragraph, context: Context, match: re.Match[str], cited: Reference
) -> Iterator[Reference]:
    """The numbers before one that share its symbol: "Nghị quyết số 57, 59 và 68-NQ/TW"."""
    figure = re.match(r"\d+[a-z]?", cited.number or "")
    shared = numbers.SHARED.search(paragraph.text, max(0, match.start() - 60), match.start())
    if shared is None or figure is None or cited.rule == "shared":
        return
    symbol = (cited.number or "")[figure.end() :]
    for other in numbers.figures_in(shared.group("figures")):
        start = shared.start("figures") + other.start()
        yield replace(
            cited,
            number=other.group() + symbol,
            date=None,
            span=paragraph.span(start, start + len(other.group())),
            confidence=0.75,
            rule="shared",
        )


def _bare(paragraph: Paragraph, context: Context) -> Iterator[Reference]:
    """A number without a symbol, told by its kind and its issuer or its day: "Chỉ thị 03, 07 của Thành ủy"."""
    if not numbers.LEADS_ON.search(paragraph.text):
        return
    for match in numbers.BARE.finditer(paragraph.text):
        kind = numbers.TYPE.match(small(match.group()))
        for figure in numbers.figures_in(match.group("figures")):
            start = match.start("figures") + figure.start()
            name = numbers.kind_in_words(match.group()[: kind.end()]) if kind else None
            cited = _cited(paragraph, context, start, match.end("figures"), name, figure.group())
            yield replace(
                cited, span=paragraph.span(start, start + len(figure.group())), confidence=0.5, rule="bare"
            )


def _named(paragraph: Paragraph, context: Context) -> Iterator[Reference]:
    """Laws by name: every one of the legal basis, and those that a sentence rests on or carries out."""
    text = paragraph.text
    basis = BASIS.match(paragraph.body) is not None
    led_to = False
    for match in laws_in(text):
        cue = _LEADS_TO_LAW.search(text, max(0, match.start() - 30), match.start())
        # "theo Luật A, Luật B": a comma only continues a list that has begun.
        led_to = cue is not None and (led_to or cue.group().strip() not in (",", "và"))
        if not basis and not led_to:
            continue
        dated = _DATE.match(text, match.end())
        start, end = match.span("title")
        title = " ".join(match.group("title").split())
        yield Reference(
            type=next(
                word for word in ("Bộ luật", "Luật", "Hiến pháp", "Pháp lệnh") if title.startswith(word)
            ),
            number=None,
            date=_iso(dated) if dated else None,
            issuer=None,
            title=title,
            relation=relation_of(paragraph, start, end),
            span=paragraph.span(start, end),
            page=page_of(paragraph.offsets[start], context.pages),
            confidence=0.8 if dated else 0.7,
            rule="law",
        )


def _iso(match: re.Match[str]) -> str | None:
    day, month, year = (match.group(a) or match.group(b) for a, b in (("d", "d2"), ("m", "m2"), ("y", "y2")))
    return iso_date(int(day), int(month), int(year))


def page_of(offset: int, pages: tuple[Page, ...]) -> int | None:
    """The number of the page that holds an offset of the text; None where the source has no pages."""
    if len(pages) < 2:
        return 1 if pages else None
    return pages[max(0, bisect_right([page.start for page in pages], offset) - 1)].number
