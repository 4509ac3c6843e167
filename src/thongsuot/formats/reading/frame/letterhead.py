"""The letterhead: national title or Party title, issuing bodies, place and date."""

import re

from thongsuot.formats.reading.deadlines import iso_date
from thongsuot.formats.reading.model import Item, Span
from thongsuot.formats.reading.paragraphs import Line
from thongsuot.formats.reading.words import bare, normal_case, rx

_STATE = r"cong\s+ho\w{0,4}\s+?.{0,60}?(?:nghia|nghi\w)\s+\w{1,5}\s+nam\b|cong\s+hoa\s*xa\s+hoi"
_PARTY = r"dang\s+cong\s+san\s+viet\s+nam"
_MOTTO = r"doc\s+lap\s*[-–—]?\s*t\w\s+do\s*[-–—]?\s*[ht][ae]nh\s+ph\w+"
_TITLES = re.compile(rf"{_STATE}|{_PARTY}|{_MOTTO}", re.DOTALL)
_NAME = r"%U%l+"
_DATE = re.compile(
    r"[Nn]gày\s*(?P<day>[\d\sA-Z£.…_]{0,12}?)\s*(?:tháng|thang|/)\s*(?P<month>[\d\s!.…_]{0,8}?)\s*(?:năm|nam"
    r"|/)\s*"
    r"(?P<year>\d{4})"
)
_PLACE_END = rx(
    r"(?<![\w/.-])(?P<place>(?:(?:Thành phố|TP\.?|Tp\.?|tỉnh|xã"
    rf"|phường)\s*)?{_NAME}(?:[\s-]+(?:phố\s+)?{_NAME}){{0,4}})\s*,?\s*$"
)
_PLACE_BEGINS = rx(rf"^(?:Thành phố|TP\.?|Tp\.?)(?:\s+{_NAME})*$")
_CONTINUED = re.compile(
    r"^(?:tinh|thanh pho|xa|phuong|dac khu|quan|huyen|thi xa|thi tran|trung uong|khu vuc|vung|viet nam|va"
    r"|cac)\b"
)
_HEADS = re.compile(
    r"^(?:uy ban|ubnd|ubmttq|uy ban mttq|hoi dong|hdnd|chinh phu|thu tuong|quoc hoi|bo\b|so\b|cuc\b|tong cuc"
    r"|vu\b|vien\b|ban\b|van phong|dang uy|dang bo"
    r"|dang doan|tinh uy|thanh uy|huyen uy|quan uy|chi bo|chi uy|mat tran|mttq|hoi\b|doan\b|lien doan"
    r"|lien hiep|lien minh|trung tam|truong\b|hoc vien|dai hoc"
    r"|benh vien|tram\b|phong\b|to\b|cong an|thanh tra|kiem toan|toa an|vien kiem sat|ngan hang|kho bac"
    r"|bao hiem|chi cuc|tap doan|tong cong ty|cong ty|thuong truc|thue\b|hai quan)"
)
_NOT_A_BODY = re.compile(
    r"^(?:so\s*[:;]|so\s+\d|v/v|ve viec|[\d\W]+$|khan|hoa toc|thuong khan|mat$|toi mat|tuyet mat|du thao"
    r"|ban sao|to\s*:)"
)


def regime_of(text: str) -> Item | None:
    head = bare(text[:4000])
    party = re.search(_PARTY, head)
    state = re.search(_STATE, head, re.DOTALL)
    if party and (not state or party.start() < state.start()):
        return Item("party", party.span(), 0.95)
    if state:
        mass = re.search(
            r"\b(?:mttq|mat tran to quoc|lien doan lao dong|doan thanh nien|hoi lien hiep|hoi nong dan"
            r"|hoi cuu chien binh)\b",
            head[: state.start() + 300],
        )
        return Item("mass" if mass and mass.start() < state.end() else "state", state.span(), 0.85)
    return None


def issuing_bodies(lines: list[Line], end: int) -> tuple[Item | None, Item | None]:
    """(superior body, issuing body) from the capitals of the letterhead."""
    groups: list[list[tuple[str, Span]]] = []
    for text, span in _capital_lines(lines[:end]):
        folded = bare(text)
        so_far = bare(" ".join(t for t, _ in groups[-1])) if groups else ""
        single = len(so_far.split()) == 1 or (so_far == "van phong" and len(groups) == 1)
        if groups and (single or _CONTINUED.match(folded) or not _HEADS.match(folded)):
            groups[-1].append((text, span))
        elif _HEADS.match(folded) or single or not groups:
            groups.append([(text, span)])
    groups = [g for g in groups if _HEADS.match(bare(" ".join(t for t, _ in g)))]
    items = [
        Item(normal_case(" ".join(t for t, _ in group)), (group[0][1][0], group[-1][1][1]), 0.9)
        for group in groups[:3]
    ]
    if not items:
        return None, None
    return (items[-2] if len(items) > 1 else None), items[-1]


def _capital_lines(lines: list[Line]) -> list[tuple[str, Span]]:
    """Lines in capitals, with the national titles taken out, also where these share a line or run over two."""
    whole = "\n".join(line.text for line in lines)
    starts, position = [], 0
    for line in lines:
        starts.append(position)
        position += len(line.text) + 1
    hidden = bytearray(len(whole))
    for match in _TITLES.finditer(bare(whole)):
        hidden[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    found = []
    for line, start in zip(lines, starts, strict=True):
        kept = [i for i in range(len(line.text)) if not hidden[start + i]]
        text = "".join(line.text[i] for i in kept).strip(" |*\t")
        letters = [c for c in text if c.isalpha()]
        if len(letters) < 2 or _NOT_A_BODY.match(bare(text)):
            continue
        if sum(c.isupper() for c in letters) < 0.75 * len(letters) and not re.match(
            r"^(?:UBND|HĐND|MTTQ)\b", text
        ):
            continue
        found.append((text, line.span(kept[0], kept[-1] + 1)))
    return found


def place_and_date(lines: list[Line]) -> tuple[Item | None, Item | None]:
    whole = "\n".join(line.text for line in lines)
    offsets = [o for line in lines for o in (*line.offsets, line.offsets[-1])]
    for found in reversed(list(_DATE.finditer(whole))):
        day, month = (re.sub(r"\D", "", found.group(g)) for g in ("day", "month"))
        value = found.group("year")
        if month and 1 <= int(month) <= 12:
            value += f"-{int(month):02d}"
            whole_day = re.fullmatch(r"\s*\d{1,2}\s*", found.group("day"))
            value = (iso_date(int(day), int(month), int(value[:4])) if whole_day else None) or value
        span = (offsets[found.start()], offsets[found.end() - 1] + 1)
        date = Item(value, span, 0.95 if len(value) == 10 else 0.7)
        place = _place_before(whole, found.start())
        if place is None:
            return None, date
        words = " ".join(whole[place[0] : place[1]].split())
        return Item(words, (offsets[place[0]], offsets[place[1] - 1] + 1), 0.95), date
    return None, None


def _place_before(whole: str, position: int) -> tuple[int, int] | None:
    """The name before the date on its line; only a long name (Thành phố Hồ Chí / Minh) may begin on the line above."""
    line_start = whole.rfind("\n", 0, position) + 1
    above_start = whole.rfind("\n", 0, max(0, line_start - 1)) + 1
    above = whole[above_start : max(0, line_start - 1)]
    start = above_start if _PLACE_BEGINS.match(above) else line_start
    found = _PLACE_END.search(whole, max(start, position - 80), position)
    return found.span("place") if found else None
