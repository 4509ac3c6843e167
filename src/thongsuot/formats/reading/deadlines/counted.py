"""Periods that are counted: "trong vòng 10 ngày kể từ ngày ký", "chậm nhất 05 ngày làm việc trước ngày khai mạc"."""

import re
from dataclasses import dataclass

from thongsuot.formats.calendars import VIETNAM, WorkingDays, end_of_period
from thongsuot.formats.reading.deadlines.clock import Clock, made
from thongsuot.formats.reading.model import Deadline
from thongsuot.formats.reading.words import bare, caseless

_NUMBERS = {
    "nửa": 15,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười lăm": 15,
    "hai mươi": 20,
    "ba mươi": 30,
}
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_AMOUNT = (
    rf"(?P<n>\d{{1,3}}|{_WORDS})(?:\s?\((?:\d{{1,3}}|[\w ]{{2,14}})\))?\s+"
    r"(?P<unit>ngày(?:\s+làm việc)?|tuần|tháng|quý|năm|giờ(?!\s*,?\s*(?:\d|ngày|thứ|sáng|chiều)))(?P<work>\s+làm việc)?"
)
_WITHIN = (
    r"(?:(?:trong|chậm nhất|muộn nhất|không|tối đa|sau|thời hạn|hạn)(?:\s+(?:là|sau|trong|không|quá|vòng|tối đa"
    r"|thời hạn|thời gian|khoảng thời gian)){0,5}\s+)"
)
_COUNTED = caseless(
    rf"(?P<lead>{_WITHIN})?(?<!\w)(?<!ngày ){_AMOUNT}(?!\s+(?:\d|đầu|cuối|gần|qua|trở|tuổi))"
    r"(?P<start>,?\s+(?:(?:được\s+)?(?:tính|kể|tính kể)\s+từ|từ(?=\s+(?:ngày|khi|thời điểm))"
    r"|sau(?=\s+(?:khi|ngày|đại hội|hội nghị|kỳ họp"
    r"|cuộc họp|bầu cử|tết))"
    r"|trước(?=\s+(?:khi|ngày|kỳ|thời|hội|đại|cuộc|bầu))))?"
)
# A unit of time that no date goes on with ("tháng 6", "năm 2026"): without one nothing is counted.
_UNIT = re.compile(r"\s(?:ngày|tuần|tháng|quý|năm|giờ)(?!\s+\d)")
_EVENT = re.compile(r"\s+(?P<event>[^,;.:()]{3,160})")
_STOPS = re.compile(
    r"\s(?:phải|có trách nhiệm|tiến hành|thực hiện việc|các cơ quan|các đơn vị|đơn vị|cơ quan|UBND|Ủy ban|Sở|Phòng)\s"
)
_SURE_LEADS = re.compile(r"vong|thoi han|cham nhat|muon nhat|khong qua|toi da")
_ISSUE = re.compile(
    r"^(?:ngay |khi |thoi diem |luc )*(?:(?:ky(?! ket)|ban hanh|phat hanh)(?! (?:nghi dinh|luat|thong tu|hop dong))"
    r"|(?:van ban|quyet dinh|ke hoach|chi thi|cong van|thong bao|huong dan|nghi quyet|ket luan|cong dien|chuong trinh)"
    r" nay (?:duoc )?(?:ky|ban hanh))"
)
_RECEIPT = re.compile(r"^(?:ngay |khi |thoi diem |luc )*(?:duoc )?(?:nhan |tiep nhan|nhan duoc)")
_EFFECT = re.compile(r"(?:co|phat sinh) hieu luc")


@dataclass(frozen=True)
class Counted:
    """`sure` where the words leave no doubt that a limit is set."""

    start: int
    end: int
    deadline: Deadline
    rule: str
    sure: bool


def counted_in(
    text: str, lowered: str, clock: Clock, calendar: WorkingDays = VIETNAM, *, field: bool = False
) -> list[Counted]:
    """Counted periods; in running text one without a word that limits it or starts it is only a duration."""
    found: list[Counted] = []
    if not _UNIT.search(lowered):
        return found
    for match in _COUNTED.finditer(lowered):
        counted = _started(text, match, clock, calendar) if match["start"] else _unstarted(text, match, field)
        if counted:
            found.append(counted)
    return found


def length_of(match: re.Match[str]) -> str:
    """P10D, P5WD, P2W, P3M, P1Y, PT24H. Nửa tháng is 15 days (Civil Code 2015, article 146.2)."""
    word, unit = match["n"], match["unit"]
    number = int(word) if word.isdigit() else _NUMBERS[word]
    if word == "nửa":
        return {"tháng": "P15D", "năm": "P6M"}.get(unit, "P15D")
    if match["work"] or unit.endswith("việc"):
        return f"P{number}WD" if unit.startswith("ngày") else f"PT{number}H"
    if unit == "giờ":
        return f"PT{number}H"
    return (
        f"P{number * 3}M"
        if unit == "quý"
        else f"P{number}{ {'ngày': 'D', 'tuần': 'W', 'tháng': 'M', 'năm': 'Y'}[unit] }"
    )


def _unstarted(text: str, match: re.Match[str], field: bool) -> Counted | None:
    limits = bool(match["lead"] and _SURE_LEADS.search(bare(match["lead"])))
    worked = bool(match["work"]) or match["unit"].endswith("việc")
    if not (limits or (worked and match["lead"]) or field):
        return None
    if not field and match["lead"] and re.match(r"(?:khong|toi da)\b", bare(match["lead"])) and not worked:
        return None  # "không quá 15 ngày" measures a stay as often as it sets a limit
    length = length_of(match)
    deadline = Deadline("event", text[slice(*match.span())].strip(" ,"), None, length)
    notes = ["start_unstated", *(["working_days"] if length.endswith("WD") else [])]
    return Counted(match.start(), match.end(), _with(deadline, notes), "counted", limits and worked)


def _with(deadline: Deadline, notes: list[str]) -> Deadline:
    return Deadline(deadline.type, deadline.value, " ".join(notes) or None, deadline.length)


def _started(text: str, match: re.Match[str], clock: Clock, calendar: WorkingDays) -> Counted | None:
    named = _EVENT.match(text, match.end())
    if named is None:
        return None
    end = named.end()
    stop = _STOPS.search(text, named.start("event"), end)
    end = stop.start() if stop else end
    event = text[named.start("event") : end].strip()
    length = length_of(match)
    notes = ["working_days"] if length.endswith("WD") else []
    words = text[match.start() : end].strip(" ,")
    if "trước" in match["start"]:
        deadline = _with(Deadline("event", words, None, f"-{length}"), [*notes, "before_event"])
        return Counted(match.start(), end, deadline, "counted_back", True)
    start = start_of(event)
    issued = clock.day()
    if start == "counts_from_issue" and issued is not None:
        last = end_of_period(length, issued, calendar)
        if last is not None:
            deadline = made("date", last.isoformat(), start, *notes)
            return Counted(
                match.start(), end, Deadline("date", deadline.value, deadline.note, length), "counted", True
            )
    deadline = _with(Deadline("event", words, None, length), [start, *notes])
    return Counted(match.start(), end, deadline, "counted", True)


def start_of(event: str) -> str:
    """What opens the period, as a code: the issue, the receipt or the effect of the paper, or another event."""
    words = bare(event)
    if _EFFECT.search(words):
        return "counts_from_effect"
    if _ISSUE.match(words):
        return "counts_from_issue"
    return "counts_from_receipt" if _RECEIPT.match(words) else "counts_from_event"
