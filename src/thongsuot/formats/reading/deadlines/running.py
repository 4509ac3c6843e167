"""Deadlines in running text: a time becomes one only by a word of obligation before it (trước, chậm nhất)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from thongsuot.formats.calendars import VIETNAM, WorkingDays
from thongsuot.formats.reading.deadlines.clock import Clock, last_of, noted
from thongsuot.formats.reading.deadlines.counted import counted_in
from thongsuot.formats.reading.deadlines.fields import deadline_of_field
from thongsuot.formats.reading.deadlines.forms import OF_TIMES
from thongsuot.formats.reading.deadlines.moments import Moment, moment_at, stretch_at
from thongsuot.formats.reading.deadlines.periods import periods_in
from thongsuot.formats.reading.model import Deadline
from thongsuot.formats.reading.words import caseless, small

_LEAD = caseless(
    r"(?<!\w)(?:(?P<limit>(?:xong\s+|đến\s+|hoàn thành\s+)?trước(?:\s+và\s+trong)?"
    r"|(?:chậm|muộn|trễ)\s+nhất(?:\s+là)?(?:\s+(?:trước|đến|vào|trong|hết)){0,2}|không\s+(?:muộn|chậm|trễ)\s+hơn"
    r"|(?:thời\s+)?hạn(?:\s+(?:chót|cuối cùng|cuối|nộp|gửi|báo cáo|hoàn thành))?"
    r"(?:\s+(?:là|đến|trước|vào|trong|hết)){0,2}|phấn đấu\s+đến(?:\s+hết)?"
    r"|(?:kể\s+)?từ nay(?:\s+cho)?\s+đến|(?:cho\s+)?đến\s+hết|(?:hoàn thành|xong)(?:\s+(?:trong|vào|đến))?)"
    r"|(?P<held>dự kiến|tổ chức|khai mạc|tiến hành|ra quân|phát động|diễn ra)"
    r"|(?P<within>ngay\s+trong|trong|vào|hết|không quá|đến))\s*:?\s+(?:hết\s+)?"
    r"(?P<sign>(?:(?:các|\d{1,2})\s)?ngày\s|\d{1,2}\s?(?:giờ|h|g|:))?",
)
_FROM = caseless(r"(?<!\w)(?<!kể )(?<!tính )từ\s+(?=ngày|tháng|qu[ýí]|\d|đầu|giữa|cuối)")
_LABEL = caseless(
    r"(?<!\w)(?:thời gian|thời hạn|tiến độ)(?:\s+(?:thực hiện|hoàn thành|báo cáo|gửi|nộp|trình|xong)){0,2}\s*:\s*"
    r"(?P<value>[^;()]{3,120})",
)
_BRACKET = caseless(r"\(\s?(?=(?:tháng|qu[ýí]|cuối|đầu)\s)")
_COUNTING = re.compile(r"(?:tính|số liệu|có hiệu lực|áp dụng|kể)\s*$", re.IGNORECASE)
_CONDITION = re.compile(
    r"(?<!phải )\b(?:đã|được|có hiệu lực|phát sinh|sinh|thành lập)(?:\s+\S{1,12}){0,3}\s*$", re.IGNORECASE
)
_DUTY = re.compile(r"hoàn thành|báo cáo|gửi|trình|xong|trả lời|nộp|khắc phục|^\s*$", re.IGNORECASE)
_DONE = re.compile(r"(?:hoàn thành|xong)\s+(?=trước|trong|vào|đến)", re.IGNORECASE)
_BEFORE = caseless(
    r"(?:hoàn thành|xong|chậm nhất)(?:\s+[^\s.;]{1,12}){0,3}?\s+(?P<words>trước\s+(?:khi|kỳ họp|đại hội|tết"
    r"|năm học|mùa|thời điểm|ngày\s+(?:khai|bầu|tổ chức|diễn ra|họp))\b[^.;,()]{0,80})",
)
_MEETING = caseless(
    r"(?<!\w)(?:tại|vào)\s+(?:phiên họp|kỳ họp|hội nghị|cuộc họp)(?:\s+[^\s.,;]{1,12}){0,4}?\s+"
    r"(?=(?:(?:cuối|giữa)\s+)?(?:tháng|năm)\s)",
)
_WHEN = re.compile(r"\W{0,3}(?P<words>(?:Khi|Ngay khi|Sau khi|Ngay sau khi|Trước khi)\s[^,;.:]{5,120}),")
_YEARS = re.compile(
    r"\W{0,3}(?=(?:Trong\s+)?(?:giai đoạn|các năm|từ năm)\s)(?:Trong\s+)?(?:Từ\s+)?", re.IGNORECASE
)
_LUNAR = caseless(
    r"(?<!\w)(?:trước|chậm nhất(?:\s+là)?|đến|xong)\s+(?:hết\s+)?(?:ngày\s+)?(?:(?:mùng|mồng|rằm)\s+)?(?:\d{1,2}\s+)?"
    r"(?:tháng\s+(?:chạp|giêng)|tết|(?:tháng\s+)?\w{1,6}\s+âm lịch)\b",
)
_AS_PART = {"month", "months", "quarter", "quarters", "week", "this"}
_UNSPECIFIED = caseless(r"định k[ỳì](?:,| và| hoặc) đột xuất|đột xuất(?:,| và| hoặc) định k[ỳì]")
_CONFIDENCE = {"date": 0.95, "days": 0.85, "year": 0.7}


@dataclass(frozen=True)
class Found:
    """A deadline and its words; `rule` names the construction, `confidence` is raw."""

    start: int
    end: int
    text: str
    deadline: Deadline
    rule: str = ""
    confidence: float = 0.8


def deadlines_in(text: str, issued: str | None, calendar: WorkingDays = VIETNAM) -> list[Found]:
    """Deadlines in running text, in order; times before the day of issue are not deadlines."""
    clock = Clock(issued)
    found: list[Found] = []
    taken = bytearray(len(text))
    lowered = small(text)
    for one in _candidates(text, lowered, clock, calendar):
        if _past(one.deadline, issued) or any(taken[one.start : one.end]):
            continue
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
        deadline = on_a_day_off(one.deadline, calendar)
        found.append(one if deadline is one.deadline else replace(one, deadline=deadline))
    match = _UNSPECIFIED.search(lowered) if not found and "đột xuất" in lowered else None
    if match:
        words, deadline = text[slice(*match.span())], Deadline("periodic", "unspecified")
        found.append(Found(match.start(), match.end(), words, deadline, "unspecified", 0.6))
    return sorted(found, key=lambda f: f.start)


def on_a_day_off(deadline: Deadline, calendar: WorkingDays) -> Deadline:
    """A stated day stays as it is stated, but whoever plans should know that nobody works then."""
    day = last_of(deadline.value) if deadline.type == "date" and not deadline.length else None
    return noted(deadline, "day_off") if day and not calendar.is_working(day) else deadline


def _candidates(text: str, lowered: str, clock: Clock, calendar: WorkingDays) -> Iterator[Found]:
    """Surest constructions first: what comes later must not overlap. Each is asked where a word of its own stands."""
    for period in periods_in(text, lowered, field=False):
        deadline = period.deadline
        confidence = 0.75 if period.rule == "every" else 0.9
        yield Found(
            period.start,
            period.end,
            text[period.start : period.end].strip(),
            deadline,
            period.rule,
            confidence,
        )
    for counted in counted_in(text, lowered, clock, calendar):
        hours = (counted.deadline.length or "").startswith("PT")
        if (hours or not counted.sure) and not _DUTY.search(text[max(0, counted.start - 80) : counted.start]):
            continue  # how fast a service answers, not by when a task is done
        words = text[counted.start : counted.end].strip(" ,")
        yield Found(
            counted.start, counted.end, words, counted.deadline, counted.rule, 0.85 if counted.sure else 0.55
        )
    for constructions, needed in _BY_WORDS:
        if any(map(lowered.__contains__, needed)):
            yield from constructions(text, lowered, clock)


def _labelled(text: str, lowered: str, clock: Clock) -> Iterator[Found]:
    """ "Thời gian hoàn thành: tháng 6/2026" inside a paragraph is a time field."""
    for match in _LABEL.finditer(lowered):
        value = text[slice(*match.span("value"))].split(". ")[0].rstrip(" .")
        deadline = deadline_of_field(value, clock.issued)
        if deadline:
            yield Found(
                match.start("value"), match.start("value") + len(value), value, deadline, "label", 0.9
            )


def _stretches(text: str, lowered: str, clock: Clock) -> Iterator[Found]:
    for match in _FROM.finditer(lowered):
        moment = stretch_at(text, match.end(), clock)
        if moment and "-" in moment.deadline.value:
            words = text[match.start() : moment.end]
            yield Found(match.start(), moment.end, words, moment.deadline, "stretch", 0.6)


def _led(text: str, lowered: str, clock: Clock) -> Iterator[Found]:
    for match in _LEAD.finditer(lowered):
        at = match.start("sign") if match["sign"] else match.end()
        moment = moment_at(text, at, clock)
        if moment is None or not _binds(text, match, moment, clock):
            continue
        confidence = _CONFIDENCE.get(moment.form, 0.85) - (0 if match["limit"] else 0.1)
        if "year_inferred" in (moment.deadline.note or ""):
            confidence -= 0.1
        done = _DONE.match(text, match.start(), moment.start)
        start = done.end() if done else match.start()
        words = text[start : moment.end].strip()
        yield Found(start, moment.end, words, moment.deadline, f"led_{moment.form}", round(confidence, 2))


def _at_meetings(text: str, lowered: str, clock: Clock) -> Iterator[Found]:
    """ "báo cáo Ủy ban nhân dân tại phiên họp thường kỳ tháng 8/2026"."""
    for match in _MEETING.finditer(lowered):
        moment = moment_at(text, match.end(), clock)
        if moment and _DUTY.search(text[max(0, match.start() - 160) : match.start()]):
            words = text[match.start() : moment.end]
            yield Found(match.start(), moment.end, words, moment.deadline, "meeting", 0.6)


def _opening(text: str, lowered: str, clock: Clock) -> Iterator[Found]:
    """What opens the sentence: "Khi có biến động, cập nhật ...", "Giai đoạn 2026 - 2028, nâng cấp ..."."""
    match = _WHEN.match(text)
    if match:
        words = match["words"]
        yield Found(match.start("words"), match.end("words"), words, Deadline("event", words), "when", 0.5)
    match = _YEARS.match(text)
    moment = moment_at(text, match.end(), clock) if match else None
    if match and moment and moment.form == "years" and text[moment.end : moment.end + 1] == ",":
        yield Found(
            match.start(), moment.end, text[match.start() : moment.end], moment.deadline, "years", 0.45
        )


def _binds(text: str, match: re.Match[str], moment: Moment, clock: Clock) -> bool:
    """Whether the word before the time makes it a deadline; weak words (trong, vào, đến) need more of it."""
    before = text[max(0, match.start() - 40) : match.start()]
    words = text[moment.start : moment.end]
    strong = match["limit"] is not None
    if match["held"]:
        return moment.form in ("date", "days") and match["sign"] is not None
    if (
        moment.form in ("year", "years")
        and f"{before.rstrip()} {match.group()}".lower().find("phấn đấu") >= 0
    ):
        return False  # "phấn đấu đến hết năm 2030 ..." sets a goal, not a task
    if moment.form in ("date", "days"):
        if _CONDITION.search(before) and not _DUTY.search(before):
            return False  # "các dự án được phê duyệt trước ngày 01/7/2026"
        if match["sign"]:
            return strong or match["within"] != "đến" or not _COUNTING.search(before)
        return (strong or _opens(before)) and _is_a_day(words)
    if not strong and clock.looks_back(moment.deadline):
        return False
    if not strong and match["within"] == "đến":
        part = moment.form in _AS_PART or words.lower().startswith(("cuối", "đầu", "giữa"))
        return part and _opens(before)
    if moment.form in ("years", "year"):
        within, first = text[slice(*match.span("within"))], words.lower()
        school = within == "trong" and first.startswith(("năm học", "các năm", "năm"))
        return (moment.form == "year" or school) and first.startswith(("năm", "cuối", "đầu", "giữa", "các"))
    return True


def _opens(before: str) -> bool:
    """Whether a clause begins here: "Đến cuối năm 2026, hoàn thành ..."."""
    return before.rstrip()[-1:] in ("", ",", ";", ":", ".", "(")


def _is_a_day(words: str) -> bool:
    """Without "ngày": 31/12/2026 and 15/12 are days, 2/3 is a fraction."""
    first = words.split("/")[0].strip()
    return words.count("/") != 1 or len(first) == 2


def _bracketed(text: str, lowered: str, clock: Clock) -> Iterator[Found]:
    """A month or quarter alone in brackets at the end of the item: "... (quý II/2026)"."""
    for match in _BRACKET.finditer(lowered):
        moment = moment_at(text, match.end(), clock)
        if (
            moment
            and moment.form in _AS_PART
            and re.fullmatch(r"\s?\)\s*[.;]?\s*", text[moment.end : moment.end + 6])
        ):
            words = text[moment.start : moment.end]
            yield Found(moment.start, moment.end, words, moment.deadline, "bracket", 0.6)


def _lunar(text: str, lowered: str, clock: Clock) -> Iterator[Found]:
    for match in _LUNAR.finditer(lowered):
        words = text[slice(*match.span())]
        yield Found(match.start(), match.end(), words, Deadline("event", words), "lunar", 0.6)


def _before(text: str, lowered: str, clock: Clock) -> Iterator[Found]:
    for match in _BEFORE.finditer(lowered):
        words = text[slice(*match.span("words"))].strip()
        deadline = Deadline("event", words, "before_event")
        yield Found(match.start("words"), match.end("words"), words, deadline, "before_event", 0.5)


# The surest first, each with the words of which it needs one.
_BY_WORDS: tuple[tuple[Callable[[str, str, Clock], Iterator[Found]], tuple[str, ...]], ...] = (
    (_labelled, (":",)),
    (_stretches, ("từ",)),
    (_led, OF_TIMES),
    (_bracketed, ("(",)),
    (_at_meetings, ("họp", "hội nghị")),
    (_opening, ("",)),
    (_lunar, ("chạp", "giêng", "tết", "âm lịch")),
    (_before, ("trước",)),
)


def _past(deadline: Deadline, issued: str | None) -> bool:
    if deadline.type in ("periodic", "event") or not issued:
        return False
    last = last_of(deadline.value)
    return bool(last and last.isoformat() < issued)
