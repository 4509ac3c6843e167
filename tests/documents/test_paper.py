"""The paper as paragraphs with marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.documents.paper import Mark, Note, Paragraph, paper_of


def text_of(paragraphs: list[Paragraph], number: int) -> str:
    pieces = [piece for paragraph in paragraphs for piece in paragraph.pieces]
    return "".join(p.text for p in pieces if number in {mark.number for mark in p.marks})


def test_overlapping_marks_each_cover_their_words() -> None:
    text = "1. Đảng ủy xây dựng kế hoạch trước ngày 12/11."
    marks = [Mark(1, 3, 29), Mark(2, 10, len(text)), Mark(3, 10, 18)]
    paragraphs = paper_of(text, marks)
    assert [text_of(paragraphs, mark.number) for mark in marks] == [text[m.start : m.end] for m in marks]
    assert [mark.number for mark in paragraphs[0].margin] == [1, 2, 3]


def test_a_mark_over_two_paragraphs_has_its_number_once() -> None:
    text = "Một việc phải làm;\n\nviệc thứ hai."
    paragraphs = paper_of(text, [Mark(7, 4, len(text))])
    assert len(paragraphs) == 2
    assert [len(paragraph.margin) for paragraph in paragraphs] == [1, 0]
    assert text_of(paragraphs, 7) == "việc phải làm;việc thứ hai."


def test_wrapped_lines_are_one_paragraph_and_ornaments_are_left_out() -> None:
    text = (
        "|\n**CHỈ THỊ**\n-----\n"
        "Về việc giữ sạch đường phố, kênh, rạch trên địa bàn toàn\nthành phố.\n1. Rà soát.\n2. Báo cáo."
    )
    shown = ["".join(piece.text for piece in paragraph.pieces) for paragraph in paper_of(text)]
    assert shown == [
        "CHỈ THỊ",
        "Về việc giữ sạch đường phố, kênh, rạch trên địa bàn toàn thành phố.",
        "1. Rà soát.",
        "2. Báo cáo.",
    ]


def test_the_state_of_a_piece_is_that_of_its_strongest_mark() -> None:
    paragraphs = paper_of("Một hai ba", [Mark(1, 0, 10, "no"), Mark(2, 4, 7, "ask"), Mark(3, 4, 5, "on")])
    assert [piece.state for piece in paragraphs[0].pieces] == ["no", "on", "ask", "no"]


@given(
    st.text(alphabet="aàb. \n1|*-", max_size=200),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=6),
)
def test_no_letter_is_lost_whatever_the_marks(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [
        Mark(n, start, min(start + size, len(text)))
        for n, (start, size) in enumerate(spans)
        if start < len(text)
    ]
    plain, marked = paper_of(text), paper_of(text, marks)

    def words(paragraphs: list[Paragraph]) -> str:
        return "".join(piece.text for paragraph in paragraphs for piece in paragraph.pieces).replace("*", "")

    assert words(marked) == words(plain)
    assert [c for c in words(plain) if c.isalnum()] == [c for c in text if c.isalnum()]


def noted(paragraphs: list[Paragraph]) -> list[tuple[str, str]]:
    return [(p.text, p.note) for paragraph in paragraphs for p in paragraph.pieces if p.note]


def test_a_note_covers_its_sentence_beside_the_marks() -> None:
    text = "Câu ngắn. Câu này dài hơn nhiều.\nDòng sau."
    paragraphs = paper_of(text, [Mark(1, 14, 17)], [Note(10, 32, "câu dài"), Note(33, 42, "lồng nhau")])
    assert (
        "".join(piece for piece, said in noted(paragraphs) if said == "câu dài") == "Câu này dài hơn nhiều."
    )
    assert ("Dòng sau.", "lồng nhau") in noted(paragraphs)
    assert text_of(paragraphs, 1) == "này"


def test_without_notes_nothing_is_noted() -> None:
    assert noted(paper_of("Một câu.\nHai câu.")) == []
