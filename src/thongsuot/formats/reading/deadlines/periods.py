"""What comes again: hằng tháng, định kỳ hằng quý, trước ngày 25 hằng tháng, thứ sáu hằng tuần, 2 lần/năm."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from thongsuot.formats.reading.deadlines.forms import HOUR, ROMAN
from thongsuot.formats.reading.model import Deadline
from thongsuot.formats.reading.words import caseless

PERIODS = {
    "ngày": "daily",
    "tuần": "weekly",
    "tháng": "monthly",
    "quý": "quarterly",
    "quí": "quarterly",
    "3 tháng": "quarterly",
    "ba tháng": "quarterly",
    "6 tháng": "semiannual",
    "sáu tháng": "semiannual",
    "nửa năm": "semiannual",
    "năm": "yearly",
    "1 năm": "yearly",
    "một năm": "yearly",
    "12 tháng": "yearly",
}
_TIMES_A_YEAR = {1: "yearly", 2: "semiannual", 4: "quarterly", 12: "monthly"}
_MONTHS_APART = {1: "monthly", 3: "quarterly", 6: "semiannual", 12: "yearly"}
_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "mười hai": 12}
_WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6}  # as ISO counts them: Monday is 1


@dataclass(frozen=True)
class Period:
    """`rule` names the construction; `value` is that of the corpus schema (monthly@15)."""

    start: int
    end: int
    value: str
    rule: str
    note: str | None = None

    @property
    def deadline(self) -> Deadline:
        return Deadline("periodic", self.value, self.note)


_EACH = r"(?:hằng|hàng|mỗi|các)"
_UNIT = r"(?:0?6 tháng|sáu tháng|0?3 tháng|ba tháng|0?1 năm|một năm|ngày|tuần|tháng|qu[ýí]|năm)"
_N = r"(?:\d{1,2}|một|hai|ba|bốn|sáu|mười hai)"
_DAY = r"\d{1,2}(?:\s?/\s?\d{1,2}(?!\d)|\s+tháng\s+\d{1,2})?"
_DAYS = rf"(?:{_DAY})(?:\s*(?:,|;|và|-)\s*(?:(?:trước\s+)?ngày\s+)?(?:{_DAY})){{0,5}}"
_BY = (
    r"(?:(?:trước|chậm nhất|muộn nhất|vào|hạn|đến)(?:\s+(?:là|vào|trước|đến|trong)){0,3}"
    rf"(?:\s+{HOUR.replace('?P<hour>', '?:')})?\s+)"
)
# "trước ngày 15 hằng tháng", "ngày 01/6 và 15/11 hằng năm", "trước ngày 20 của tháng cuối quý"
_FIXED = caseless(
    rf"{_BY}?(?:ngày\s+|(?<=\s)(?=\d{{1,2}}/)|^(?=\d))(?P<days>{_DAYS})(?!\d|/)\s*,?\s*(?:của\s+)?"
    rf"(?:(?:tháng\s+(?:đầu|cuối|giữa|thứ\s+\w+)\s+)?{_EACH}\s+(?P<unit>tháng|qu[ýí]|năm|tuần)\b"
    r"|(?:của\s+)?(?P<late>tháng)\s+(?:đầu|cuối|giữa|thứ\s+\w{1,4})\s+(?:của\s+)?(?:(?:mỗi|hằng|hàng|từng)\s+)?(?:qu[ýí])"
    r"|(?P<next>tháng)\s+(?:sau|liền kề|kế tiếp|tiếp theo|liền sau)\b)"
)
# "hằng tháng, trước ngày 20", "hằng năm trước 15/12", "định kỳ hằng quý (trước ngày 05 của tháng đầu quý sau)"
_UNIT_FIRST = caseless(
    rf"(?:định k[ỳì]\s+(?:báo cáo\s+)?)?{_EACH}\s+(?P<unit>tháng|qu[ýí]|năm|tuần)\s*[,(]?\s*{_BY}"
    rf"(?:ngày\s+(?P<days>{_DAYS})|(?P<bare>\d{{1,2}}\s?/\s?\d{{1,2}}))(?!\d|\s?/)"
)
# "6 tháng (trước ngày 15/6) và năm (trước ngày 15/12)": two reports a year
_TWO_REPORTS = caseless(
    r"6\s+tháng[^.;\d]{0,50}?trước\s+(?:ngày\s+)?(?P<first>\d{1,2}/\d{1,2})(?![\d/])"
    r"[^.;\d]{0,50}?năm[^.;\d]{0,40}?trước\s+(?:ngày\s+)?(?P<second>\d{1,2}/\d{1,2})(?![\d/])"
)
_PART_OF_YEAR = caseless(
    r"(?:(?:trong|vào|trước|hết|đầu|cuối)\s+){0,2}(?:tháng\s+(?P<m>0?[1-9]|1[0-2])(?:\s*(?:,|và)\s*(?:tháng\s+)?(?P<m2>0?[1-9]|1[0-2]))?|qu[ýí]\s+(?P<q>IV|I{1,3}|[1-4]))\s+"
    r"(?:của\s+)?(?:hằng|hàng|mỗi)\s+năm\b"
)
_DAILY = caseless(rf"trước\s+{HOUR}(?:hằng|hàng|mỗi)\s+ngày\b")
_WEEKDAY = caseless(
    rf"{_BY}?(?:(?:sáng|chiều)\s+)?(?:ngày\s+)?thứ\s+(?P<day>[2-7]|hai|ba|tư|năm|sáu|bảy)\s*,?\s*"
    r"(?:của\s+)?(?:tuần\s+)?(?:hằng|hàng|mỗi)\s+tuần"
)
_PERIODIC = caseless(
    rf"định k[ỳì]\s+(?:(?:báo cáo|tổng hợp|kiểm tra|rà soát|tổ chức|giao ban|họp)\s+)?(?:{_EACH}\s+|vào\s+|theo\s+)?"
    rf"(?P<unit>{_UNIT})\b(?!\s+một lần nữa)"
    rf"(?:\s*(?:,|\(|và|hoặc)?\s*(?:hằng|hàng)?\s*(?P<unit2>0?6 tháng|tháng|qu[ýí]|năm)\b)?"
)
_EVERY = caseless(rf"(?:hằng|hàng)\s+(?P<unit>{_UNIT})\b")
# "6 tháng, hằng năm báo cáo"
_BOTH = caseless(
    r"(?P<unit>0?6 tháng|0?3 tháng|tháng|qu[ýí])\s*(?:,|và|;)\s*(?:(?:hằng|hàng)\s+)(?:qu[ýí]|năm)\b"
)
# "02 lần/năm", "mỗi năm một lần", "6 tháng một lần", "01 lần trong quý"
_RATE = caseless(
    rf"(?P<n>{_N})\s+lần\s?(?:/|trong|mỗi|một|một trong)\s?(?:(?:0?1|một)\s+)?(?P<unit>tuần|tháng|qu[ýí]|năm)\b"
    rf"|(?:mỗi|một|0?1)\s+(?P<unit2>tuần|tháng|qu[ýí]|năm)\s*,?\s*"
    rf"(?:(?:ít nhất|tối thiểu|tổ chức|họp|báo cáo)\s+){{0,2}}(?P<n2>{_N})\s+lần\b"
    rf"|(?P<apart>{_N})\s+(?P<unit3>tháng|qu[ýí]|năm|tuần)\s?(?:/|\s)\s?(?:(?:0?1|một)\s+)?lần\b"
)
_DAY_PARTS = re.compile(r"(\d{1,2})(?:\s?/\s?(\d{1,2})|\s+tháng\s+(\d{1,2}))?", re.IGNORECASE)
_OF = re.compile(r"\s*(?:của|theo|là|và|cho|do|từ|được)\b")
_REPORTING = re.compile(r"(?:báo cáo|gửi|tổng hợp|giao ban|sơ kết|công bố|công khai)\b[^.;]*$", re.IGNORECASE)
_BUDGET = re.compile(
    r"(?:ngân sách|kế hoạch|dự toán|kinh phí|chương trình|nhiệm vụ|chỉ tiêu|vốn|mục tiêu)\s+$", re.IGNORECASE
)
_CLAUSE = 160
_REPORTED = re.compile(r"định k[ỳì]|báo cáo|giao ban|họp|sơ kết|sinh hoạt|gửi|^\s*$", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*,?\s*(?:báo cáo|tổng hợp|rà soát|sơ kết|tổng kết|tiến hành|tổ chức|xây dựng|lập|gửi|đánh giá|kiểm tra"
    r"|tham mưu|chủ trì|cập nhật|công bố|thống kê|trình|phối hợp)"
)


def periods_in(text: str, lowered: str, *, field: bool = True) -> list[Period]:
    """Periods in fields and, with `field` false, in running text, without overlaps, in the order of their rules."""
    found: list[Period] = []
    if not any(map(lowered.__contains__, _NEEDED)):
        return found
    taken = bytearray(len(text))
    for rule, needed, pattern, value_of in _RULES:
        if not any(map(lowered.__contains__, needed)):
            continue
        for match in pattern.finditer(lowered):
            if pattern is _EVERY and not _begins_clause(text, match.start(), match.end()):
                continue
            if (
                pattern is _RATE
                and not field
                and not _REPORTED.search(text[max(0, match.start() - 60) : match.start()])
            ):
                continue  # "khám sức khỏe 02 lần/năm" says how often, not by when
            value = None if any(taken[match.start() : match.end()]) else value_of(match)
            if value:
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                value, _, note = value.partition(" ")
                found.append(Period(match.start(), match.end(), value, rule, note or None))
    return found


def named_unit(words: str) -> str:
    """The period that a unit of time names: "06 tháng" and "6 tháng" alike."""
    return PERIODS[words.lower().lstrip("0")]


def _days(words: str) -> str | None:
    days: list[str] = []
    for day, month, spelled in _DAY_PARTS.findall(words):
        if not 1 <= int(day) <= 31 or int(month or spelled or 1) > 12:
            return None
        days.append(f"{int(month or spelled):02d}-{int(day):02d}" if month or spelled else f"{int(day):02d}")
    return ",".join(days)


def _fixed(match: re.Match[str]) -> str | None:
    days = _days(match["days"])
    if days is None or match["unit"]:
        return f"{named_unit(match['unit'])}@{days}" if days else None
    return f"quarterly@{days}" if match["late"] else f"monthly@{days}"


def _unit_first(match: re.Match[str]) -> str | None:
    days = _days(match["days"] or match["bare"])
    return f"{named_unit(match['unit'])}@{days}" if days else None


def _two_reports(match: re.Match[str]) -> str | None:
    days = _days(f"{match['first']}, {match['second']}")
    return f"yearly@{days}" if days else None


def _part_of_year(match: re.Match[str]) -> str | None:
    if match["m"]:
        return "yearly@" + ",".join(f"{int(month):02d}" for month in (match["m"], match["m2"]) if month)
    return f"yearly@Q{ROMAN.get(match['q'].lower()) or match['q']}"


def _weekday(match: re.Match[str]) -> str | None:
    day = match["day"].lower()
    return f"weekly weekday_{int(day) - 1 if day.isdigit() else _WEEKDAYS[day]}"


def _every(match: re.Match[str]) -> str | None:
    return named_unit(match["unit"])


def _number(words: str) -> int:
    return _NUMBERS.get(words.lower()) or int(words) if not words.isdigit() else int(words)


def _rate(match: re.Match[str]) -> str | None:
    """Twice a year is semiannual; rates without a name of their own (three times a year) keep the larger unit."""
    if match["apart"]:
        number, unit = _number(match["apart"]), match["unit3"].lower()
        if unit == "tháng":
            return _MONTHS_APART.get(number, "unspecified")
        return named_unit(unit) if number == 1 else "unspecified"
    number, unit = _number(match["n"] or match["n2"]), (match["unit"] or match["unit2"]).lower()
    if unit == "năm":
        return _TIMES_A_YEAR.get(number, "yearly")
    return named_unit(unit)


def _begins_clause(text: str, start: int, end: int) -> bool:
    """Hằng năm is a deadline where it opens the clause or governs a report; not in "ngân sách hằng năm"."""
    before = text[max(0, start - 20) : start].rstrip()
    after = text[end : end + 25].lower()
    opens = not before or before[-1] in ".;:-+)"
    reports = _AFTER.match(after) is not None
    if opens and (reports or after.startswith(",") or (not before and not _OF.match(after))):
        return True
    if reports and before.endswith(("báo cáo", ",")):
        return True
    ends = not after.strip() or after.lstrip()[0] in ".;)"
    clause = text[max(0, start - _CLAUSE) : start]
    return ends and _REPORTING.search(clause) is not None and not _BUDGET.search(clause)


# Each construction with the words of which it needs one: most sentences are passed over quickly.
_RULES: tuple[tuple[str, tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    ("two_reports", ("6 tháng",), _TWO_REPORTS, _two_reports),
    ("fixed_day", ("hằng", "hàng", "mỗi"), _UNIT_FIRST, _unit_first),
    ("fixed_day", ("hằng", "hàng", "mỗi", "quý", "quí", "tháng sau", "liền", "tiếp"), _FIXED, _fixed),
    ("part_of_year", ("hằng năm", "hàng năm", "mỗi năm"), _PART_OF_YEAR, _part_of_year),
    ("daily", ("hằng ngày", "hàng ngày", "mỗi ngày"), _DAILY, lambda match: "daily"),
    ("weekday", ("tuần",), _WEEKDAY, _weekday),
    ("rate", ("lần",), _RATE, _rate),
    ("every", ("định k",), _PERIODIC, _every),
    ("every", ("hằng", "hàng"), _BOTH, _every),
    ("every", ("hằng", "hàng"), _EVERY, _every),
)
_NEEDED = sorted({word for _rule, needed, *_ in _RULES for word in needed})
