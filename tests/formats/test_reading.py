"""What the reader understands: one invented sentence per construction, two whole documents."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.reading.test_tasks import tasks_in
from tests.formats.reading.test_tasks_found import TABLE, only
from tests.formats.samples import PARTY_RESOLUTION, STATE_PLAN
from thongsuot.formats.reading import Extracted, Reading, read, to_json, understand


def understood(text: str) -> Reading:
    return understand(Extracted(text=text, pages=(), media_type="text/plain"))


# ---------------------------------------------------------------- references


@pytest.mark.parametrize(
    ("sentence", "number", "day", "relation"),
    [
        (
            "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;",
            "30/2020/NĐ-CP",
            "2020-03-05",
            "based_on",
        ),
        (
            "Thực hiện Kết luận số 12-KL/TU, ngày 01 tháng 2 năm 2026 của Tỉnh ủy.",
            "12-KL/TU",
            "2026-02-01",
            "implements",
        ),
        ("Theo Công văn 1234/UBND-VX ngày 3/2/2026 thì chưa đủ.", "1234/UBND-VX", "2026-02-03", "refers_to"),
        ("Kế hoạch này thay thế Kế hoạch số 3/KH-UBND ngày 1/1/2025.", "3/KH-UBND", "2025-01-01", "replaces"),
        ("Bãi bỏ Quyết định số 7/QĐ-UBND ngày 02/01/2024.", "7/QĐ-UBND", "2024-01-02", "repeals"),
        ("Điều 1. Sửa đổi khoản 2 Nghị quyết số 8/2024/NQ-HĐND.", "8/2024/NQ-HĐND", None, "amends"),
        ("Theo quy định tại Thông tư số 44/2022/TT- BTC thì được chi.", "44/2022/TT-BTC", None, "refers_to"),
    ],
)
def test_a_cited_document_has_number_date_and_relation(
    sentence: str, number: str, day: str | None, relation: str
) -> None:
    (found,) = understood(sentence).references
    assert (found.number, found.date, found.relation) == (number, day, relation)


def test_a_document_is_cited_once_and_never_cites_itself() -> None:
    text = STATE_PLAN + "\nNghị quyết số 09-NQ/ĐU; Nghị quyết 09-NQ/ĐU; Kế hoạch số 15/KH-UBND."
    numbers = [r.number for r in understood(text).references]
    assert numbers.count("09-NQ/ĐU") == 1
    assert "15/KH-UBND" not in numbers


@pytest.mark.parametrize(
    "text", ["24/7", "mạng 3G/4G", "4.960.000 đồng/người/tháng", "ngày 12/3/2026", "75 km/h"]
)
def test_other_figures_with_strokes_are_no_documents(text: str) -> None:
    assert understood(f"Bảo đảm {text} cho người dân.").references == ()


def test_a_day_that_does_not_exist_is_no_date() -> None:
    (found,) = understood("Theo Quyết định số 7/QĐ-UBND ngày 31/02/2024 thì được.").references
    assert found.date is None


def test_a_law_without_number_in_the_legal_basis() -> None:
    (law,) = understood("Căn cứ Luật Mặt trận Tổ quốc Việt Nam ngày 09/6/2015;").references
    assert (law.number, law.title, law.date) == (None, "Luật Mặt trận Tổ quốc Việt Nam", "2015-06-09")


# ---------------------------------------------------------------- targets and structure


def test_the_structure_names_parts_and_covers_what_they_contain() -> None:
    reading = read(STATE_PLAN.encode(), "a.txt")
    assert [s.mark for s in reading.structure] == ["I.", "1.", "II.", "III.", "1.", "a)", "b)", "2.", "3."]
    assert [(s.heading, s.level) for s in reading.structure[3:6]] == [
        ("TỔ CHỨC THỰC HIỆN", 1),
        ("Phòng Văn hóa - Xã hội", 2),
        (None, 3),
    ]
    last_part = next(s for s in reading.structure if s.mark == "III.")
    assert all(last_part.span[0] <= t.span[0] and t.span[1] <= last_part.span[1] for t in reading.tasks)


# ---------------------------------------------------------------- promises about every text


def test_wrapped_lines_read_like_whole_paragraphs() -> None:
    sentence = (
        "1. Giao Công an xã chủ trì, phối hợp với Đoàn Thanh niên xã và các thôn tổ chức tuần tra ban đêm "
        "trên các trục đường chính của xã, hoàn thành trước ngày 30/4/2026."
    )
    words, lines = sentence.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 30:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    whole, wrapped = only(tasks_in(sentence)), only(tasks_in(*lines))
    assert wrapped.action == whole.action
    assert wrapped.coordinators == ("Đoàn Thanh niên xã", "các thôn")


def test_the_json_form_is_plain_data_with_the_keys_of_the_corpus() -> None:
    data = json.loads(json.dumps(to_json(read(STATE_PLAN.encode(), "a.txt")), ensure_ascii=False))
    assert {"metadata", "references", "tasks", "targets"} <= set(data)
    assert {"id", "assignees", "coordinators", "action", "span", "deadline_text", "deadline"} <= set(
        data["tasks"][0]
    )
    assert {"type", "number", "date", "issuer", "title"} <= set(data["references"][0])
    assert {"indicator", "comparator", "value", "unit", "period", "text", "span"} <= set(data["targets"][0])
    assert data["tasks"][0]["due"] == "2026-04-30"


PIECES = st.sampled_from(
    [*STATE_PLAN.split("\n"), *PARTY_RESOLUTION.split("\n"), *TABLE, "", "|", "**", "[1]", "Số: /", "II."]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40), st.text(max_size=40))
def test_any_text_is_understood_and_spans_stay_inside_it(lines: list[str], noise: str) -> None:
    reading = understood("\n".join([*lines, noise]))
    size = len(reading.text)
    spans = [t.span for t in reading.tasks] + [t.span for t in reading.targets]
    spans += [r.span for r in reading.references] + [s.span for s in reading.structure]
    assert all(0 <= start < end <= size for start, end in spans)
