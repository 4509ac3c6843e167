"""A stamped document is recognised before anything is kept; the words of a sentence are not a stamp."""

import unicodedata

import pytest

from tests.formats.samples import PARTY_RESOLUTION, STATE_PLAN
from thongsuot.formats.reading import secrecy_of

HEAD, BODY = STATE_PLAN.split("Số: 15", 1)


def stamped(line: str) -> str:
    return f"{HEAD}{line}\nSố: 15{BODY}"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("MẬT", "mat"),
        ("Mật", "mat"),
        ("M Ậ T", "mat"),
        ("TỐI MẬT", "toi_mat"),
        ("T Ố I   M Ậ T", "toi_mat"),
        ("Tuyệt mật", "tuyet_mat"),
        ("TUYỆT  MẬT", "tuyet_mat"),
        ("(MẬT)", "mat"),
        ("Độ mật: Tối mật", "toi_mat"),
        ("MẬT - KHẨN", "mat"),
        ("HỎA TỐC, MẬT", "mat"),
        ("**TỐI MẬT**", "toi_mat"),
        ("TOI MAT", "toi_mat"),
        ("| MẬT | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |", "mat"),
        (unicodedata.normalize("NFD", "TUYỆT MẬT"), "tuyet_mat"),
    ],
)
def test_a_stamp_is_recognised(line: str, level: str) -> None:
    assert secrecy_of(stamped(line)) == level


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Về bảo vệ bí mật nhà nước",
        "KẾ HOẠCH BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT,\nTỐI MẬT",
        "Công tác bảo vệ bí\nmật",
        "KHẨN",
        "Điều 5. Mật độ dân số",
    ],
)
def test_words_are_not_a_stamp(line: str) -> None:
    assert secrecy_of(stamped(line)) is None


def test_ordinary_documents_carry_none() -> None:
    assert secrecy_of(STATE_PLAN) is None
    assert secrecy_of(PARTY_RESOLUTION) is None


def test_the_highest_of_several_stamps_counts() -> None:
    assert secrecy_of(stamped("MẬT\nTUYỆT MẬT")) == "tuyet_mat"


def test_a_word_far_down_in_a_table_is_not_a_stamp() -> None:
    assert secrecy_of(STATE_PLAN + "Dòng.\n" * 100 + "Mật\n") is None
