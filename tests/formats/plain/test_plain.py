"""Plain language: where sentences end, how hard they are, what makes them so."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.formats.plain import Knot, plainness_of, sentences_in


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences_in(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Họp vào thứ Hai. Báo cáo trước thứ Sáu.", 2),
        ("UBND TP. Vàm Cỏ giao Sở Y tế chủ trì.", 1),
        ("Mời PGS.TS. Lê Văn An, ThS. Trần Bình dự họp.", 1),
        ("Gồm rau, quả, v.v. và các loại khác.", 1),
        ("Kinh phí 1.500.000 đồng. Thanh toán một lần.", 2),
        ("1. Rà soát hộ nghèo. 2. Lập danh sách.", 2),
        ("Đã xong chưa? Chưa xong!", 2),
        ("Theo khoản 2 Điều 5. Việc này do xã làm.", 2),
        ("không có dấu chấm", 1),
        ("...", 0),
        ("", 0),
    ],
)
def test_points_that_end_a_sentence_and_points_that_do_not(text: str, sentences: int) -> None:
    assert len(split(text)) == sentences, split(text)


def test_sentences_carry_no_space_around_them() -> None:
    assert split("  Họp giao ban.   Báo cáo nhanh.  ") == ["Họp giao ban.", "Báo cáo nhanh."]


def test_the_grade_of_the_formula() -> None:
    # 4 words with 11 letters, so 2.75 a word: 2 x 2.75 + 0.2 x 4 - 6 = 0.3 (Nguyen and Henkin 1982).
    measured = plainness_of(["Bốn xã mới họp."])
    assert measured is not None
    assert measured.grade == 0.3
    assert measured.syllables == 4


def test_a_longer_sentence_is_harder() -> None:
    short = plainness_of(["Xã rà soát hộ nghèo. Xã lập danh sách. Xã gửi phòng."])
    long = plainness_of(["Xã rà soát hộ nghèo, lập danh sách rồi gửi phòng."])
    assert short is not None
    assert long is not None
    assert long.grade > short.grade


def test_no_word_no_measure() -> None:
    assert plainness_of([]) is None
    assert plainness_of(["1.", "---", "2026"]) is None


def knots_of(sentence: str) -> tuple[Knot, ...]:
    measured = plainness_of([sentence])
    assert measured is not None
    assert len(measured.sentences) == 1
    return measured.sentences[0].knots


def test_what_makes_a_sentence_hard() -> None:
    assert knots_of("Xã rà soát hộ nghèo trước tháng sáu.") == ()
    assert "long" in knots_of("Các xã " + "rà soát lại toàn bộ danh sách hộ nghèo " * 8)
    assert "commas" in knots_of("Rà soát nhà, đất, rừng, ao, vườn, chuồng, trại, kho.")
    assert "citations" in knots_of("Theo các văn bản 1/QĐ-A, 2/QĐ-B, 3/QĐ-C, 4/QĐ-D thì xã báo cáo.")
    assert "brackets" in knots_of("Xã (phường) báo cáo (bằng văn bản) huyện (quận) đúng hạn.")
    assert "double_negation" in knots_of("Không đơn vị nào không phải báo cáo.")
    assert "double_negation" not in knots_of("Không đơn vị nào được chậm báo cáo.")


def test_spans_count_through_the_paragraphs() -> None:
    paragraphs = ["Họp giao ban. Báo cáo nhanh.", "Xong trước Tết."]
    measured = plainness_of(paragraphs)
    assert measured is not None
    whole = "\n".join(paragraphs)
    assert [whole[start:end] for start, end in (s.span for s in measured.sentences)] == [
        "Họp giao ban.", "Báo cáo nhanh.", "Xong trước Tết.",
    ]  # fmt: skip


@given(st.text(alphabet="abĐ .,;:!?…()1\n", max_size=300))
def test_sentences_never_overlap_and_lose_no_word(text: str) -> None:
    spans = sentences_in(text)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert [c for c in text if c.isalpha()] == [c for c in kept if c.isalpha()]
