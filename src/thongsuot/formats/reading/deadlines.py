"""When something is due: dates, months, quarters, years, ranges, periods and events as they are written.

`deadlines_in` finds deadlines inside a sentence, where only words of obligation make a date a deadline (trước ngày,
chậm nhất, hoàn thành ... trong). `deadline_of_field` reads a time field or table cell, where everything is a deadline.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from thongsuot.formats.reading.model import Deadline

_D = (
    r"(?:(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})"  # 31/12/2025
    r"|(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})(?:\s+năm\s+(?P<y2>\d{4})|/(?P<y4>\d{4}))"  # 31 tháng 12 năm 2025
    r"|(?P<d3>\d{1,2})/(?P<m3>\d{1,2})(?![\d/]))"  # 31/12, of the year that comes next
)
_DATE = re.compile(rf"(?:ngày\s+)?{_D}")
_MONTH = re.compile(r"(?:tháng\s+)?(?P<m>\d{1,2})\s?(?:/|-|\s+năm\s+)\s?(?P<y>\d{4})", re.IGNORECASE)
_QUARTER = re.compile(
    r"qu[ýíyi]\s+(?P<q>IV|III|II|I|[1-4])\s*(?:[/,.–-]|\s+năm|\s)\s*(?P<y>\d{4})", re.IGNORECASE
)
_YEAR = re.compile(r"(?:năm\s+)?(?P<y>20\d{2})(?!\d|\s*[-–]\s*20\d{2})", re.IGNORECASE)
_LEAD = (
    r"(?:(?:hoàn thành|xong|báo cáo|gửi|trình|thực hiện)\s+)?"
    r"(?:trước|chậm nhất(?:\s+là)?(?:\s+(?:trước|đến|vào|trong))?|muộn nhất(?:\s+là)?|đến hết|hết|xong trước"
    r"|trong|vào|đến trước|không quá|thời hạn(?:\s+là)?|trước hết)"
)
_IN_TEXT_DATE = re.compile(
    rf"(?P<lead>{_LEAD}|từ nay đến)\s+(?:hết\s+)?(?:ngày\s+)(?P<value>{_D})", re.IGNORECASE
)
_IN_TEXT_MONTH = re.compile(
    r"(?:trước|chậm nhất(?:\s+là)?(?:\s+(?:trước|đến|vào|trong))?|hết|trong|vào|hoàn thành)\s+(?:cuối\s+"
    r"|đầu\s+)?tháng\s+(?P<m>\d{1,2})\s?(?:/|-|\s+năm\s+)\s?(?P<y>\d{4})",
    re.IGNORECASE,
)
_IN_TEXT_QUARTER = re.compile(
    r"(?:trước|chậm nhất(?:\s+là)?(?:\s+(?:trước|đến|vào|trong))?|hết|trong|vào|đầu|cuối"
    r"|hoàn thành)\s+(?:cuối\s+|đầu\s+)?" + _QUARTER.pattern,
    re.IGNORECASE,
)
_IN_TEXT_YEAR = re.compile(
    r"(?:hoàn thành|xong|chậm nhất|trước|hết|trình)?\s*(?:trong|ngay trong|hết"
    r"|trước)\s+năm\s+(?P<y>20\d{2})(?!\s*[-–]\s*\d)",
    re.IGNORECASE,
)
_PERIODS = {
    "ngày": "daily",
    "tuần": "weekly",
    "tháng": "monthly",
    "quý": "quarterly",
    "quí": "quarterly",
    "6 tháng": "semiannual",
    "06 tháng": "semiannual",
    "sáu tháng": "semiannual",
    "năm": "yearly",
    "3 tháng": "quarterly",
    "03 tháng": "quarterly",
}
_PERIODIC = re.compile(
    r"(?:định kỳ|hằng|hàng)\s+(?:(?:báo cáo\s+)?(?:hằng|hàng|mỗi|vào|theo)\s+)?(?P<unit>0?6 tháng|sáu tháng"
    r"|0?3 tháng|ngày|tuần|tháng|qu[ýí]|năm)\b"
    r"(?:\s*(?:,|\(|và|hoặc)?\s*(?:hằng|hàng)?\s*(?P<unit2>0?6 tháng|tháng|qu[ýí]|năm)\b)?",
    re.IGNORECASE,
)
_FIXED_DAY = re.compile(
    r"(?:trước|chậm nhất|vào)\s+ngày\s+(?P<days>\d{1,2}(?:/\d{1,2})?(?:\s*(?:,"
    r"|và)\s*(?:ngày\s+)?\d{1,2}(?:/\d{1,2})?)*)\s*(?:của\s+)?(?:(?:tháng cuối\s+)?(?:hằng|hàng"
    r"|mỗi)\s+(?P<unit>tháng|quý|năm|tuần)|tháng cuối (?:của )?(?P<unit2>quý))",
    re.IGNORECASE,
)
_UNSPECIFIED = re.compile(r"định kỳ(?:,| và| hoặc) đột xuất|đột xuất(?:,| và| hoặc) định kỳ")
_CONTINUOUS = re.compile(r"thường xuyên|liên tục|hằng ngày", re.IGNORECASE)
_EVENT = re.compile(r"^\W*(?:ngay\s+)?(?:sau khi|sau|khi|theo)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    text: str
    deadline: Deadline


def deadlines_in(text: str, issued: str | None) -> list[Found]:
    """Deadlines in running text, in order; dates before the day of issue are not deadlines."""
    found = [*_periodic(text)]
    for pattern, build in (
        (_IN_TEXT_DATE, _date_value),
        (_IN_TEXT_QUARTER, _quarter_value),
        (_IN_TEXT_MONTH, _month_value),
        (_IN_TEXT_YEAR, _year_value),
    ):
        for match in pattern.finditer(text):
            deadline = build(match, issued)
            if deadline is None or _past(deadline, issued):
                continue
            if any(f.start < match.end() and match.start() < f.end for f in found):
                continue
            found.append(Found(match.start(), match.end(), match.group().strip(), deadline))
    for match in _UNSPECIFIED.finditer(text):
        if not found:
            found.append(
                Found(match.start(), match.end(), match.group(), Deadline("periodic", "unspecified"))
            )
    return sorted(found, key=lambda f: f.start)


def _periodic(text: str) -> list[Found]:
    found = []
    for match in _FIXED_DAY.finditer(text):
        unit = _PERIODS[(match.group("unit") or match.group("unit2")).lower()]
        days = re.findall(r"\d{1,2}(?:/\d{1,2})?", match.group("days"))
        fixed = ",".join(
            "-".join(f"{int(part):02d}" for part in reversed(day.split("/")))
            if "/" in day
            else day.lstrip("0")
            for day in days
        )
        found.append(
            Found(match.start(), match.end(), match.group(), Deadline("periodic", f"{unit}@{fixed}"))
        )
    for match in _PERIODIC.finditer(text):
        start_word = match.group().lower()
        if any(f.start < match.end() and match.start() < f.end for f in found):
            continue
        after = text[match.end() : match.end() + 25].lower()
        if start_word.startswith(("hằng", "hàng")) and not _begins_clause(text, match.start(), after):
            continue
        found.append(
            Found(
                match.start(),
                match.end(),
                match.group(),
                Deadline("periodic", _PERIODS[match.group("unit").lower().replace("quí", "quý")]),
            )
        )
    return found


def _begins_clause(text: str, start: int, after: str) -> bool:
    """Hằng năm is a deadline where it opens the clause or governs a report; not in "ngân sách hằng năm"."""
    before = text[:start].rstrip()
    opens = not before or before[-1] in ".;:-+)"
    reports = (
        re.match(
            r"\s*,?\s*(?:báo cáo|tổng hợp|rà soát|sơ kết|tiến hành|tổ chức|xây dựng|lập|gửi|đánh giá|kiểm tra)",
            after,
        )
        is not None
    )
    return (opens and (reports or after.startswith(","))) or (reports and before.endswith(("báo cáo", ",")))


def iso_date(day: int, month: int, year: int) -> str | None:
    """A date that exists, as ISO; None for 31/02 and the like, which scans and typing errors produce."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year}-{month:02d}-{day:02d}"


def _number(match: re.Match[str], *names: str) -> int | None:
    groups = match.groupdict()
    value = next((groups[n] for n in names if groups.get(n)), None)
    return int(value) if value else None


def _date_value(match: re.Match[str], issued: str | None) -> Deadline | None:
    day, month = _number(match, "d", "d2", "d3"), _number(match, "m", "m2", "m3")
    year = _number(match, "y", "y2", "y4") or _year_for(day, month, issued)
    value = iso_date(day, month, year) if day and month and year else None
    return Deadline("date", value) if value else None


def _year_for(day: int | None, month: int | None, issued: str | None) -> int | None:
    """15/12 without a year means the next such day after the day of issue."""
    if not issued or not day or not month:
        return None
    year = int(issued[:4])
    return year + 1 if f"{year}-{month:02d}-{day:02d}" < issued else year


def _month_value(match: re.Match[str], issued: str | None) -> Deadline | None:
    month, year = int(match.group("m")), int(match.group("y"))
    return Deadline("month", f"{year}-{month:02d}") if 1 <= month <= 12 and 1990 < year < 2100 else None


def _quarter_value(match: re.Match[str], issued: str | None) -> Deadline | None:
    quarter = match.group("q").upper()
    figure = {"I": 1, "II": 2, "III": 3, "IV": 4}.get(quarter) or int(quarter)
    return Deadline("quarter", f"{match.group('y')}-Q{figure}")


def _year_value(match: re.Match[str], issued: str | None) -> Deadline | None:
    return Deadline("year", match.group("y"))


def _past(deadline: Deadline, issued: str | None) -> bool:
    last = last_day(deadline)
    return bool(issued and last and last.isoformat() < issued)


def deadline_of_field(text: str, issued: str | None) -> Deadline | None:
    """The deadline a time field states: "Quý IV/2025", "Trước 30/11/2025", "Thường xuyên", "Sau khi ..."."""
    words = " ".join(text.split()).strip(" .;,")
    if not words:
        return None
    ranged = re.match(r"(?:từ\s+)?(?P<a>.+?)\s+(?:đến|tới)\s+(?P<b>.+)$", words, re.IGNORECASE)
    if ranged and words.lower().startswith("từ"):
        ends = [_simple(ranged.group(g), issued) for g in ("a", "b")]
        if ends[0] and ends[1]:
            return Deadline("range", f"{ends[0].value}/{ends[1].value}")
    periodic = _periodic(words)
    if periodic:
        return periodic[0].deadline
    hanging = re.search(
        r"(?:tháng\s+(?P<m>\d{1,2})\s+)?(?:hằng|hàng)\s+(?P<unit>ngày|tuần|tháng|quý|năm)",
        words,
        re.IGNORECASE,
    )
    if hanging:
        unit = _PERIODS[hanging.group("unit").lower()]
        return Deadline("periodic", f"{unit}@{int(hanging.group('m')):02d}" if hanging.group("m") else unit)
    simple = None if _EVENT.match(words) and not re.search(r"\d{4}", words) else _simple(words, issued)
    if simple:
        return simple
    if _EVENT.match(words):
        return Deadline("event", words)
    if _CONTINUOUS.search(words):
        return Deadline("periodic", "continuous")
    if re.match(r"(?i)định kỳ", words):
        return Deadline("periodic", "unspecified")
    return Deadline("event", words) if re.search(r"(?i)\b(khi|sau|trước|theo)\b", words) else None


def _simple(words: str, issued: str | None) -> Deadline | None:
    for pattern, build in (
        (_DATE, _date_value),
        (_QUARTER, _quarter_value),
        (_MONTH, _month_value),
        (_YEAR, _year_value),
    ):
        match = pattern.search(words)
        if match:
            deadline = build(match, issued)
            if deadline:
                return deadline
    return None


def last_day(deadline: Deadline) -> date | None:
    """The last day of the deadline; None where it names no day (periods, events)."""
    value = deadline.value.rsplit("/", 1)[-1] if deadline.type == "range" else deadline.value
    match = re.fullmatch(r"(\d{4})(?:-(?:Q(\d)|(\d{2})(?:-(\d{2}))?))?", value)
    if match is None or deadline.type in ("periodic", "event"):
        return None
    year, quarter, month, day = match.groups()
    if day:
        return date(int(year), int(month), int(day))
    last_month = int(quarter) * 3 if quarter else int(month) if month else 12
    return date(int(year), last_month, calendar.monthrange(int(year), last_month)[1])
