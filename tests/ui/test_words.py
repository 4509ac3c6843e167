"""Dates, distances and numbers: written as an official writes them, in Việt Nam's time."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from thongsuot.core.ui import words

TODAY = dt.date(2026, 11, 23)


def a_day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(offset)


@pytest.mark.parametrize(
    ("deadline", "done_on", "state", "text"),
    [
        (a_day(8), None, "run", "còn 8 ngày (01/12/2026)"),
        (a_day(7), None, "soon", "còn 7 ngày (30/11/2026)"),
        (a_day(0), None, "soon", "hạn hôm nay (23/11/2026)"),
        (a_day(-12), None, "late", "quá hạn 12 ngày (11/11/2026)"),
        (a_day(-3), a_day(-3), "done", "hoàn thành 20/11/2026, đúng hạn"),
        (a_day(-8), a_day(-3), "done", "hoàn thành 20/11/2026, quá hạn 5 ngày"),
        (None, a_day(-3), "done", "hoàn thành 20/11/2026"),
        (None, None, "quiet", "không ghi hạn"),
    ],
)
def test_a_deadline_is_told_as_distance_and_date(
    deadline: dt.date | None, done_on: dt.date | None, state: str, text: str
) -> None:
    assert words.standing(deadline, done_on, TODAY) == words.Standing(state, text)


def test_english_counts_one_day_and_several() -> None:
    with translation.override("en"):
        assert words.standing(a_day(1), None, TODAY).text == "1 day left (24/11/2026)"
        assert words.standing(a_day(2), None, TODAY).text == "2 days left (25/11/2026)"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (2909, 3044, "95,6 %"),
        (609, 900, "67,7 %"),
        (900, 900, "100,0 %"),
        (99_999, 100_000, "99,9 %"),  # somebody is missing: not 100 %
        (1, 100_000, "0,1 %"),  # somebody is reached: not 0 %
        (0, 5, "0,0 %"),
        (0, 0, "–"),
    ],
)
def test_a_percentage_never_hides_the_last_person(part: int, whole: int, text: str) -> None:
    assert words.percent(part, whole) == text


def test_numbers_follow_the_language() -> None:
    assert words.count(2909) == "2.909"
    assert words.quantity(Decimal("1234.500")) == "1.234,5"
    assert words.quantity(Decimal("1200")) == "1.200"
    assert words.quantity(3, 1) == "3,0"
    with translation.override("en"):
        assert words.count(2909) == "2,909"


def test_a_moment_is_told_in_vietnamese_time() -> None:
    just_before_midnight_utc = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC)
    assert words.moment(just_before_midnight_utc) == "06:30, 23/11/2026"
    assert words.day(just_before_midnight_utc) == "23/11/2026"
    assert words.long_day(just_before_midnight_utc) == "thứ Hai 23/11/2026"
    assert words.day(None) == words.moment(None) == ""


@pytest.mark.parametrize(
    ("name", "letters"), [("Trần Văn Kênh", "TK"), ("Sậy", "S"), ("", ""), ("đỗ ấm", "ĐẤ")]
)
def test_a_face_shows_first_and_last_word(name: str, letters: str) -> None:
    assert words.initials(name) == letters
