"""The conclusion: one transaction from findings to tasks, one winner, closed by the inspector alone."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.core.exceptions import PermissionDenied

from tests.cast import Cast
from tests.documents.papers import fields
from tests.inspections.story import concluded, in_days, noted, opened, required
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.documents.models import Delivery, Document, RegisterEntry
from thongsuot.documents.services import register_document
from thongsuot.files.services import content_of
from thongsuot.formats import reading
from thongsuot.inspections import queries, services
from thongsuot.inspections.models import Inspection
from thongsuot.inspections.services import conclusion as module
from thongsuot.tasks.models import Task
from thongsuot.tasks.services import report_progress


def test_the_notice_is_registered_sent_and_made_into_tasks(cast: Cast) -> None:
    made = concluded(cast)
    notice = made.conclusion
    assert notice is not None
    assert (notice.kind, notice.symbol, notice.direction) == ("thong_bao", "01-TB/ThU", "outgoing")
    assert RegisterEntry.objects.get(document=notice).number == 1
    assert Delivery.objects.get(document=notice).unit == cast.ward
    assert notice.relations.get().target == made.subjects.get().document
    requirement = made.requirements.get()
    task = requirement.task
    assert task is not None
    assert (task.origin, task.giver, task.unit, task.due, task.document) == (
        "conclusion",
        cast.city,
        cast.ward,
        requirement.due,
        notice,
    )
    assert Inspection.objects.get().state == "concluded"


def test_the_word_file_carries_the_number_and_the_three_parts(cast: Cast) -> None:
    notice = concluded(cast).conclusion
    assert notice is not None
    assert notice.file is not None
    content = content_of(notice.file)
    read = reading.read(content, notice.file.original_name)
    found = read.metadata
    assert found.number is not None
    assert found.number.value == notice.symbol
    assert found.doc_type is not None
    assert found.doc_type.value == "thong_bao"
    assert found.date is not None
    assert found.date.value == clock.today().isoformat()
    assert read.text == notice.text
    lines = [p.text for p in docx.Document(io.BytesIO(content)).paragraphs]
    order = [
        "1. Ưu điểm",
        "- Kịp thời ban hành kế hoạch.",
        "2. Hạn chế, khuyết điểm và nguyên nhân",
        "2.1. Dọn kênh còn chậm.",
        "Nguyên nhân: Chưa phân công rõ người.",
        "3. Yêu cầu",
        "3.1. Dọn xong đoạn kênh Ván. Khắc phục hạn chế nêu tại mục 2.1. Sản phẩm: Ảnh hiện trường. "
        f"Thời hạn: chậm nhất ngày {in_days(15):%d/%m/%Y}.",
    ]
    assert [line for line in lines if line in order] == order


def test_what_was_taken_back_is_not_in_the_notice(cast: Cast) -> None:
    made = opened(cast)
    noted(cast, made, "strength", text="Điểm tốt")
    gone = required(cast, made, text="Việc đã rút")
    services.withdraw_requirement(by=cast.city_inspector, requirement=gone)
    services.withdraw_finding(by=cast.city_inspector, finding=gone.finding)
    notice = services.conclude(by=cast.city_inspector, inspection=made)
    assert "Điểm tốt" in notice.text
    assert "Việc đã rút" not in notice.text
    assert not Task.objects.filter(origin="conclusion").exists()


def test_no_conclusion_without_a_finding(cast: Cast) -> None:
    made = opened(cast)
    with pytest.raises(Refused):
        services.conclude(by=cast.city_inspector, inspection=made)
    gone = noted(cast, made)
    services.withdraw_finding(by=cast.city_inspector, finding=gone)
    with pytest.raises(Refused) as refused:
        services.conclude(by=cast.city_inspector, inspection=made)
    assert refused.value.code == "no_finding"


def test_no_requirement_that_is_overdue_when_it_is_issued(cast: Cast) -> None:
    made = opened(cast)
    required(cast, made, due=in_days(1))
    with clock.at(clock.moment(in_days(2))), pytest.raises(Refused) as refused:
        services.conclude(by=cast.city_inspector, inspection=made)
    assert refused.value.code == "due"


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Any) -> None:
    """Let ``act`` happen once between the writing of the Word file and the transaction."""
    write = module.write  # type: ignore[attr-defined]  # replaced below
    done: list[int] = []

    def write_while_something_happens(paper: Any) -> bytes:
        content = write(paper)
        if not done:
            done.append(1)
            act()
        return content

    monkeypatch.setattr(module, "write", write_while_something_happens)


def test_two_inspectors_at_once_one_wins(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = opened(cast)
    required(cast, made)
    same = Inspection.objects.get(pk=made.pk)
    meanwhile(monkeypatch, lambda: services.conclude(by=cast.city_inspector, inspection=same))
    with pytest.raises(Refused) as refused:
        services.conclude(by=cast.city_inspector, inspection=made)
    assert refused.value.code == "state"
    assert Document.objects.filter(kind="thong_bao").count() == 1
    assert Task.objects.filter(origin="conclusion").count() == 1


def test_without_the_old_state_in_the_filter_both_would_win(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The race of the test before is real: a step that does not look lets the second through."""
    made = opened(cast)
    required(cast, made)
    same = Inspection.objects.get(pk=made.pk)
    monkeypatch.setattr(module, "step", lambda *_, **__: None)
    meanwhile(monkeypatch, lambda: services.conclude(by=cast.city_inspector, inspection=same))
    services.conclude(by=cast.city_inspector, inspection=made)
    assert Document.objects.filter(kind="thong_bao").count() == 2


def test_a_number_taken_meanwhile_is_not_printed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = opened(cast)
    noted(cast, made)

    def another_notice() -> None:
        register_document(
            by=cast.city_clerk,
            unit=cast.city,
            direction="outgoing",
            fields=fields(kind="thong_bao", symbol="", issuing_body="", subject="Lịch họp"),
        )

    meanwhile(monkeypatch, another_notice)
    notice = services.conclude(by=cast.city_inspector, inspection=made)
    assert notice.symbol == "02-TB/ThU"
    assert "Số 02-TB/ThU" in notice.text
    assert sorted(RegisterEntry.objects.filter(register="outgoing:thong_bao").values_list("number")) == [
        (1,),
        (2,),
    ]


def test_a_finding_noted_meanwhile_is_in_the_notice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = opened(cast)
    noted(cast, made)
    meanwhile(monkeypatch, lambda: noted(cast, made, "strength", text="Thêm vào phút chót"))
    notice = services.conclude(by=cast.city_inspector, inspection=made)
    assert "Thêm vào phút chót" in notice.text


def test_a_failure_on_the_way_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made = opened(cast)
    required(cast, made)

    def fails(**_: Any) -> None:
        raise Refused("no", "no")

    monkeypatch.setattr(module, "give_task", fails)
    with pytest.raises(Refused):
        services.conclude(by=cast.city_inspector, inspection=made)
    assert Inspection.objects.get().state == "conducting"
    assert not Document.objects.filter(kind="thong_bao").exists()
    assert not RegisterEntry.objects.filter(register="outgoing:thong_bao").exists()


def test_nothing_is_noted_or_taken_back_after_the_conclusion(cast: Cast) -> None:
    made = concluded(cast)
    requirement = made.requirements.get()
    for act in (
        lambda: noted(cast, made),
        lambda: services.withdraw_finding(by=cast.city_inspector, finding=requirement.finding),
        lambda: services.withdraw_requirement(by=cast.city_inspector, requirement=requirement),
        lambda: services.conclude(by=cast.city_inspector, inspection=made),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "state"


def test_the_unit_delivers_and_the_inspector_closes(cast: Cast) -> None:
    made = concluded(cast)
    requirement = made.requirements.select_related("task", "inspection").get()
    task = requirement.task
    assert task is not None
    with pytest.raises(Refused):  # nothing has been handed in
        services.close_requirement(by=cast.city_inspector, requirement=requirement)
    report_progress(by=cast.ward_leader, task=task, note="Đã dọn xong", hand_in=True)
    for other in (cast.ward_leader, cast.ward_officer, cast.other_ward_leader):
        with pytest.raises(PermissionDenied):
            services.close_requirement(by=other, requirement=requirement)
    assert queries.waiting_for_acceptance(cast.city_inspector) == 1
    assert queries.waiting_for_acceptance(cast.ward_leader) == 0
    task.refresh_from_db()
    services.close_requirement(by=cast.city_inspector, requirement=requirement)
    assert Task.objects.get(pk=task.pk).state == "done"
    assert queries.waiting_for_acceptance(cast.city_inspector) == 0


def test_a_requirement_not_met_goes_back_with_the_reason(cast: Cast) -> None:
    requirement = concluded(cast).requirements.select_related("task").get()
    task = requirement.task
    assert task is not None
    report_progress(by=cast.ward_leader, task=task, note="Đã dọn", hand_in=True)
    services.return_requirement(by=cast.city_inspector, requirement=requirement, reason="Thiếu ảnh")
    assert Task.objects.get(pk=task.pk).state == "returned"


def test_an_inspection_closes_with_its_last_requirement(cast: Cast) -> None:
    made = concluded(cast)
    with pytest.raises(Refused) as refused:
        services.close_inspection(by=cast.city_inspector, inspection=made)
    assert refused.value.code == "open"
    assert Inspection.objects.get().state == "concluded"
    made.refresh_from_db()
    task = made.requirements.get().task
    assert task is not None
    report_progress(by=cast.ward_leader, task=task, note="Xong", hand_in=True)
    services.close_requirement(by=cast.city_inspector, requirement=made.requirements.get())
    with pytest.raises(PermissionDenied):
        services.close_inspection(by=cast.ward_leader, inspection=made)
    services.close_inspection(by=cast.city_inspector, inspection=made)
    assert Inspection.objects.get().state == "closed"
