"""Folding, sorting and comparing Vietnamese words."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.formats.vietnamese import fold, nfc, person_sort_key, same_tone_placement, sort_key

TYPED = "nghị quyết uỷ ủy hoà hòa Đảng đường Ðảng ban bàn bản bãn bán bạn ă â a ê e ô ơ o ư u quý 12 2025"
SYLLABLES = st.sampled_from(TYPED.split())
PHRASES = st.lists(SYLLABLES, min_size=1, max_size=6).map(" ".join)


@pytest.mark.parametrize(
    "text",
    [
        "nghi quyet",
        "NGHỊ QUYẾT",
        "Nghị  quyết",
        " nghị\u00a0quyết\n",
        unicodedata.normalize("NFD", "Nghị Quyết"),
    ],
)
def test_every_way_to_type_a_word_folds_to_the_same(text: str) -> None:
    assert fold(text) == "nghi quyet"


@pytest.mark.parametrize("text", ["đảng uỷ", "ĐẢNG ỦY", "\u00d0\u1ea3ng \u1ee7y", "dang uy"])
def test_d_with_stroke_eth_and_both_tone_placements_fold(text: str) -> None:
    assert fold(text) == "dang uy"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(PHRASES)
def test_folding_does_not_see_the_unicode_form_or_the_case(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(nfc(text)) == fold(text.upper())


def test_dictionary_order_of_letters_tones_and_numbers() -> None:
    ordered = [
        "2 xã",
        "10 xã",
        "a",
        "ai",
        "ă",
        "âm",
        "ba",
        "ba ba",
        "bà",
        "bả",
        "bã",
        "bá",
        "bạ",
        "bạ bà",
        "bac",
        "băng",
        "dân",
        "đảng",
        "e",
        "ê",
        "ô",
        "ơ",
        "ủy ban",
        "ưu tiên",
        "Ý Yên",
    ]
    shuffled = ordered[:]
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == ordered


@given(st.text())
def test_a_sort_key_is_digits_and_small_letters(text: str) -> None:
    assert set(sort_key(text)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


@given(PHRASES, PHRASES)
def test_the_sort_key_sees_neither_case_nor_unicode_form(a: str, b: str) -> None:
    again = sort_key(unicodedata.normalize("NFD", a).upper()), sort_key(nfc(b))
    assert (sort_key(a) < sort_key(b)) == (again[0] < again[1])


def test_people_are_ordered_by_given_name() -> None:
    people = ["Trần Văn Bình", "Nguyễn Thị Ánh", "Lê Văn An", "Phạm An", "Nguyễn Bình"]
    assert sorted(people, key=person_sort_key) == [
        "Phạm An",
        "Lê Văn An",
        "Nguyễn Thị Ánh",
        "Nguyễn Bình",
        "Trần Văn Bình",
    ]


@pytest.mark.parametrize(
    ("old", "one"),
    [
        ("uỷ ban", "ủy ban"),
        ("Uỷ Ban", "Ủy Ban"),
        ("XÃ HOÀ BÌNH", "XÃ HÒA BÌNH"),
        ("sức khoẻ", "sức khỏe"),
        ("hoàn toàn ngoài quý quả", "hoàn toàn ngoài quý quả"),
        ("qúy", "quý"),
        ("thuý, thuỷ", "thúy, thủy"),
    ],
)
def test_tone_marks_are_placed_one_way(old: str, one: str) -> None:
    assert same_tone_placement(old) == same_tone_placement(one) == one


@given(PHRASES)
def test_placing_tones_twice_changes_nothing_and_keeps_the_folded_words(text: str) -> None:
    once = same_tone_placement(text)
    assert same_tone_placement(once) == once
    assert fold(once) == fold(text)
