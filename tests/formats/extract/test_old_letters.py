"""Letters of old fonts in text that names no font: whole files, single lines, phrases; everything else untouched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.samples import STATE_PLAN
from thongsuot.formats.reading import extract
from thongsuot.formats.reading.extract.legacy import encoding_of_font, to_unicode
from thongsuot.formats.reading.extract.mixed import mixed_to_unicode
from thongsuot.formats.reading.extract.plain import from_legacy

LINES = [
    ("Uû ban nh©n d©n x· yªu cÇu c¸c th«n thùc hiÖn.", "Uỷ ban nhân dân xã yêu cầu các thôn thực hiện."),
    ("KÝnh göi: Së N«ng nghiÖp", "Kính gửi: Sở Nông nghiệp"),
    ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
    ("Uûy ban nhaân daân xaõ yeâu caàu caùc thoân", "Ủy ban nhân dân xã yêu cầu các thôn"),
    ("KEÁ HOAÏCH naêm 2026", "KẾ HOẠCH năm 2026"),
]


@pytest.mark.parametrize(("typed", "meant"), LINES)
def test_one_line_of_a_unicode_text(typed: str, meant: str) -> None:
    text, notices = from_legacy(f"{STATE_PLAN}{typed}\nDòng sau cùng.")
    assert text == f"{STATE_PLAN}{meant}\nDòng sau cùng."
    assert [notice.code for notice in notices] == ["converted_encoding"]


def test_a_phrase_inside_a_unicode_sentence() -> None:
    sentence = "Giao Đảng ủy các xã phối hợp với Së N«ng nghiÖp tổ chức thực hiện."
    assert "phối hợp với Sở Nông nghiệp tổ chức" in from_legacy(STATE_PLAN + sentence)[0]


@pytest.mark.parametrize(
    "line",
    [
        "Müller, Größe und Façade: señor Núñez, naïve coöperation, mañana, Ångström, über Öl.",
        "Diện tích 120 m², nhiệt độ 36°C ± 2°, giá 5 ¢, § 12, ©2024, «Nhân dân», «các thôn», ½ số hộ.",
        "các hộ và bà con thôn ở xã",
        "L'État français a signé l'accord à Genève près de la forêt.",
        "Wir danken für die Größe der Übung",
    ],
)
def test_foreign_words_and_signs_stay(line: str) -> None:
    assert from_legacy(f"{STATE_PLAN}{line}") == (f"{STATE_PLAN}{line}", [])
    assert from_legacy(line * 3) == (line * 3, [])


def test_a_whole_file_keeps_its_spaces_and_blank_lines() -> None:
    typed = "Céng hßa  x· héi\n\n\nchñ nghÜa ViÖt Nam\tThñ t\u00adíng\n" * 5
    assert from_legacy(typed)[0] == "Cộng hòa  xã hội\n\n\nchủ nghĩa Việt Nam\tThủ tướng\n" * 5


def test_vni_in_every_mixture_of_cases() -> None:
    assert to_unicode("Uûy UÛY aúm AÚM aüm kyõ NGHÒ mî Ñ", "vni") == "Ủy ỦY ẳm ẲM ẵm kỹ NGHỊ mỵ Đ"


@pytest.mark.parametrize(
    ("font", "meaning"),
    [
        (".VnTime", ("tcvn3", False)),
        (".VnTimeH", ("tcvn3", True)),
        (".VnArial NarrowH", ("tcvn3", True)),
        ("'.VnTime'", ("tcvn3", False)),
        ("VNI-Times", ("vni", False)),
        ("VPS Times", ("vps", False)),
        ("Times New Roman", None),
        ("Vntopia", None),
    ],
)
def test_the_name_of_a_font_says_what_its_letters_mean(font: str, meaning: tuple[str, bool] | None) -> None:
    assert encoding_of_font(font) == meaning


def test_viscii_by_the_byte() -> None:
    text = "Cµng hòa xã hµi chü nghîa Vi®t Nam. Ðµc l§p - Tñ do - HÕnh phúc. Các ð½n v¸ thñc hi®n.\n" * 3
    assert "Cộng hòa xã hội" in extract(text.encode("latin-1"), "a.txt").text


def test_a_page_that_ends_inside_a_sentence_keeps_its_space() -> None:
    found = extract("Rà soát, điều \fchỉnh Quy hoạch của xã. \f\nTrang ba".encode(), "a.txt")
    assert found.text == "Rà soát, điều chỉnh Quy hoạch của xã.\nTrang ba"
    assert [page.number for page in found.pages] == [1, 2, 3]


@given(st.lists(st.sampled_from(sorted(set(STATE_PLAN.split()))), max_size=60))
def test_words_of_a_unicode_paper_are_never_converted(words: list[str]) -> None:
    for text in (" ".join(words), " ".join(words).upper(), "\n".join(words)):
        assert mixed_to_unicode(text) == (text, set())


@given(st.text(max_size=300))
def test_any_text_has_an_answer_of_the_same_lines(text: str) -> None:
    assert mixed_to_unicode(text)[0].count("\n") == text.count("\n")
