"""Documents cited in the text: by number, and laws named in the legal basis; once each, with the relation."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from thongsuot.formats.reading.deadlines import iso_date
from thongsuot.formats.reading.model import Page, Reference, Relation
from thongsuot.formats.reading.paragraphs import Paragraph
from thongsuot.formats.reading.words import NAMES_BY_SYMBOL, rx

_TYPES = (
    "Nghị quyết liên tịch|Nghị quyết|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Chỉ thị|Kết luận"
    "|Thông báo kết luận|Thông báo|"
    "Kế hoạch hành động|Kế hoạch|Chương trình hành động|Chương trình|Công văn|Công điện|Văn bản|Tờ trình"
    "|Báo cáo thẩm tra|"
    "Báo cáo giải trình, tiếp thu|Báo cáo tiếp thu, giải trình|Báo cáo|Hướng dẫn|Bộ luật|Luật|Pháp lệnh"
    "|Quy định|Quy chế|Đề án|Thông tri|Lệnh|Giấy mời|Hiến pháp|Biên bản|Phương án"
)
_SYMBOLS = "NQLT|NQ|NĐ|TTLT|TTr|TT|QĐ|CT|KL|TB|TBKL|KH|CTr|CTHĐ|CV|CĐ|BC|HD|QC|QyĐ|ĐA|PA|GM|L|PL|BB|Tr|HĐ"
_NUMBER = re.compile(
    r"(?<![\w/.,-])(?P<number>"
    r"\d{1,4}/\d{4}/(?:QH\d{1,2}|UBTVQH\d{1,2}|[A-ZĐ]{1,4}\w*(?:\s?[-–]\s?[A-ZĐ][\w&Đđ]*)*)"  # 30/2020/NĐ-CP
    rf"|\d{{1,4}}\s?[-–]\s?(?:{_SYMBOLS})\s?/\s?[A-ZĐ][\wĐđ]*(?:-[A-ZĐ][\wĐđ]*)*"  # 57-NQ/TW
    r"|\d{1,5}[a-z]?\s?/\s?[A-ZĐ][A-Za-zĐđ&]*(?:\s?[-–]\s?[A-ZĐ][\w&Đđ.]*)+"  # 648/TB-VPCP
    rf"|\d{{1,4}}/(?:{_SYMBOLS})(?![\w/])"  # 15/KH
    r")(?![\w/])"
)
_TYPE = re.compile(rf"\b(?:{_TYPES})\b", re.IGNORECASE)
_DATE = re.compile(
    r"\s*(?:\([^)]{0,30}\)\s*)?,?\s*(?:ngày|\(ngày)?\s*"
    r"(?:(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})"
    r"|(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>\d{4}))"
)
_ISSUER = rx(
    r"\s*[),]?\s*của\s+(?P<issuer>(?:Bộ trưởng\s+|Chủ tịch\s+|Giám đốc\s+"
    r"|Tổng cục trưởng\s+)?%U\w*(?:[\s-]+(?!về\b|quy định|ban hành|phê|hướng|sửa|tại\b|trên\b|đối\b"
    r"|và\b(?!\s(?:Xã|Đào|Đầu|Công|Môi|Du|Truyền|Tôn|Gia))|cho\b|thì\b|hết\b)\w+){0,9})"
)
_LAW = rx(
    r"\b(?P<title>(?:Bộ luật|Luật|Hiến pháp|Pháp lệnh)\s+(?!này\b|số\b)%U[^;,.()“”\"]{2,140}?)"
    r"(?=\s*(?:,?\s*ngày\s+\d|\s+năm\s+\d{4}|\s+số\s+\d|;|,|\.|\(|$|\s+được\s|\s+và\s+(?:Luật|các|Nghị)"
    r"|\s+đã\s))"
)
_BASIS = re.compile(r"^\W*(?:\w\)\s*)?(?:Căn cứ|Xét|Trên cơ sở|Sau khi xem xét|Theo đề nghị)\b")
_IMPLEMENTS = re.compile(
    r"^\W*(?:Thực hiện|Triển khai(?: thực hiện)?|Để (?:triển khai )?thực hiện|Nhằm (?:triển khai )?thực hiện"
    r"|Tiếp tục thực hiện)\b"
)
_REPEALS = re.compile(r"(?:Bãi bỏ|bãi bỏ|hết hiệu lực|Hủy bỏ|hủy bỏ)")
_REPLACES = re.compile(r"(?:thay thế|Thay thế)\s+(?:\w+\s+){0,3}$")
_AMENDS = re.compile(r"(?:^|[.;]\s*)\W*(?:Điều \d+\.?\s*)?Sửa đổi")


@dataclass(frozen=True)
class Context:
    own_number: str | None
    pages: tuple[Page, ...]


def references_of(paragraphs: list[Paragraph], context: Context) -> tuple[Reference, ...]:
    found: dict[str, Reference] = {}
    own = _key(context.own_number) if context.own_number else None
    for paragraph in paragraphs:
        for reference in _numbered(paragraph, context):
            key = _key(reference.number or "")
            if key == own:
                continue
            if key not in found or _better(reference, found[key]):
                found[key] = _merged(found.get(key), reference)
        if _BASIS.match(paragraph.body):
            for reference in _laws(paragraph, context):
                found.setdefault((reference.title or "").casefold(), reference)
    return tuple(sorted(found.values(), key=lambda r: r.span))


def _key(number: str) -> str:
    return re.sub(r"\s+", "", number).casefold().lstrip("0")


def _better(new: Reference, old: Reference) -> bool:
    return (old.date is None and new.date is not None) or (
        old.relation == "refers_to" and new.relation != "refers_to"
    )


def _merged(old: Reference | None, new: Reference) -> Reference:
    if old is None:
        return new
    relation = old.relation if old.relation != "refers_to" else new.relation
    return Reference(
        type=old.type or new.type,
        number=old.number,
        date=old.date or new.date,
        issuer=old.issuer or new.issuer,
        title=old.title or new.title,
        relation=relation,
        span=old.span,
        page=old.page,
        confidence=max(old.confidence, new.confidence),
    )


def _numbered(paragraph: Paragraph, context: Context) -> list[Reference]:
    text = paragraph.text
    found = []
    for match in _NUMBER.finditer(text):
        number = re.sub(r"\s+", "", match.group("number")).replace("–", "-").rstrip(".-")
        kind = _kind_before(text[max(0, match.start() - 70) : match.start()], number)
        if kind is None:
            continue
        dated = _DATE.match(text, match.end())
        after = dated.end() if dated else match.end()
        issuer = _ISSUER.match(text, after)
        start = match.start()
        found.append(
            Reference(
                type=kind,
                number=number,
                date=_iso(dated) if dated else None,
                issuer=" ".join(issuer.group("issuer").split()) if issuer else None,
                title=None,
                relation=_relation(paragraph, start, match.end()),
                span=paragraph.span(start, match.end()),
                page=page_of(paragraph.offsets[start], context.pages),
                confidence=0.95 if dated else 0.85,
            )
        )
    return found


def _kind_before(before: str, number: str) -> str | None:
    """The kind in words before the number; else the kind its symbol says; None where it is no document at all."""
    matches = list(_TYPE.finditer(before))
    if matches and len(before) - matches[-1].end() < 45:
        words = matches[-1].group()
        words = words.lower() if words.isupper() else words
        return words[0].upper() + words[1:]
    parts = re.split(r"[-/]", number)
    for part in parts[1:]:
        base = re.sub(r"\d+$", "", part)
        if base in NAMES_BY_SYMBOL:
            return NAMES_BY_SYMBOL[base]
    return "Văn bản" if re.search(r"\bsố\s*:?\s*$", before) else None


def _iso(match: re.Match[str]) -> str | None:
    day, month, year = (match.group(a) or match.group(b) for a, b in (("d", "d2"), ("m", "m2"), ("y", "y2")))
    return iso_date(int(day), int(month), int(year))


def _relation(paragraph: Paragraph, start: int, end: int) -> Relation:
    before, after = paragraph.text[max(0, start - 90) : start], paragraph.text[end : end + 400]
    if _REPLACES.search(re.sub(rf"(?:{_TYPES})\s+(?:số\s*)?$", "", before)):
        return "replaces"
    if _REPEALS.search(before) or re.search(r"hết hiệu lực", after):
        return "repeals"
    if _AMENDS.search(paragraph.body[:40]) and start < 250:
        return "amends"
    if _BASIS.match(paragraph.body):
        return "based_on"
    if _IMPLEMENTS.match(paragraph.body) and paragraph.kind in (None, "bullet"):
        return "implements"
    return "refers_to"


def _laws(paragraph: Paragraph, context: Context) -> list[Reference]:
    found = []
    for match in _LAW.finditer(paragraph.text):
        after = paragraph.text[match.end() : match.end() + 12]
        if re.match(r"\s*số\s+\d", after):
            continue
        dated = _DATE.match(paragraph.text, match.end())
        start, end = match.span("title")
        found.append(
            Reference(
                type=match.group("title").split()[0],
                number=None,
                date=_iso(dated) if dated else None,
                issuer=None,
                title=match.group("title").strip(),
                relation="based_on",
                span=paragraph.span(start, end),
                page=page_of(paragraph.offsets[start], context.pages),
                confidence=0.7,
            )
        )
    return found


def page_of(offset: int, pages: tuple[Page, ...]) -> int | None:
    if len(pages) < 2:
        return 1 if pages else None
    return pages[max(0, bisect_right([page.start for page in pages], offset) - 1)].number
