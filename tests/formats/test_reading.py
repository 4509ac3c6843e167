"""What the reader understands: one invented sentence per construction, two whole documents."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.samples import PARTY_RESOLUTION, STATE_PLAN, docx_file
from thongsuot.formats.reading import Extracted, Reading, Task, read, to_json, understand


def understood(text: str) -> Reading:
    return understand(Extracted(text=text, pages=(), media_type="text/plain"))


def tasks_in(*paragraphs: str) -> tuple[Task, ...]:
    head, rest = STATE_PLAN.split("I. MỤC ĐÍCH", 1)
    _, closing = rest.split("Trên đây là", 1)
    return understood(head + "\n".join(paragraphs) + "\nTrên đây là" + closing).tasks


def only(tasks: tuple[Task, ...]) -> Task:
    assert len(tasks) == 1, tasks
    return tasks[0]


def test_words_in_spans_are_the_words_of_the_source() -> None:
    reading = read(STATE_PLAN.encode(), "a.txt")
    number = reading.metadata.number
    assert number is not None
    assert number.span is not None
    assert reading.text[slice(*number.span)] == "15/KH-UBND"
    for task in reading.tasks:
        assert reading.text[slice(*task.span)] == task.action
    for reference in reading.references:
        assert (reference.number or "?") in reading.text[slice(*reference.span)]


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


# ---------------------------------------------------------------- who does what


@pytest.mark.parametrize(
    ("sentence", "units", "action"),
    [
        ("1. Giao Công an xã tăng cường tuần tra ban đêm.", ("Công an xã",), "tăng cường tuần tra ban đêm"),
        ("1. Sở Y tế chủ trì kiểm tra các cơ sở.", ("Sở Y tế",), "chủ trì kiểm tra các cơ sở"),
        ("1. Đề nghị Hội Nông dân xã vận động hội viên.", ("Hội Nông dân xã",), "vận động hội viên"),
        (
            "1. Bộ Xây dựng có trách nhiệm hướng dẫn thực hiện.",
            ("Bộ Xây dựng",),
            "có trách nhiệm hướng dẫn thực hiện",
        ),
        (
            "1. Các Bộ: Tài chính, Nông nghiệp và Môi trường, Y tế rà soát các quy định.",
            ("Bộ Tài chính", "Bộ Nông nghiệp và Môi trường", "Bộ Y tế"),
            "rà soát các quy định",
        ),
        (
            "1. Các sở, ban, ngành, tổ chức chính trị - xã hội; Ủy ban nhân dân các xã, phường báo cáo kết quả.",
            ("Các sở, ban, ngành, tổ chức chính trị - xã hội", "Ủy ban nhân dân các xã, phường"),
            "báo cáo kết quả",
        ),
        (
            "1. Về kinh phí tuyên truyền: Giao Sở Tài chính tham mưu bố trí kinh phí.",
            ("Sở Tài chính",),
            "tham mưu bố trí kinh phí",
        ),
        (
            "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu Giám đốc Sở Nội vụ khẩn trương hoàn thành việc này.",
            ("Giám đốc Sở Nội vụ",),
            "khẩn trương hoàn thành việc này",
        ),
    ],
)
def test_an_assignment_names_its_units_and_its_action(
    sentence: str, units: tuple[str, ...], action: str
) -> None:
    task = only(tasks_in(sentence))
    assert (task.assignees, task.action) == (units, action)


def test_a_heading_hands_its_unit_to_the_items_below() -> None:
    tasks = tasks_in(
        "1. Sở Công Thương",
        "a) Rà soát các chợ.",
        "b) Hướng dẫn các xã.",
        "2. Sở Y tế:",
        "- Khám bệnh cho dân.",
    )
    assert [t.assignees for t in tasks] == [("Sở Công Thương",), ("Sở Công Thương",), ("Sở Y tế",)]
    assert [t.section for t in tasks] == ["1.a", "1.b", "2"]


def test_an_opening_sentence_hands_down_units_and_helpers() -> None:
    tasks = tasks_in(
        "1. Sở Y tế chủ trì, phối hợp với Công an tỉnh:",
        "a) Kiểm tra các nhà thuốc.",
        "b) Xử lý vi phạm nếu có.",
    )
    assert [(t.assignees, t.coordinators) for t in tasks] == [(("Sở Y tế",), ("Công an tỉnh",))] * 2


def test_a_second_unit_or_a_second_deadline_splits_a_paragraph() -> None:
    tasks = tasks_in("1. Giao Sở Y tế khám bệnh cho nhân dân. Công an tỉnh bảo đảm trật tự nơi khám.")
    assert [t.assignees for t in tasks] == [("Sở Y tế",), ("Công an tỉnh",)]
    tasks = tasks_in(
        "1. Sở Y tế hoàn thành tiêm chủng trong quý II/2026; đồng thời, làm tốt việc tuyên truyền."
    )
    assert [t.deadline.value if t.deadline else None for t in tasks] == ["2026-Q2", None]


def test_coordinators_are_separate_units() -> None:
    task = only(
        tasks_in(
            "1. Sở Y tế chủ trì, phối hợp với Sở Tài chính, Công an tỉnh và các cơ quan liên quan xây dựng đề án."
        )
    )
    assert task.coordinators == ("Sở Tài chính", "Công an tỉnh", "các cơ quan liên quan")


@pytest.mark.parametrize(
    "sentence",
    [
        "Sở Y tế đã hoàn thành việc tiêm chủng trong năm qua.",
        "Thời gian qua, các xã có nhiều cố gắng.",
        "Kinh phí thực hiện từ ngân sách xã.",
        "1. Tổ chức tuyên truyền sâu rộng trong nhân dân.",
        "1. Các bước tiến hành gồm ba việc.",
    ],
)
def test_reports_and_measures_without_a_unit_are_no_tasks(sentence: str) -> None:
    assert tasks_in(sentence) == ()


def test_purposes_are_no_tasks() -> None:
    assert tasks_in("I. MỤC ĐÍCH, YÊU CẦU", "1. Các đơn vị chủ động tổ chức thực hiện.") == ()


def test_a_block_of_fields_is_one_task() -> None:
    task = only(
        tasks_in(
            "1. Tuyên truyền về bầu cử",
            "- Nội dung: Tổ chức tuyên truyền lưu động.",
            "- Cơ quan chủ trì: Phòng Văn hóa - Xã hội.",
            "- Cơ quan phối hợp: Đoàn Thanh niên xã, các thôn.",
            "- Thời gian: Quý II năm 2026.",
        )
    )
    assert task.action == "Tổ chức tuyên truyền lưu động"
    assert task.assignees == ("Phòng Văn hóa - Xã hội",)
    assert task.coordinators == ("Đoàn Thanh niên xã", "các thôn")
    assert task.due == date(2026, 6, 30)


TABLE = [
    "TT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành | Sản phẩm",
    "1 | Tổ chức hội nghị học tập nghị quyết | Ban Xây dựng Đảng | Văn phòng Đảng ủy | Trước 30/4/2026 | Báo cáo",
    "2 | Tuyên truyền trên loa truyền thanh | Phòng Văn hóa - Xã hội |  | Thường xuyên |  ",
]


def test_rows_of_a_table_are_tasks() -> None:
    first, second = tasks_in(*TABLE)
    assert first.assignees == ("Ban Xây dựng Đảng",)
    assert first.coordinators == ("Văn phòng Đảng ủy",)
    assert (first.due, first.product) == (date(2026, 4, 30), "Báo cáo")
    assert second.deadline is not None
    assert second.deadline.value == "continuous"


def test_a_table_with_one_cell_a_line_gives_the_same_tasks() -> None:
    cells = [cell.strip() for row in TABLE for cell in row.split("|") if cell.strip()]
    flat = understood(STATE_PLAN + "PHỤ LỤC\n" + "\n".join(cells))
    found = [t for t in flat.tasks if t.action.startswith(("Tổ chức hội nghị", "Tuyên truyền trên loa"))]
    assert [t.assignees for t in found] == [("Ban Xây dựng Đảng",), ("Phòng Văn hóa - Xã hội",)]
    assert [t.deadline.value if t.deadline else None for t in found] == ["2026-04-30", "continuous"]


def test_an_annex_table_of_a_word_file_is_read() -> None:
    actions = [t.action for t in read(docx_file(), "a.docx").tasks]
    assert actions == ["Tổ chức tuyên truyền"]


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
