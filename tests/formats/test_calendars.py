"""Working days and counted periods: the dates here were checked against the decrees and a printed calendar."""

import sys
from datetime import date, timedelta

import holidays
import pytest

from thongsuot.formats import calendars
from thongsuot.formats.calendars import VIETNAM, VietnameseWorkingDays, end_of_period, next_working_day


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 6, 15), True),  # a Monday
        (date(2026, 6, 13), False),  # a Saturday
        (date(2026, 6, 14), False),
        (date(2026, 2, 17), False),  # the first day of Tết
        (date(2026, 4, 27), False),  # Hùng Kings fell on a Sunday
        (date(2026, 8, 31), False),  # a Monday moved to
        (date(2026, 8, 22), True),  # this Saturday
        (date(2019, 1, 5), True),  # the Saturday for 31/12/2018
        (date(2026, 11, 24), False),  # the Day of Culture, from 2026 on
        (date(2025, 11, 24), True),
    ],
)
def test_days_worked_in_viet_nam(day: date, worked: bool) -> None:
    assert VIETNAM.is_working(day) is worked


def test_quiet_weeks_agree_with_the_library() -> None:
    known = holidays.country_holidays("VN", years=range(2005, 2036))
    for year in range(2006, 2036):
        day = date(year, 1, 1)
        while day.year == year:
            assert VIETNAM.is_working(day) == known.is_working_day(day), day
            day += timedelta(days=1)


def test_an_office_adds_the_days_decreed_later() -> None:
    office = VietnameseWorkingDays(off=[date(2027, 8, 30)], working=[date(2027, 8, 21)])
    assert not office.is_working(date(2027, 8, 30))
    assert office.is_working(date(2027, 8, 21))
    assert next_working_day(date(2027, 8, 28), office) == date(2027, 8, 31)
    assert next_working_day(date(2027, 8, 28)) == date(2027, 8, 30)


@pytest.mark.parametrize(
    ("length", "start", "end"),
    [
        ("P10D", date(2026, 3, 6), date(2026, 3, 16)),  # the 6th itself does not count
        ("P10D", date(2026, 3, 4), date(2026, 3, 16)),  # the 14th is a Saturday
        ("P5WD", date(2026, 6, 11), date(2026, 6, 18)),  # a Thursday, over a weekend
        ("P3WD", date(2026, 4, 28), date(2026, 5, 5)),  # over 30/4, 1/5 and a weekend
        ("P2W", date(2026, 6, 10), date(2026, 6, 24)),
        ("P1M", date(2026, 5, 31), date(2026, 6, 30)),
        ("P3M", date(2026, 12, 15), date(2027, 3, 15)),
        ("P1Y", date(2024, 2, 29), date(2025, 2, 28)),
        ("-P10D", date(2026, 6, 30), date(2026, 6, 20)),  # a Saturday: not put off towards the event
        ("-P5WD", date(2026, 6, 18), date(2026, 6, 11)),
        ("PT24H", date(2026, 6, 18), None),
        ("P9999Y", date(2026, 6, 18), None),
    ],
)
def test_a_period_ends_as_the_civil_code_says(length: str, start: date, end: date | None) -> None:
    assert end_of_period(length, start) == end


def test_holidays_are_learnt_before_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    calendars.learn_holidays(2083)
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert not VIETNAM.is_working(date(2083, 9, 2))
    with pytest.raises(ImportError):
        VIETNAM.is_working(date(2085, 9, 3))
