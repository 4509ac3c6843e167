"""The draft of a summary: five lines at most, and not a word that the paper does not hold."""

import re

from tests.formats.samples import PARTY_RESOLUTION, STATE_PLAN
from thongsuot.formats.reading import Reading, read


def said(reading: Reading) -> list[str]:
    return [" ".join((line.who, line.what, line.when)) for line in reading.summary]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def test_every_word_stands_in_the_paper() -> None:
    for paper in (STATE_PLAN, PARTY_RESOLUTION):
        reading = read(paper.encode(), "a.txt")
        assert 2 <= len(reading.summary) <= 5
        for line in said(reading):
            assert words(line) <= words(reading.text), line


def test_it_begins_with_what_the_paper_is_about() -> None:
    reading = read(STATE_PLAN.encode(), "a.txt")
    assert reading.summary[0].kind == "subject"
    assert reading.metadata.subject is not None
    assert reading.summary[0].what == reading.metadata.subject.value
    assert {line.kind for line in reading.summary[1:]} == {"task"}


def paper_with(items: list[str]) -> Reading:
    head, rest = STATE_PLAN.split("I. MỤC ĐÍCH", 1)
    closing = rest.split("Trên đây là", 1)[1]
    return read((head + "\n".join(items) + "\nTrên đây là" + closing).encode(), "a.txt")


def test_tasks_with_a_day_come_before_those_without() -> None:
    reading = paper_with(
        [
            *(f"{i}. Công an xã tổ chức tuần tra địa bàn thôn {i}." for i in range(1, 7)),
            "7. Trạm Y tế khám sức khỏe cho người cao tuổi trước ngày 15/5/2026.",
        ]
    )
    assert any("Trạm Y tế" in line.who and "15/5/2026" in line.what + line.when for line in reading.summary)


def test_different_leads_come_before_the_same_one_twice() -> None:
    reading = paper_with(
        [
            *(
                f"{i}. Công an xã chủ trì tuần tra địa bàn thôn {i} trước ngày {i}/5/2026."
                for i in range(1, 7)
            ),
            "7. Trạm Y tế tổ chức khám sức khỏe cho người cao tuổi.",
        ]
    )
    assert "Trạm Y tế" in " ".join(line.who for line in reading.summary)


def test_a_long_action_is_cut_where_a_clause_ends() -> None:
    long = "rà soát, thống kê đầy đủ " + "các hộ có hoàn cảnh đặc biệt khó khăn, " * 8 + "báo cáo xã"
    line = paper_with([f"1. Công an xã {long}."]).summary[-1]
    assert line.shortened
    assert len(line.what) <= 160
    assert line.what.endswith("khó khăn")
