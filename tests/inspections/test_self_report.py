"""The self-report: drafted from the data with every number on its base, edited, handed in once."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.core.exceptions import PermissionDenied

from tests.cast import Cast
from tests.documents.papers import delivery_of, plan_for
from tests.inspections.story import concluded, drafted, november, on, opened, sent_directive
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.documents.services import receive_delivery
from thongsuot.files.models import StoredFile
from thongsuot.files.services import content_of
from thongsuot.inspections import jobs, services, sources
from thongsuot.inspections.models import Inspection, SelfReport
from thongsuot.inspections.services import self_report as module
from thongsuot.tasks.models import Task
from thongsuot.tasks.services import Share, accept_task, assign_task, report_progress


def words_of(report: SelfReport) -> str:
    """All text of the Word file, tables included, as python-docx reads it."""
    assert report.file is not None
    file = docx.Document(io.BytesIO(content_of(report.file)))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in file.paragraphs), *cells])


def a_docx(text: str = "Báo cáo đã sửa") -> bytes:
    file, out = docx.Document(), io.BytesIO()
    file.add_paragraph(text)
    file.save(out)
    return out.getvalue()


@pytest.fixture
def told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Inspection:
    """A month of the directive in Cầu Ván: received late, planned in time, one task done, one overdue."""
    facts = sources.DisseminationFacts(
        required=10,
        reached=9,
        in_time=7,
        cells=2,
        met=1,
        sessions=(sources.SessionFact(november(14), "Sinh hoạt chi bộ tháng 11", 1),),
    )
    monkeypatch.setattr(sources, "_teller", [lambda *_: facts])
    with clock.at(on(2)):
        document = sent_directive(cast, receive_by=november(3), plan_by=november(12))
    with clock.at(on(6)):
        receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    with clock.at(on(10)):
        plan_for(cast.ward_clerk, cast.ward, document)
        task = Task.objects.get(unit=cast.ward, document=document)
        shares = [Share(cell, None, "Dọn kênh") for cell in (cast.cell, cast.second_cell)]
        first, _second = assign_task(by=cast.ward_leader, task=task, shares=shares)
        report_progress(by=cast.cell_head, task=first, note="Xong", hand_in=True)
        accept_task(by=cast.ward_leader, task=first)
    with clock.at(on(16)):
        return opened(cast, document)


def test_the_draft_says_what_the_data_say(cast: Cast, told: Inspection) -> None:
    with clock.at(on(20, 8)):
        report = drafted(cast, told)
    words = words_of(report)
    symbol = told.subjects.get().document.symbol
    for expected in (
        "BÁO CÁO",
        f"tự kiểm tra việc thực hiện Chỉ thị số {symbol}",
        "Số liệu tính đến 08:00, 20/11/2026.",
        "đến ngày 02/11/2026, tiếp nhận ngày 06/11/2026 (chậm 3 ngày so với hạn 03/11/2026).",
        "Đã ban hành Kế hoạch số 01-KH/ĐU ngày 10/11/2026 để thực hiện (đúng hạn 12/11/2026).",
        "đã tổ chức 1 buổi; 1/2 (50,0 %) chi bộ đã họp quán triệt.",
        "9/10 (90,0 %) đảng viên đã nắm được nội dung, trong đó 7/10 (70,0 %) đúng hạn",
        "Sinh hoạt chi bộ tháng 11",
        "Tiếp nhận Chỉ thị",
        "Còn 1/10 (10,0 %) đảng viên chưa nắm được",
        "Còn 2 nhiệm vụ quá hạn, chưa hoàn thành:",
        "+ Đảng ủy phường Cầu Ván: 1/2 nhiệm vụ;",
        "+ Chi bộ khu phố 2, phường Cầu Ván: 1/2 nhiệm vụ;",
        "V. Kiến nghị",
        "Bí thư Đảng ủy phường Cầu Ván",
    ):
        assert expected in words, words
    assert "Ban hành văn bản triển khai" not in words
    assert report.as_of == on(20, 8)
    assert report.file is not None
    assert report.file.original_name == "Bao cao tu kiem tra - Cầu Ván.docx"


def test_the_table_of_tasks_counts_what_was_given_and_what_was_passed_on_apart(
    cast: Cast, told: Inspection
) -> None:
    with clock.at(on(20)):
        report = drafted(cast, told)
    assert report.file is not None
    table = docx.Document(io.BytesIO(content_of(report.file))).tables[2]
    rows = [[cell.text for cell in row.cells][1:] for row in table.rows]
    assert rows == [
        ["Tổng số", "Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Đang làm, trong hạn", "Quá hạn"],
        ["1", "0/1 (0,0 %)", "0/1 (0,0 %)", "0/1 (0,0 %)", "1/1 (100,0 %)"],
        ["2", "1/2 (50,0 %)", "0/2 (0,0 %)", "0/2 (0,0 %)", "1/2 (50,0 %)"],
    ]


def test_nothing_done_is_said_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_teller", [])
    with clock.at(on(2)):
        document = sent_directive(cast, receive_by=november(3), plan_by=november(12))
    with clock.at(on(16)):
        words = words_of(drafted(cast, opened(cast, document)))
    assert "đến ngày 02/11/2026, chưa tiếp nhận (hạn 03/11/2026)." in words
    assert "Chưa ban hành văn bản triển khai (hạn 12/11/2026, đã quá 4 ngày)." in words
    assert "chưa đặt yêu cầu phổ biến" in words
    assert "chậm 4 ngày so với hạn 12/11/2026" in words


def test_each_drafting_is_a_new_draft_and_the_first_stays(cast: Cast, told: Inspection) -> None:
    first, second = drafted(cast, told), drafted(cast, told)
    assert first.pk != second.pk
    assert first.file_id != second.file_id
    assert told.self_reports.count() == 2


def test_the_job_is_harmless_when_run_twice(cast: Cast, told: Inspection) -> None:
    report = drafted(cast, told)
    files = StoredFile.objects.count()
    jobs.draft_self_report(report.pk)
    assert StoredFile.objects.count() == files


def test_two_workers_with_the_same_draft_leave_one_file(
    cast: Cast, told: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = SelfReport.objects.create(inspection=told, drafted_by=cast.ward_leader)
    write = module.write  # type: ignore[attr-defined]  # replaced below
    inner: list[int] = []

    def write_while_another_does(paper: Any) -> bytes:
        if not inner:
            inner.append(1)
            jobs.draft_self_report(report.pk)
        return write(paper)

    monkeypatch.setattr(module, "write", write_while_another_does)
    before = StoredFile.objects.count()
    jobs.draft_self_report(report.pk)
    assert StoredFile.objects.count() == before + 1


def test_the_draft_handed_in_begins_the_second_step(cast: Cast, told: Inspection) -> None:
    report = services.hand_in_self_report(by=cast.ward_officer, inspection=told, report=drafted(cast, told))
    assert report.handed_in_at is not None
    assert Inspection.objects.get(pk=told.pk).state == "conducting"


def test_the_edited_file_is_handed_in_beside_the_draft(cast: Cast, told: Inspection) -> None:
    draft = drafted(cast, told)
    report = services.hand_in_self_report(
        by=cast.ward_leader, inspection=told, report=draft, content=a_docx(), name="bao cao.docx"
    )
    assert report.pk != draft.pk
    assert "Báo cáo đã sửa" in words_of(report)


def test_a_report_is_handed_in_once(cast: Cast, told: Inspection) -> None:
    draft = drafted(cast, told)
    services.hand_in_self_report(by=cast.ward_leader, inspection=told, report=draft)
    with pytest.raises(Refused) as refused:
        services.hand_in_self_report(
            by=cast.ward_leader, inspection=told, report=draft, content=a_docx(), name="lan hai.docx"
        )
    assert refused.value.code == "twice"
    assert told.self_reports.filter(handed_in_at__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "bao cao.docx", "empty"),
        (b"khong phai word", "bao cao.docx", "wrong_type"),
        (b"%PDF-1.7", "bao cao.pdf", "wrong_type"),
        (a_docx()[:900], "bao cao.docx", "broken"),
    ],
)
def test_a_file_that_is_not_a_word_document_is_refused(
    cast: Cast, told: Inspection, content: bytes, name: str, code: str
) -> None:
    files = StoredFile.objects.count()
    with pytest.raises(Refused) as refused:
        services.hand_in_self_report(by=cast.ward_leader, inspection=told, content=content, name=name)
    assert refused.value.code == code
    assert StoredFile.objects.count() == files
    assert Inspection.objects.get(pk=told.pk).state == "preparing"


def test_a_secret_never_reaches_the_disk(cast: Cast, told: Inspection) -> None:
    files = StoredFile.objects.count()
    with pytest.raises(Refused) as refused:
        services.hand_in_self_report(
            by=cast.ward_leader, inspection=told, content=a_docx("TỐI MẬT\nNội dung"), name="x.docx"
        )
    assert refused.value.code == "secret"
    assert StoredFile.objects.count() == files


def test_without_a_draft_and_without_a_file_there_is_nothing_to_hand_in(cast: Cast, told: Inspection) -> None:
    with pytest.raises(Refused) as refused:
        services.hand_in_self_report(by=cast.ward_leader, inspection=told)
    assert refused.value.code == "file"


def test_only_the_unit_itself_hands_in(cast: Cast, told: Inspection) -> None:
    draft = drafted(cast, told)
    for other in (cast.city_inspector, cast.city_leader, cast.ward_clerk, cast.other_ward_leader):
        with pytest.raises(PermissionDenied):
            services.hand_in_self_report(by=other, inspection=told, report=draft)


def test_nothing_is_drafted_after_the_conclusion(cast: Cast, told: Inspection) -> None:
    concluded(cast, told)
    with pytest.raises(Refused):
        drafted(cast, told)
