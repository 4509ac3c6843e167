"""Two texts side by side: what came, what went, and how much of the rest is shown."""

from __future__ import annotations

from thongsuot.documents.comparing import MOST_PAIRS_OF_WORDS, Line, compare


def said(line: Line) -> tuple[str, str]:
    return (
        "".join(f"[{part.text}]" if part.is_changed else part.text for part in line.old),
        "".join(f"[{part.text}]" if part.is_changed else part.text for part in line.new),
    )


def test_words_that_came_and_went_are_marked() -> None:
    compared = compare(["Báo cáo trước 30/11.", "Nơi nhận"], ["Báo cáo trước 15/12.", "Nơi nhận"])
    assert compared.changed == 1
    assert said(compared.lines[0]) == ("Báo cáo trước [30/11.]", "Báo cáo trước [15/12.]")


def test_paragraphs_that_came_or_went_stand_alone() -> None:
    compared = compare(["một", "hai", "ba"], ["một", "ba", "bốn"])
    assert [said(line) for line in compared.lines if line.is_changed] == [("[hai]", ""), ("", "[bốn]")]


def test_long_runs_of_the_same_are_folded() -> None:
    same = [f"đoạn {n}" for n in range(40)]
    compared = compare([*same, "cũ"], [*same, "mới"])
    assert [line.folded for line in compared.lines] == [39, 0, 0]


def test_equal_texts_are_shown_whole() -> None:
    compared = compare(["một", "hai"], ["một", "hai"])
    assert (compared.changed, len(compared.lines)) == (0, 2)


def test_paragraphs_too_long_to_compare_word_by_word_are_shown_whole() -> None:
    words = int(MOST_PAIRS_OF_WORDS**0.5) + 1
    compared = compare(["a " * words], ["a " * words + "b"])
    assert all(part.is_changed for part in (*compared.lines[0].old, *compared.lines[0].new))
