"""The deadline a time field or table cell states: there every time is one ("Quý IV/2025", "Thường xuyên")."""

import re

from thongsuot.formats.calendars import VIETNAM, WorkingDays
from thongsuot.formats.reading.deadlines.clock import Clock, noted
from thongsuot.formats.reading.deadlines.counted import counted_in
from thongsuot.formats.reading.deadlines.moments import Moment, first_moment, moment_at, stretch_at
from thongsuot.formats.reading.deadlines.periods import named_unit, periods_in
from thongsuot.formats.reading.model import Deadline
from thongsuot.formats.reading.words import small

_FROM = re.compile(r"(?:(?:thực hiện|bắt đầu|trong)\s+)?từ\s+", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:(?:hoàn thành|xong|báo cáo|gửi|trình|trước|trong|chậm nhất|muộn nhất|đến|hết|là|vào|khoảng|dự kiến"
    r"|thời hạn|hạn|từ nay|ngay|cả)\s*:?\s+){1,4}",
    re.IGNORECASE,
)
_HANGING = re.compile(r"(?:hằng|hàng|mỗi|từng)\s+(?P<unit>ngày|tuần|tháng|qu[ýí]|năm)\b", re.IGNORECASE)
_UNITS = re.compile(
    r"(?:báo cáo\s+)?(?P<first>0?6 tháng|0?3 tháng|sáu tháng|tháng|qu[ýí]|tuần)\s*(?:,|và|;|/)\s*"
    r"(?:(?:hằng|hàng|0?1)\s+)?(?:0?6 tháng|0?9 tháng|qu[ýí]|năm)\b",
    re.IGNORECASE,
)
_TILL = re.compile(r"\s(?:đến|tới)\s", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|và|;)\s*")
_PERIODIC = re.compile(
    r"(?:\s*(?:,|và)\s*(?:tháng|qu[ýí])\s+\w{1,3})?\s*,?\s*"
    r"(?:(?:của\s+)?(?:hằng|hàng|mỗi|từng)\s|/lần|(?:một|1|01) lần)",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"(?:ngay\s+)?(?:sau khi|sau|khi|theo|học kỳ|trước|căn cứ|tùy|tuỳ|trong quá trình|trong suốt|đồng thời|cùng với"
    r"|kịp thời|ngay khi|phù hợp)\b",
    re.IGNORECASE,
)
_CONTINUOUS = re.compile(
    r"thường xuyên|liên tục|hằng ngày|hàng ngày|suốt năm|cả năm(?!\s+\d)|quanh năm|xuyên suốt", re.IGNORECASE
)
_SOMETIMES = re.compile(r"định k[ỳì]|đột xuất", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:khi|sau|trước|theo|ngay|trong)\s+\w", re.IGNORECASE)
_LONGEST = 300


def deadline_of_field(text: str, issued: str | None, calendar: WorkingDays = VIETNAM) -> Deadline | None:
    """The deadline a time field states; None where it states none ("ngay", "khẩn trương", a dash)."""
    words = " ".join(text[:_LONGEST].split()).strip(" .;,:-–")
    if not words:
        return None
    clock = Clock(issued)
    stretch = _stretch(words, clock)
    if stretch:
        return stretch
    opened = _FROM.match(words)
    if opened:
        moment = moment_at(words, opened.end(), clock)
        if _TILL.search(words, moment.end if moment else 0):
            return Deadline("event", words)  # "Từ tháng 01/2026 đến ngày bầu cử": its end is an event
        if moment:
            return moment.deadline
    once = _stated_first(words, clock)
    if once:
        return once
    periodic = _periodic(words)
    if periodic:
        return periodic
    counted = counted_in(words, small(words), clock, calendar, field=True)
    if counted:
        return counted[0].deadline
    if _EVENT.match(words):
        return Deadline("event", words)
    return _otherwise(words, clock)


def _stretch(words: str, clock: Clock) -> Deadline | None:
    start = _FROM.match(words)
    lead = _LEAD.match(words)
    for at in {start.end() if start else 0, lead.end() if lead else 0}:
        moment = stretch_at(words, at, clock)
        if moment:
            return moment.deadline
    return None


def _stated_first(words: str, clock: Clock) -> Deadline | None:
    """ "Quý II/2026 và hằng năm": the first time counts, as in "Năm 2025 và các năm tiếp theo"."""
    lead = _LEAD.match(words)
    moment = moment_at(words, lead.end() if lead else 0, clock)
    if moment is None or _goes_on_periodic(words, moment):
        return None
    joined = _AND.match(words, moment.end)
    second = moment_at(words, joined.end(), clock) if joined else None
    if second and moment.deadline.type == second.deadline.type in ("month", "quarter", "year"):
        return Deadline("range", f"{moment.deadline.value}/{second.deadline.value}")
    return moment.deadline


def _goes_on_periodic(words: str, moment: Moment) -> bool:
    return _PERIODIC.match(words, moment.end) is not None


def _periodic(words: str) -> Deadline | None:
    found = periods_in(words, small(words))
    if found:
        return found[0].deadline
    hanging = _HANGING.search(words)
    if hanging:
        return Deadline("periodic", named_unit(hanging["unit"]))
    units = _UNITS.match(words)
    return Deadline("periodic", named_unit(units["first"])) if units else None


def _otherwise(words: str, clock: Clock) -> Deadline | None:
    moment = first_moment(words, clock)
    if moment:
        others = first_moment(words[moment.end :], clock)
        several = others is not None and others.deadline.value != moment.deadline.value
        return noted(moment.deadline, *(("two_readings",) if several else ()))
    if _CONTINUOUS.search(words):
        return Deadline("periodic", "continuous")
    if _SOMETIMES.match(words):
        return Deadline("periodic", "unspecified")
    return Deadline("event", words) if _WHEN.search(words) else None
