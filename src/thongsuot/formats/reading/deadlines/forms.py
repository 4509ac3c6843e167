"""The forms in which a time is written: days, weeks, months, quarters, half years, years.

Each form is one pattern with the function that values it; the first form in the list wins where two begin together.
"""

import calendar
import re
from collections.abc import Callable

from thongsuot.formats.reading.deadlines.clock import Clock, iso_date, made, week_of
from thongsuot.formats.reading.model import Deadline

Form = tuple[str, re.Pattern[str], Callable[[re.Match[str], Clock], Deadline | None]]


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_D, _M, _Y = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)", r"(?:0?[1-9]|1[0-2])(?!\d)", r"(?:19|20)\d{2}(?!\d)"
_JOIN = r"\s?[/.\-–]\s?"
_LATER = r"\s+(?P<later>này|nay|tới|sau)\b"
HOUR = (
    r"(?P<hour>\d{1,2}\s?(?:giờ|h|g|:)\s?(?:\d{2})?(?:\s?phút|['’])?(?:\s(?:sáng|chiều|trưa|tối))?,?\s+"
    r"(?:(?:thứ\s+\w{1,4}|chủ nhật),?\s+)?)"
)
_DATE = _rx(
    rf"(?:{HOUR})?(?P<word>ngày\s+(?:(?:[^\W\d]+,?\s+\(?){{1,4}}(?=\d{{1,2}}/\d))?)?(?:"
    rf"(?P<d1>{_D}){_JOIN}(?P<m1>{_M}){_JOIN}(?P<y1>{_Y})"
    rf"|(?P<d2>{_D})\s+tháng\s+(?P<m2>{_M})(?:,?\s+năm\s+(?P<y2>{_Y})|\s?[/-]\s?(?P<y3>{_Y})|\s+(?:năm\s+)?(?:tới|nay))?"
    rf"|(?P<d4>{_D})\s?/\s?(?P<m4>{_M})(?![/.,]\d|\s?%)(?:\s+năm\s+(?P<y4>{_Y})|\s+(?:năm\s+)?(?:tới|nay))?)"
)
_DAY_OF_MONTH = _rx(rf"(?:{HOUR})?ngày\s+(?P<d>{_D})\s+tháng{_LATER}")
_DAYS = _rx(
    rf"(?:(?:các|\d{{1,2}})\s+)?ngày\s+(?P<a>{_D})(?:\s?(?:-|–|,|và|đến)\s?(?:ngày\s+)?(?P<b>{_D})){{1,9}}\s?(?:/|\s+tháng\s+)\s?(?P<m>{_M})"
    rf"(?:\s?/\s?(?P<y1>{_Y})|\s+năm\s+(?P<y2>{_Y}))?"
)
_COUNT = {
    "đầu": 1,
    "một": 1,
    "nhất": 1,
    "i": 1,
    "hai": 2,
    "ii": 2,
    "ba": 3,
    "iii": 3,
    "tư": 4,
    "bốn": 4,
    "iv": 4,
}
_OF_YEAR = (
    rf"(?:\s?[/.\-–]\s?(?P<y1>{_Y})|,?\s+(?:của\s+)?năm\s+(?P<y2>{_Y})"
    r"|,?\s+(?:(?:của\s+)?năm\s+)?(?:nay|tới)\b)?"
)
_WEEK = _rx(
    r"tuần\s+(?:lễ\s+)?(?:thứ\s+)?(?P<n>nhất|đầu|một|hai|ba|tư|bốn|cuối|[1-4]|iv|i{1,3})(?:\s+tiên)?\s+"
    rf"(?:của\s+)?tháng\s+(?P<m>{_M}){_OF_YEAR}"
)
_TEN_DAYS = _rx(rf"(?P<n>\d{{1,2}})\s+ngày\s+(?P<side>đầu|cuối)\s+(?:của\s+)?tháng\s+(?P<m>{_M}){_OF_YEAR}")
_THIS_WEEK = _rx(rf"tuần{_LATER}")
_PART = r"(?:(?P<part>đầu|giữa|cuối|trung tuần|thượng tuần|hạ tuần)\s+)?"
_BETWEEN = r"(?:\s?[-–,]\s?|\s+(?:và|đến|tới|sang)\s+)"
_MONTHS = _rx(
    rf"(?:các\s+)?tháng\s+(?P<a>{_M})(?:{_BETWEEN}(?:tháng\s+)?(?P<b>{_M})){{1,11}}"
    rf"(?:\s?/\s?(?P<y1>{_Y})|,?\s+(?:của\s+)?năm\s+(?P<y2>{_Y})|(?=\s*(?:[.;:)]|$)))"
)
_MONTH = _rx(rf"{_PART}(?:tháng\s+(?P<m1>{_M}){_OF_YEAR}|(?<![\d/.,])(?P<m2>{_M})\s?[/-]\s?(?P<y3>{_Y}))")
_THIS = _rx(rf"{_PART}(?P<unit>tháng|qu[ýíy]|năm){_LATER}")
_Q = r"(?:IV|I{1,3}|[1-4])(?![\w])"
_QUARTERS = _rx(
    rf"(?:các\s+)?qu[ýí]\s+(?P<a>{_Q})(?:{_BETWEEN}(?:qu[ýí]\s+)?(?P<b>{_Q})){{1,3}}"
    rf"(?:\s?[/-]\s?(?P<y1>{_Y})|,?\s+(?:của\s+)?năm\s+(?P<y2>{_Y}))?"
)
_QUARTER = _rx(
    rf"{_PART}(?:qu[ýíyi]\s?(?P<q>{_Q})|\bQ(?P<q2>[1-4])(?=\s?[/-]\s?20\d\d))(?:{_OF_YEAR}|\s(?P<y3>{_Y}))"
)
_SOME_MONTHS = _rx(
    r"(?P<n>\d{1,2}|hai|ba|sáu|chín)\s+tháng\s+(?P<side>đầu|cuối|còn lại)\s+(?:của\s+)?năm"
    rf"(?:\s+(?P<y>{_Y})|\s+nay)?(?!\s+học)|nửa\s+(?P<half>đầu|cuối)\s+(?:của\s+)?năm(?:\s+(?P<y2>{_Y}))?"
)
_PART_OF_YEAR = _rx(
    rf"(?P<part>đầu|giữa|cuối|những tháng cuối|các tháng cuối)\s+năm(?:\s+(?P<y>{_Y})|\s+nay)?(?!\s+học|\s*\d)"
)
_YEARS = _rx(
    rf"(?:(?P<word>năm học|năm|giai đoạn|nhiệm kỳ|các năm)\s+)?(?:từ\s+)?(?:năm\s+)?(?P<a>{_Y})"
    rf"(?:\s?[-–]\s?|\s+(?:đến|và|tới)\s+)(?:năm\s+)?(?P<b>{_Y})"
)
_YEAR = _rx(r"(?:năm\s+)?(?<!\d)(?P<y>20\d{2})(?!\d|\s?[-–]\s?20\d{2})")
_NUMBERS = {"hai": 2, "ba": 3, "sáu": 6, "chín": 9}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def group(match: re.Match[str], letter: str) -> str | None:
    """The first group that took part among those whose name is the letter, alone or with a figure."""
    found = match.groupdict()
    return next((v for name, v in found.items() if v and name.rstrip("0123456789") == letter), None)


def _year(match: re.Match[str], clock: Clock, last: str) -> tuple[int | None, tuple[str, ...]]:
    stated = group(match, "y")
    return (int(stated), ()) if stated else clock.year_of(last)


def _date(match: re.Match[str], clock: Clock) -> Deadline | None:
    day, month = int(group(match, "d") or 0), int(group(match, "m") or 0)
    if match["d2"] and not match["word"] and not group(match, "y"):
        return None  # "6 tháng 1 lần" is no day
    year, notes = _year(match, clock, f"{month:02d}-{day:02d}")
    if "hour" in match.groupdict() and match["hour"]:
        notes = (*notes, "hour_stated")
    if year is None:
        exists = iso_date(day, month, 2024)  # a leap year: every day that can exist
        return made("event", match.group().strip(), "year_unknown") if exists else None
    value = iso_date(day, month, year)
    return made("date", value, *notes) if value else None


def _day_of_month(match: re.Match[str], clock: Clock) -> Deadline | None:
    issued = clock.day()
    if issued is None:
        return None
    months = issued.year * 12 + issued.month - 1 + (match["later"].lower() in ("tới", "sau"))
    value = iso_date(int(match["d"]), months % 12 + 1, months // 12)
    return made("date", value) if value else None


def _days(match: re.Match[str], clock: Clock) -> Deadline | None:
    month, last = int(match["m"]), int(match["b"])
    year, notes = _year(match, clock, f"{month:02d}-{last:02d}")
    ends = [iso_date(int(match[g]), month, year) for g in "ab"] if year else []
    return made("range", "/".join(e for e in ends if e), *notes) if len(ends) == 2 and all(ends) else None


def _week(match: re.Match[str], clock: Clock) -> Deadline | None:
    word, month = match["n"].lower(), int(match["m"])
    year, notes = _year(match, clock, f"{month:02d}")
    if year is None:
        return None
    end = calendar.monthrange(year, month)[1]
    count = int(word) if word.isdigit() else _COUNT.get(word, 0)
    first = 7 * count - 6 if count else end - 6
    value = f"{year}-{month:02d}-{first:02d}/{year}-{month:02d}-{min(first + 6, end):02d}"
    return made("range", value, *notes, "two_readings")


def _ten_days(match: re.Match[str], clock: Clock) -> Deadline | None:
    count, month = int(match["n"]), int(match["m"])
    year, notes = _year(match, clock, f"{month:02d}")
    if year is None or not 1 <= count <= 20:
        return None
    end = calendar.monthrange(year, month)[1]
    first, last = (1, count) if match["side"].lower() == "đầu" else (end - count + 1, end)
    return made("range", f"{year}-{month:02d}-{first:02d}/{year}-{month:02d}-{last:02d}", *notes)


def _this_week(match: re.Match[str], clock: Clock) -> Deadline | None:
    issued = clock.day()
    later = match["later"].lower() in ("tới", "sau")
    return made("range", week_of(issued, int(later))) if issued else None


def _months(match: re.Match[str], clock: Clock) -> Deadline | None:
    first, last = int(match["a"]), int(match["b"])
    year, notes = _year(match, clock, f"{last:02d}")
    if year is None:
        return None
    begins = year - 1 if first > last else year  # "tháng 12 - tháng 1/2026" begins in the year before
    return made("range", f"{begins}-{first:02d}/{year}-{last:02d}", *notes)


def _month(match: re.Match[str], clock: Clock) -> Deadline | None:
    month = int(group(match, "m") or 0)
    year, notes = _year(match, clock, f"{month:02d}")
    return _part_of_month(match["part"], year, month, notes) if year else None


def _part_of_month(part: str | None, year: int, month: int, notes: tuple[str, ...]) -> Deadline:
    """Giữa tháng is the 15th, cuối tháng the last day (Civil Code 2015, article 146.3); tuần here are ten days."""
    value, part = f"{year}-{month:02d}", (part or "").lower()
    if part == "giữa":
        return made("date", f"{value}-15", *notes, "two_readings")
    tens = {
        "thượng tuần": (1, 10),
        "trung tuần": (11, 20),
        "hạ tuần": (21, calendar.monthrange(year, month)[1]),
    }
    if part in tens:
        return made("range", "/".join(f"{value}-{day:02d}" for day in tens[part]), *notes)
    return made("month", value, *notes, *(("two_readings",) if part == "đầu" else ()))


def _this(match: re.Match[str], clock: Clock) -> Deadline | None:
    """Tháng này, quý tới, năm nay: told from the day of issue."""
    if not clock.issued:
        return None
    later = int(match["later"].lower() in ("tới", "sau"))
    unit, year = match["unit"].lower(), int(clock.issued[:4])
    if unit == "năm":
        return _part_of_year(match["part"], year + later, ())
    if len(clock.issued) < 7:
        return None
    month = int(clock.issued[5:7])
    if unit == "tháng":
        months = year * 12 + month - 1 + later
        return _part_of_month(match["part"], months // 12, months % 12 + 1, ())
    quarters = year * 4 + (month - 1) // 3 + later
    return _part_of_quarter(match["part"], quarters // 4, quarters % 4 + 1, ())


def _figure(quarter: str) -> int:
    return ROMAN.get(quarter.lower()) or int(quarter)


def _quarters(match: re.Match[str], clock: Clock) -> Deadline | None:
    first, last = _figure(match["a"]), _figure(match["b"])
    year, notes = _year(match, clock, f"{last * 3:02d}")
    if year is None:
        return None
    return made("range", f"{year - (first > last)}-Q{first}/{year}-Q{last}", *notes)


def _quarter(match: re.Match[str], clock: Clock) -> Deadline | None:
    quarter = _figure(group(match, "q") or "")
    year, notes = _year(match, clock, f"{quarter * 3:02d}")
    return _part_of_quarter(match["part"], year, quarter, notes) if year else None


def _part_of_quarter(part: str | None, year: int, quarter: int, notes: tuple[str, ...]) -> Deadline:
    month = {"đầu": 3 * quarter - 2, "giữa": 3 * quarter - 1}.get((part or "").lower())
    if month:
        return made("month", f"{year}-{month:02d}", *notes, "two_readings")
    return made("quarter", f"{year}-Q{quarter}", *notes)


def _some_months(match: re.Match[str], clock: Clock) -> Deadline | None:
    """6 tháng đầu năm, 2 tháng cuối năm, nửa đầu năm: a range of months."""
    number = match["n"] or "6"
    count = _NUMBERS.get(number.lower()) or int(number)
    first = (match["side"] or match["half"]).lower() == "đầu"
    if not 1 <= count <= 11:
        return None
    low, high = (1, count) if first else (13 - count, 12)
    year, notes = _year(match, clock, f"{high:02d}")
    return made("range", f"{year}-{low:02d}/{year}-{high:02d}", *notes) if year else None


def _year_part(match: re.Match[str], clock: Clock) -> Deadline | None:
    part = match["part"].lower().split()[-1]
    last = {"đầu": "03", "giữa": "06"}.get(part, "12")
    year, notes = _year(match, clock, last)
    return _part_of_year(part, year, notes) if year else None


def _part_of_year(part: str | None, year: int, notes: tuple[str, ...]) -> Deadline:
    """Giữa năm ends with June (Civil Code 2015, article 146.4); đầu năm is taken as the first quarter."""
    part = (part or "").lower()
    if part == "đầu":
        return made("quarter", f"{year}-Q1", *notes, "two_readings")
    return made("month", f"{year}-06", *notes) if part == "giữa" else made("year", str(year), *notes)


def _years(match: re.Match[str], clock: Clock) -> Deadline | None:
    if int(match["a"]) >= int(match["b"]):
        return None
    school = (
        match["word"] or ""
    ).lower() == "năm học"  # ends in May or August, by the plan of the school year
    return made("range", f"{match['a']}/{match['b']}", *(("two_readings",) if school else ()))


FORMS: tuple[Form, ...] = (
    ("date", _DATE, _date),
    ("date", _DAY_OF_MONTH, _day_of_month),
    ("days", _DAYS, _days),
    ("week", _WEEK, _week),
    ("week", _TEN_DAYS, _ten_days),
    ("week", _THIS_WEEK, _this_week),
    ("months", _MONTHS, _months),
    ("months", _SOME_MONTHS, _some_months),
    ("month", _MONTH, _month),
    ("this", _THIS, _this),
    ("quarters", _QUARTERS, _quarters),
    ("quarter", _QUARTER, _quarter),
    ("year", _PART_OF_YEAR, _year_part),
    ("years", _YEARS, _years),
    ("year", _YEAR, lambda match, clock: made("year", match["y"])),
)
# What every form begins with. Most words that could lead a time lead something else ("trong việc", "đến thôn").
BEGINS = _rx(
    r"\d|ngày\s|tuần\s|tháng\s|qu[ýíyi]|q\d|năm\s|giai đoạn\s|nhiệm kỳ\s|các\s|từ\s|đầu\s|giữa\s|cuối\s|nửa\s"
    r"|trung tuần\s|thượng tuần\s|hạ tuần\s|những tháng\s|(?:hai|ba|sáu|chín)\s+tháng\s"
)
# No time is written without a figure or one of these.
OF_TIMES = ("năm", "tháng", *"0123456789", "tuần", "quý", "quí", "quy", "qui")
