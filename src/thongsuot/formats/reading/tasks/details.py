"""What belongs to one task: who helps, by when, which product."""

import re
from functools import lru_cache

from thongsuot.formats.reading.deadlines import Found, deadlines_in
from thongsuot.formats.reading.model import Deadline
from thongsuot.formats.reading.tasks.heads import starts_unit
from thongsuot.formats.reading.tasks.organisations import split_units
from thongsuot.formats.reading.tasks.phrases import phrase_at
from thongsuot.formats.reading.words import rx

_SENTENCES = rx(r"\.\s+(?=%U)|;\s+đồng thời,?\s+|\.\s+Đồng thời,?\s+|;\s+(?=[^\W\d_])")
_HOW = r"(?:,? (?:chặt chẽ|tốt|thường xuyên|quyết liệt|kịp thời|hiệu quả|đồng bộ|tích cực|nhịp nhàng)){0,3}"
_WITH = re.compile(
    rf"(?<!\w)(?:[Pp]hối hợp{_HOW}(?:,? (?:cùng |chặt chẽ )?với| cùng(?: với)?)?|[Cc]ùng với|^Cùng)\s+(?=\S)"
)
# Before these words "phối hợp" is what the doer does; after a noun it is what somebody else is made to do.
_DOES = re.compile(
    r"(?:^|[,;.:(–-]|(?<!\w)(?:chủ trì|chủ động|tích cực|tiếp tục|và|để|đồng thời|thường xuyên|trách nhiệm|tăng cường"
    r"|khẩn trương|kịp thời|cần|phải|nghiêm túc|hoặc|sự|công tác|việc|nhiệm vụ|đẩy mạnh|trực tiếp|sẽ|ưu tiên"
    r"|làm tốt|thực hiện|tổ chức|triển khai))\s*$",
    re.IGNORECASE,
)
_STOP = re.compile(r"\s(?:trong (?:việc|quá trình|công tác)|để|nhằm|theo|trên cơ sở|về việc|thông qua|tại)\s")
_PRODUCT = re.compile(r"(?:^|[;.]\s)(?:Sản phẩm|Kết quả)(?: dự kiến)?\s*:\s*(?P<product>[^;.]+)")


def coordinators_of(action: str, within: int | None = None) -> tuple[str, ...]:
    """The units that help, named after "phối hợp với", "cùng với" in the first `within` characters."""
    found: list[str] = []
    if "ối hợp" not in action and "ùng" not in action:
        return ()
    for match in _WITH.finditer(action):
        if within is not None and match.start() > within:
            break
        if not starts_unit(action, match.end()) or not _DOES.search(action[: match.start()][-20:]):
            continue
        phrase = phrase_at(action, match.end(), limit=320)
        end = phrase.end if phrase and phrase.known else None
        if phrase and phrase.aside:
            end = min(phrase.aside, end or phrase.aside)
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


@lru_cache(maxsize=128)  # the parts of a paragraph are asked about before they are cut and after
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
    match = _PRODUCT.search(action) if ":" in action else None
    return match.group("product").strip() if match else None


def sentence_start(text: str, start: int, position: int) -> int:
    return max(text.rfind(". ", start, position) + 1, text.rfind("; ", start, position) + 1)


# "Sở X chịu trách nhiệm về nội dung ... . Tham mưu ...": answering for something is a duty of its own sentence.
_ANSWERS = re.compile(r"chịu trách nhiệm\s")
# A clause that begins with its time, or a report due again and again, is work beside what was said before it.
_OWN_TIME = re.compile(
    r"(?:Hằng|Hàng) (?:tuần|năm|tháng|quý)|Trước ngày|Chậm nhất|Định kỳ|(?:0?[36]|ba|sáu) tháng(?: một lần|,)",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"(?:tổng hợp,? )?(?:báo cáo|gửi báo cáo)(?!\w)", re.IGNORECASE)


def _reports_again(rest: str, issued: str | None) -> bool:
    if _REPORTS.match(rest) is None:
        return False
    due = deadline_of(rest.partition(";")[0], issued)[1]
    return due is not None and due.type == "periodic"


def _differ(before: Deadline | None, rest: str, issued: str | None, *, own: bool) -> bool:
    """Two deadlines, not one; a clause that opens with its own time needs none before it to part from."""
    if own:
        return before != deadline_of(rest, issued)[1]
    if before is None or before.type == "periodic":
        return False
    after = deadline_of(rest, issued)[1]
    return after is not None and after != before and after.type != "periodic"


def deadline_cuts(text: str, start: int, end: int, issued: str | None) -> list[tuple[int, int]]:
    """(end of one part, start of the next) where a sentence with its own deadline follows one that has another."""
    cuts: list[tuple[int, int]] = []
    previous = start
    for match in _SENTENCES.finditer(text[start:end]):
        first, following = start + match.start(), start + match.end()
        if _ANSWERS.match(text, previous) and match.group().startswith("."):
            cuts.append((first, following))
            previous = following
            continue
        rest = text[following:end]
        own = (
            opening_deadline(rest) is not None
            or _OWN_TIME.match(rest) is not None
            or _reports_again(rest, issued)
        )
        conjunction, listed = "thời" in match.group(), match.group().startswith(";")
        if not (own or conjunction or listed):
            continue  # before the deadlines are looked for, which costs most
        before = deadline_of(text[previous:first], issued)[1]
        if (before and conjunction) or ((own or listed) and _differ(before, rest, issued, own=own)):
            cuts.append((first, following))
            previous = following
    return cuts
