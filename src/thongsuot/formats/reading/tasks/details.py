"""What belongs to one task: who helps, by when, which product."""

import re

from thongsuot.formats.reading.deadlines import Found, deadlines_in
from thongsuot.formats.reading.model import Deadline
from thongsuot.formats.reading.tasks.organisations import split_units, starts_unit, units_end
from thongsuot.formats.reading.words import rx

_SENTENCES = rx(r"\.\s+(?=%U)|;\s+đồng thời,?\s+|\.\s+Đồng thời,?\s+|;\s+(?=[^\W\d_])")
_WITH = re.compile(
    r"(?<!\w)(?:[Pp]hối hợp(?: chặt chẽ| tốt| thường xuyên)?(?:,? (?:cùng |chặt chẽ )?với| cùng(?: với)?)?"
    r"|[Cc]ùng với)\s+(?=\S)"
)
_STOP = re.compile(r"\s(?:trong (?:việc|quá trình|công tác)|để|nhằm|theo|trên cơ sở|về việc|thông qua|tại)\s")
_PRODUCT = re.compile(r"(?:^|[;.]\s)(?:Sản phẩm|Kết quả)(?: dự kiến)?\s*:\s*(?P<product>[^;.]+)")


def coordinators_of(action: str) -> tuple[str, ...]:
    found: list[str] = []
    for match in _WITH.finditer(action):
        if not starts_unit(action, match.end()):
            continue
        end = units_end(action, match.end(), 320)
        stop = _STOP.search(action, match.end(), match.end() + 320)
        if stop and (end is None or stop.start() < end):
            end = stop.start()
        if end is None:
            finish = re.search(r"[.;]|$", action[match.end() :])
            end = match.end() + (finish.start() if finish else 0)
            if end - match.end() > 160:
                continue
        found += [u for u in split_units(action[match.end() : end]) if u not in found]
        if len(found) and match.group().lower().startswith("phối hợp"):
            break
    return tuple(found)


def deadline_of(action: str, issued: str | None) -> tuple[str | None, Deadline | None]:
    found = deadlines_in(action, issued)
    opening = opening_deadline(action)
    if opening and not found:
        return opening.text, opening.deadline
    if not found:
        return None, None
    chosen = next((f for f in reversed(found) if f.deadline.type != "periodic"), found[-1])
    return chosen.text, chosen.deadline


_OPENING = re.compile(
    r"^(?P<text>Định kỳ)\s+(?!\w*\s*(?:hằng|hàng|\d))|^(?P<year>Đến (?:hết )?năm (?P<y>20\d{2})),"
)


def opening_deadline(action: str) -> Found | None:
    """A time that opens the sentence: "Định kỳ báo cáo ...", "Đến năm 2015, hoàn thành ..."."""
    match = _OPENING.match(action)
    if match is None:
        return None
    if match.group("text"):
        return Found(0, match.end("text"), match.group("text"), Deadline("periodic", "unspecified"))
    return Found(0, match.end("year"), match.group("year"), Deadline("year", match.group("y")))


def product_of(action: str) -> str | None:
    match = _PRODUCT.search(action)
    return match.group("product").strip() if match else None


def sentence_start(text: str, start: int, position: int) -> int:
    return max(text.rfind(". ", start, position) + 1, text.rfind("; ", start, position) + 1)


def deadline_cuts(text: str, start: int, end: int, issued: str | None) -> list[tuple[int, int]]:
    """(end of one part, start of the next) where a sentence with its own deadline follows one that has another."""
    cuts: list[tuple[int, int]] = []
    previous = start
    for match in _SENTENCES.finditer(text[start:end]):
        first, following = start + match.start(), start + match.end()
        before = deadline_of(text[previous:first], issued)[1]
        rest = text[following:end]
        after = deadline_of(rest, issued)[1]
        conjunction = "thời" in match.group()
        own = (
            opening_deadline(rest) is not None
            or re.match(r"(?:Hằng|Hàng) (?:năm|tháng|quý)|Trước ngày|Chậm nhất|Định kỳ", rest, re.IGNORECASE)
            is not None
        )
        both = before and after and before != after and "periodic" not in (before.type, after.type)
        if (
            (before and conjunction)
            or (both and match.group().startswith(";"))
            or (own and before != after)
            or (before and after and before != after and own)
        ):
            cuts.append((first, following))
            previous = following
    return cuts
