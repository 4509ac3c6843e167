"""Where an item's words stand in the paper, and where they may be cut; no database."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from thongsuot.documents.passages import cuts_of, joined, place_of, places_of_parts, trimmed, words_at

PAPER = (
    "1. Phòng Kinh tế rà soát các điểm\ntập kết rác; xử lý xong trước\nngày 12/11/2026. **Công an** đi tuần."
)


def pieces(words: str) -> list[str]:
    edges = [0, *cuts_of(words), len(words)]
    return [words[left:right].strip() for left, right in pairwise(edges)]


def test_an_item_may_be_cut_after_a_sentence_and_after_a_semicolon() -> None:
    words = "Rà soát các điểm tập kết rác; xử lý xong trước ngày 12/11/2026. Báo cáo kết quả về Thành ủy."
    assert pieces(words) == [
        "Rà soát các điểm tập kết rác;",
        "xử lý xong trước ngày 12/11/2026.",
        "Báo cáo kết quả về Thành ủy.",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Phối hợp với UBND TP. Hồ Chí Minh tổ chức kiểm tra",  # a short form ends no sentence
        "Giao đồng chí Ng. Văn An phụ trách địa bàn khu phố",
        "Chi trả 1.250.000 đồng cho mỗi hộ gia đình",  # nor does the point of a figure
        "Xong; rồi",  # too short for two tasks
        "",
    ],
)
def test_where_no_sentence_ends_nothing_is_offered(words: str) -> None:
    assert cuts_of(words) == []


def test_a_further_obligation_in_the_same_sentence_is_a_place_to_cut() -> None:
    words = "Tổ chức tuyên truyền đến từng hộ dân, đồng thời ký cam kết giữ sạch vỉa hè"
    assert pieces(words)[1] == "đồng thời ký cam kết giữ sạch vỉa hè"


def test_words_are_found_over_line_breaks_bold_type_and_our_capital() -> None:
    span = place_of("Xử lý xong trước ngày 12/11/2026", PAPER)
    assert span is not None
    assert PAPER[slice(*span)] == "xử lý xong trước\nngày 12/11/2026"
    bold = place_of("công an đi tuần", PAPER)
    assert bold is not None
    assert words_at(PAPER, bold) == "Công an đi tuần"
    assert place_of("không có trong văn bản", PAPER) is None
    assert place_of("   ", PAPER) is None


def test_parts_have_places_of_their_own_that_do_not_overlap() -> None:
    whole = (3, PAPER.index(" **Công"))
    first, second = places_of_parts(
        ["Rà soát các điểm tập kết rác", "Xử lý xong trước ngày 12/11/2026"], PAPER, whole
    )
    assert PAPER[slice(*first)] == "Phòng Kinh tế rà soát các điểm\ntập kết rác"
    assert PAPER[slice(*second)] == "xử lý xong trước\nngày 12/11/2026."


def test_parts_in_a_persons_own_words_share_the_place_of_the_whole() -> None:
    assert places_of_parts(["Rà soát", "Dọn sạch hẳn"], PAPER, (3, 60)) == [(3, 60), (3, 60)]


def test_two_neighbours_are_joined_as_the_paper_joins_them() -> None:
    first, second = place_of("rà soát các điểm tập kết rác", PAPER), place_of("xử lý xong", PAPER)
    assert joined("Rà soát các điểm tập kết rác", "Xử lý xong", PAPER, first, second) == (
        "Rà soát các điểm tập kết rác; xử lý xong"
    )
    assert joined("Rà soát.", "Báo cáo.", PAPER, None, None) == "Rà soát. Báo cáo."
    assert joined("Rà soát", "Báo cáo", PAPER, None, None) == "Rà soát; Báo cáo"


def test_a_piece_stands_on_its_own() -> None:
    assert trimmed(" ; đồng thời ký cam kết; ") == "Đồng thời ký cam kết"
    assert trimmed(" - ") == ""


def test_a_long_text_is_looked_through_once() -> None:
    text = "rà soát " * 100_000
    start = time.process_time()
    place_of("rà soát điểm", text)
    cuts_of(text)
    assert time.process_time() - start < 3
