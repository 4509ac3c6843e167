"""Who is told to do something in a paragraph: "Giao Sở X ...", "Sở X chủ trì ...", "... đề nghị các xã ..."."""

import re
from dataclasses import dataclass

from thongsuot.formats.reading.tasks.organisations import (
    ACTION_START,
    plain_unit_end,
    split_units,
    starts_unit,
    units_end,
)
from thongsuot.formats.reading.words import rx

_ORDER = r"(?:[Gg]iao(?: nhiệm vụ)?(?: cho)?|[YyÝý]êu cầu|[ĐđD]ề nghị|[Pp]hân công(?: cho)?|[Kk]iến nghị)"
_ORDER_AT = re.compile(rf"(?:^|(?<=[.;:,–-]\s)|(?<=\s)){_ORDER}\s+(?:đối với\s+)?(?=\S)")
_OPENING_ORDER = re.compile(r"(?:Giao|Yêu cầu|Đề nghị)\s")
_NOT_ORDERED = re.compile(
    r"(?:được|theo|xét|của|khi|tại|từ|việc|nhiệm vụ|các|nội dung|về|ý kiến|thực hiện|đáp ứng|hợp|những|đúng"
    r"|trình|có|kế hoạch|và đề xuất|chỉ tiêu|để|nếu)\s+$",
    re.IGNORECASE,
)
_ADVERBIAL = re.compile(
    r"^(?:(?:Trong thời gian tới|Thời gian tới|Vì vậy|Do đó|Trên cơ sở đó|Trước mắt|Trong đó|Đồng thời"
    r"|Bên cạnh đó|Ngoài ra|Trường hợp[^,]{0,60}|Đối với[^:,]{0,120}|Căn cứ[^,]{3,120}"
    r"|Trong thời gian[^,]{0,80}"
    r"|Thực hiện chức năng[^,]{0,60}, [^,]{0,60}|Để[^,]{3,200}|Về[^:]{3,300}:|[Tt]rong (?:quá trình"
    r"|đó)[^,]{0,60})\s*[,:]?\s+)+"
)
_NARRATION = re.compile(
    r"^(?:xin )?thông báo (?:để|đến|kết luận|và đề nghị)|^có ý kiến|^kết luận|^ban hành (?:Kế hoạch|Chỉ thị"
    r"|Quyết định|Nghị quyết|Hướng dẫn|Thông báo)[^.;]*[.]?$|^xây dựng kế hoạch [^.;]*như sau"
)
_DIRECT = rx(r"(?:lãnh đạo, )?chỉ đạo (?=%U)")
_NARRATOR = re.compile(
    r"^(?:Thủ tướng|Phó Thủ tướng|Bộ Chính trị|Ban Bí thư|Chính phủ$|Tổng Bí thư|Quốc hội$|Hội nghị)"
)


@dataclass(frozen=True)
class Assignment:
    """Units and where their action begins and ends in the paragraph. `ordered` tells giao / yêu cầu / đề nghị."""

    units: tuple[str, ...]
    start: int
    end: int
    ordered: bool


def assignments_in(text: str, start: int, *, inherited: bool) -> list[Assignment]:
    """All assignments of a paragraph. With `inherited`, a paragraph that opens with a verb has none of its own."""
    if inherited and ACTION_START.match(text[start:]) and not _OPENING_ORDER.match(text[start:]):
        return _later(text, start, [])
    first = _subject(text, start) or _ordered(text, start)
    if first is None:
        return _later(text, start, [])
    return _later(text, first.start, [first])


def _ordered(text: str, start: int) -> Assignment | None:
    """An order in the first sentence that has one: "..., giao Sở X chủ trì ..."."""
    for match in _ORDER_AT.finditer(text, start):
        if _NOT_ORDERED.search(text[max(start, match.start() - 40) : match.start()]):
            continue
        if (
            match.group().lower().startswith("giao")
            and re.search(r"[\w]\s+$", text[start : match.start()])
            and not match.group()[0].isupper()
            and not text[: match.start()].rstrip().endswith((",", ";", ":", "và"))
        ):
            continue
        found = _units_at(text, match.end(), ordered=True)
        if found:
            return found
    return None


def _units_at(text: str, position: int, *, ordered: bool) -> Assignment | None:
    if not starts_unit(text, position):
        return None
    colon = re.match(r"[^.;:]{3,200}:\s+", text[position:])
    if (
        colon
        and ordered
        and units_end(text, position, colon.end()) is None
        and not re.search(r"(?:[Cc]ác|tỉnh|phường|xã|thành phố|Bộ|Sở|cơ quan)\s*:\s+$", colon.group())
    ):
        return Assignment(split_units(colon.group()), position + colon.end(), len(text), ordered)
    end = (plain_unit_end(text, position) if ordered else None) or units_end(text, position)
    if end is None:
        return None
    units = split_units(text[position:end])
    return Assignment(units, end, len(text), ordered) if units else None


def _subject(text: str, start: int) -> Assignment | None:
    """A unit as the subject of the sentence: "Sở X chủ trì ...", after an adverbial if there is one."""
    adverbial = _ADVERBIAL.match(text[start:])
    for position in (start + adverbial.end(), start) if adverbial else (start,):
        if not starts_unit(text, position):
            continue
        found = _units_at(text, position, ordered=False)
        if (
            found is None
            or " chưa " in text[position : found.start]
            or _NARRATOR.match(text[position:])
            or _NARRATION.match(text[found.start :])
        ):
            continue
        return found
    return None


_SENTENCE = rx(
    r"(?:[.;]\s+|\)\.\s+)(?=%U)|;\s+(?:đồng thời,?\s+)?(?=(?:%U|giao |yêu cầu |đề nghị ))|\.\s+(?=Đồng thời)"
)


def _later(text: str, start: int, found: list[Assignment]) -> list[Assignment]:
    """Further sentences of the same paragraph that name units of their own cut the action before them."""
    cuts = list(found)
    for match in _SENTENCE.finditer(text, start):
        position = match.end()
        following = re.match(r"đồng thời,?\s+", text[position:]) or _ADVERBIAL.match(text[position:])
        position += following.end() if following else 0
        new = _order_at(text, position) or _subject(text, position)
        if new is None or (
            not new.ordered and not text[position].isupper() and not text[position:].startswith("các")
        ):
            continue
        if cuts:
            last = cuts[-1]
            cuts[-1] = Assignment(last.units, last.start, match.start(), last.ordered)
        cuts.append(new)
    return cuts


def _order_at(text: str, position: int) -> Assignment | None:
    match = re.match(rf"{_ORDER}\s+", text[position:])
    return _units_at(text, position + match.end(), ordered=True) if match else None


def heading_units(text: str) -> tuple[str, ...] | None:
    """The units a heading consists of: "Sở Công Thương", "Giao Sở Nội vụ", "Trách nhiệm của các sở, ngành:"."""
    words = re.sub(rf"^(?:{_ORDER}|Trách nhiệm của|Đối với|Nhiệm vụ của|Về phía)\s+", "", text.strip())
    words = words.rstrip(" :;.,").strip()
    if len(words) > 260 or not starts_unit(words, 0):
        return None
    if units_end(words, 0) is not None or re.search(r"\s(?:là|đã|để|được)\s", words):
        return None
    return split_units(words)


def directed_unit(action: str) -> tuple[tuple[str, ...], int] | None:
    """The unit that is to be directed, and where its action begins: "chỉ đạo Đảng ủy Bộ Y tế phối hợp ..."."""
    match = _DIRECT.match(action)
    if match is None:
        return None
    found = _units_at(action, match.end(), ordered=True)
    return (found.units, found.start) if found else None
