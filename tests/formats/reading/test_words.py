"""Small letters in place of IGNORECASE: the same matches at the same places."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.formats.reading.words import caseless, small

PATTERNS = [
    r"(?P<value>\d+)\s?(?P<unit>MWp|GRDP|Tỷ đồng)\b",
    r"\S+\s(?=ĐẾN|quý [IV]{1,3})",
    r"(?<!\w)(?:[A-ZĐ]\w*\W?){2}$",
]
WORDS = st.text(alphabet="MWpgRdĐđếẾnIiVvqQuýÝtTỷ ồGg0123456789.,\u0130", max_size=40)


@given(st.text())
def test_small_letters_stand_where_the_letters_stood(text: str) -> None:
    assert len(small(text)) == len(text)


@given(st.sampled_from(PATTERNS), WORDS)
def test_a_caseless_pattern_finds_what_ignorecase_finds(pattern: str, text: str) -> None:
    ignoring = re.compile(pattern, re.IGNORECASE)
    assert [m.span() for m in caseless(pattern).finditer(small(text))] == [
        m.span() for m in ignoring.finditer(text)
    ]


@pytest.mark.parametrize(
    ("text", "unit"), [("500 MWp", "mwp"), ("500 mwp", "mwp"), ("8 % grdp", None), ("8GRDP", "grdp")]
)
def test_the_letters_of_the_pattern_are_made_small_and_its_signs_are_kept(
    text: str, unit: str | None
) -> None:
    found = caseless(PATTERNS[0]).search(small(text))
    assert (found["unit"] if found else None) == unit
