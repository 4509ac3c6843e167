"""The tree of parts: what people cite, found again from any place in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.formats.reading.paragraphs import lines_of, paragraphs_of
from thongsuot.formats.reading.structure import Addresses, structure_of


def addresses(body: str, appendix: str = "") -> list[str]:
    head = paragraphs_of(lines_of(body))
    tail = paragraphs_of(lines_of(appendix)) if appendix else []
    return [section.address for section in structure_of(head, tail)]


PLAN = """I. MỤC ĐÍCH
1. Tuyên truyền sâu rộng đến từng hộ.
II. NHIỆM VỤ
1. Công tác cán bộ
a) Rà soát quy hoạch.
b) Bổ nhiệm đúng quy trình.
2. Công tác tài chính
2.1. Lập dự toán.
2.2. Quyết toán.
III. TỔ CHỨC THỰC HIỆN
1. Văn phòng Đảng ủy
- Theo dõi.
- Báo cáo."""


def test_a_plan_down_to_the_point() -> None:
    assert addresses(PLAN) == [
        "I", "I.1", "II", "II.1", "II.1.a", "II.1.b", "II.2", "II.2.1", "II.2.2", "III", "III.1",
    ]  # fmt: skip


def test_capital_letters_stand_above_roman_figures() -> None:
    text = "A. ĐẶC ĐIỂM TÌNH HÌNH\nI. Thuận lợi\n1. Kinh tế phát triển.\nB. NHIỆM VỤ\nI. Mục tiêu\n1. Giảm nghèo."
    assert addresses(text) == ["A", "A.I", "A.I.1", "B", "B.I", "B.I.1"]
    assert addresses("1. Ông A. Nguyễn Văn Bình.\nA. Nguyễn Văn Bình dự họp.") == ["1"]


def test_articles_are_cited_without_their_chapter() -> None:
    regulation = """Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Quy chế này quy định việc tiếp dân.
2. Đối tượng áp dụng:
a) Cán bộ phường;
b) Người lao động.
Chương II
TRÁCH NHIỆM
Điều 2. Trách nhiệm của Chủ tịch
1. Tiếp dân định kỳ."""
    found = addresses(regulation)
    assert found == ["Chương I", "Điều 1", "Điều 1.1", "Điều 1.2", "Điều 1.2.a", "Điều 1.2.b",
                     "Chương II", "Điều 2", "Điều 2.1"]  # fmt: skip


def test_appendices_stand_apart() -> None:
    appendix = """PHỤ LỤC I
DANH MỤC NHIỆM VỤ
I. Nhóm nhiệm vụ chung
1. Tập huấn.
PHỤ LỤC II
BIỂU MẪU
1. Mẫu báo cáo."""
    assert addresses("1. Thực hiện theo phụ lục.", appendix) == [
        "1", "PLI", "PLI.I", "PLI.I.1", "PLII", "PLII.1",
    ]  # fmt: skip


def test_appendices_without_a_number_are_counted() -> None:
    assert addresses("", "PHỤ LỤC\nMẪU BÁO CÁO\n1. Kết quả.\nPHỤ LỤC\nBIỂU SỐ LIỆU\n1. Số hộ.") == [
        "PL1", "PL1.1", "PL2", "PL2.1",
    ]  # fmt: skip


def test_a_number_given_twice_is_told_apart_with_all_below_it() -> None:
    twice = "II. GIẢI PHÁP\n3. Về đất đai\na) Rà soát.\n3. Về xây dựng\na) Cấp phép."
    assert addresses(twice) == ["II", "II.3", "II.3.a", "II.3 (2)", "II.3 (2).a"]


def test_the_innermost_part_answers_for_a_place() -> None:
    sections = structure_of(paragraphs_of(lines_of(PLAN)))
    where = Addresses(sections)
    for words, address in (
        ("Tuyên truyền", "I.1"),
        ("Bổ nhiệm", "II.1.b"),
        ("Quyết toán", "II.2.2"),
        ("Báo cáo", "III.1"),
        ("NHIỆM VỤ", "II"),
    ):
        assert where.at(PLAN.index(words)) == address
    assert where.at(len(PLAN) + 5) is None


def test_before_the_first_part_there_is_no_address() -> None:
    text = "Thực hiện chủ trương của cấp trên.\n1. Rà soát.\n2. Báo cáo."
    where = Addresses(structure_of(paragraphs_of(lines_of(text))))
    assert where.at(3) is None
    assert where.at(text.index("Rà")) == "1"


def test_each_part_names_the_part_around_it() -> None:
    sections = {section.address: section for section in structure_of(paragraphs_of(lines_of(PLAN)))}
    assert sections["II.1.b"].parent == "II.1"
    assert sections["II.1"].parent == "II"
    assert sections["II"].parent is None
    assert sections["II.1"].heading == "Công tác cán bộ"
    assert [sections[a].level for a in ("II", "II.1", "II.1.a")] == [1, 2, 3]


@pytest.mark.parametrize("mark", ["1.", "1)", "a)", "I.", "Điều 1.", "Chương I", "1.1.", "-", "PHỤ LỤC"])
def test_a_paper_of_one_repeated_mark_keeps_its_addresses_apart(mark: str) -> None:
    body = paragraphs_of(lines_of("\n".join(f"{mark} Việc thứ {i}." for i in range(40))))
    found = [section.address for section in structure_of(body)]
    assert len(set(found)) == len(found)


@given(
    st.lists(
        st.sampled_from(["I. A", "1. B", "a) C", "Điều 1. D", "1.1. E", "- F", "Chương II", "G"]), max_size=40
    )
)
def test_any_order_of_marks_makes_a_tree(marks: list[str]) -> None:
    text = "\n".join(f"{mark} việc cần làm." for mark in marks)
    sections = structure_of(paragraphs_of(lines_of(text)))
    known = {section.address: section for section in sections}
    assert len(known) == len(sections)
    for section in sections:
        if section.parent is not None:
            around = known[section.parent]
            assert around.span[0] <= section.span[0] < section.span[1] <= around.span[1]
