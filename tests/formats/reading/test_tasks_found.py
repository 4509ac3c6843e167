"""What a task consists of: units, action, helpers, deadline, product, section, rule and confidence."""

from datetime import date

import pytest

from tests.formats.reading.test_tasks import plan_with, tasks_in
from tests.formats.samples import STATE_PLAN, docx_file
from thongsuot.formats.reading import Extracted, Task, read, understand
from thongsuot.formats.reading.lines import lines_of
from thongsuot.formats.reading.understand import proposals

TABLE = [
    "TT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành | Sản phẩm",
    "1 | Tổ chức hội nghị học tập nghị quyết | Ban Xây dựng Đảng | Văn phòng Đảng ủy | Trước 30/4/2026 | Báo cáo",
    "2 | Tuyên truyền trên loa truyền thanh | Phòng Văn hóa - Xã hội |  | Thường xuyên |  ",
]


def only(tasks: tuple[Task, ...]) -> Task:
    assert len(tasks) == 1, tasks
    return tasks[0]


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


def test_rows_of_a_table_are_tasks() -> None:
    first, second = tasks_in(*TABLE)
    assert first.assignees == ("Ban Xây dựng Đảng",)
    assert first.coordinators == ("Văn phòng Đảng ủy",)
    assert (first.due, first.product) == (date(2026, 4, 30), "Báo cáo")
    assert second.deadline is not None
    assert second.deadline.value == "continuous"


def test_a_table_with_one_cell_a_line_gives_the_same_tasks() -> None:
    cells = [cell.strip() for row in TABLE for cell in row.split("|") if cell.strip()]
    flat = understand(
        Extracted(text=STATE_PLAN + "PHỤ LỤC\n" + "\n".join(cells), pages=(), media_type="text/plain")
    )
    found = [t for t in flat.tasks if t.action.startswith(("Tổ chức hội nghị", "Tuyên truyền trên loa"))]
    assert [t.assignees for t in found] == [("Ban Xây dựng Đảng",), ("Phòng Văn hóa - Xã hội",)]
    assert [t.deadline.value if t.deadline else None for t in found] == ["2026-04-30", "continuous"]


def test_an_annex_table_of_a_word_file_is_read() -> None:
    actions = [t.action for t in read(docx_file(), "a.docx").tasks]
    assert actions == ["Tổ chức tuyên truyền"]


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (("1. Giao Sở Y tế kiểm tra các nhà thuốc.",), "order"),
        (("1. Sở Y tế kiểm tra các nhà thuốc.",), "subject"),
        (("1. Sở Y tế: Kiểm tra các nhà thuốc.",), "label"),
        (("1. Sở Y tế", "- Kiểm tra các nhà thuốc."), "heading"),
        (("1. Yêu cầu Sở Y tế thực hiện các việc sau:", "- Kiểm tra các nhà thuốc."), "opening"),
        (("1. Kiểm tra các nhà thuốc (Sở Y tế chủ trì).",), "beside"),
        (("1. Kiểm tra các nhà thuốc.", "Cơ quan chủ trì: Sở Y tế."), "fields"),
        (("STT | Nhiệm vụ | Chủ trì", "1 | Kiểm tra các nhà thuốc | Sở Y tế"), "table"),
    ],
)
def test_a_task_tells_by_which_construction_it_was_read(lines: tuple[str, ...], rule: str) -> None:
    assert only(tasks_in(*lines)).rule == rule


def test_a_duty_of_an_office_in_a_regulation_is_less_sure_than_an_order_of_the_day() -> None:
    duty = "1. Trưởng ban chủ trì các phiên họp hằng tháng."
    articles = [line for n in range(1, 10) for line in (f"Điều {n}. Họp và làm việc", duty)]
    plan, regulation = (
        proposals(Extracted(text=plan_with(*lines), pages=(), media_type="text/plain")).tasks[0]
        for lines in ([duty], articles)
    )
    assert regulation.confidence < plan.confidence


def test_an_invitation_gives_no_work() -> None:
    text = STATE_PLAN.replace("15/KH-UBND", "15/GM-UBND").replace("KẾ HOẠCH\n", "GIẤY MỜI\n", 1)
    assert understand(Extracted(text=text, pages=(), media_type="text/plain")).tasks == ()


def test_a_programme_put_into_force_by_a_decision_is_read_too() -> None:
    attached = (
        "CHƯƠNG TRÌNH\nHành động thực hiện Nghị quyết\n(Kèm theo Quyết định này)\nI. TỔ CHỨC THỰC HIỆN\n"
        "1. Hội Nông dân xã\n- Thành lập tổ hợp tác trồng rau an toàn.\n"
    )
    tasks = understand(Extracted(text=STATE_PLAN + attached, pages=(), media_type="text/plain")).tasks
    assert (tasks[-1].assignees, tasks[-1].action) == (
        ("Hội Nông dân xã",),
        "Thành lập tổ hợp tác trồng rau an toàn",
    )


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("báo cáo kếtquả; thịtrường", "báo cáo kết quả; thị trường"),
        ("văn bản nêutrên của BộCông Thương", "văn bản nêu trên của Bộ Công Thương"),
        ("thanh tra tại Quảng Bình và Thừa Thiên Huế", "thanh tra tại Quảng Bình và Thừa Thiên Huế"),
        ("Ðảng bộ xã hƣởng ứng", "Đảng bộ xã hưởng ứng"),
        ("phần mềm Facebook, Zalo, VNeID, eOffice", "phần mềm Facebook, Zalo, VNeID, eOffice"),
        ("Nguyễn Khuyến, nghiêng, khuỷu, quyển, giường", "Nguyễn Khuyến, nghiêng, khuỷu, quyển, giường"),
    ],
)
def test_words_run_together_and_look_alike_letters_are_put_right(damaged: str, mended: str) -> None:
    (line,) = lines_of(damaged)
    assert line.text == mended
    assert len(line.offsets) == len(line.text)
