from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.pages import assert_whole
from tests.tasks.factory import (
    a_dispatch,
    a_document,
    a_provision,
    handed_in,
    member_task,
    name_unit,
    november,
    on,
    ward_task,
)
from tests.tasks.urls_by_role import a_photo
from thongsuot.accounts.models import User
from thongsuot.accounts.roles import BuiltIn
from thongsuot.core import clock
from thongsuot.documents.models.register import Part
from thongsuot.organizations.services import grant_role
from thongsuot.tasks.models import ProgressEntry, Task, TaskState
from thongsuot.tasks.panels import tasks_of_document
from thongsuot.tasks.services import (
    Share,
    accept_task,
    assign_task,
    extend_task,
    open_tasks_of_dispatch,
    report_progress,
    return_task,
)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_page_of_a_task_says_everything_that_matters(cast: Cast) -> None:
    document = a_document(cast, units=[cast.ward])
    details = {"product": "Kế hoạch", "deadline_text": "trước 12/11", "span_start": 0, "span_end": 9}
    provision = a_provision(document, 3, for_recipients=True, **details)
    name_unit(provision, cast.economy, Part.COORDINATE)
    open_tasks_of_dispatch(a_dispatch(cast, document, [cast.ward]))
    task = Task.objects.get()
    extend_task(by=cast.city_leader, task=task, due=november(20), reason="Triều cường")
    html = assert_whole(signed_in(cast.ward_leader).get(task.get_absolute_url()))
    for said in (
        "Xây dựng kế hoạch thực hiện",
        "còn 17 ngày (20/11/2026)",
        "hạn ban đầu 12/11/2026",
        "Thành ủy Vàm Cỏ",
        "Phòng Kinh tế, Hạ tầng",
        "Kế hoạch",
        f'href="/van-ban/{document.pk}/#cau-3"',
        "12/11/2026 → 20/11/2026",
        "Triều cường",
        "đã gửi văn bản có yêu cầu này",
    ):
        assert said in html, said
    assert reverse("tasks:assign", args=[task.pk]) in html
    assert reverse("tasks:accept", args=[task.pk]) not in html


def test_the_document_is_a_link_only_for_those_who_may_read_it(cast: Cast) -> None:
    task = member_task(cast, document=a_document(cast))
    html = assert_whole(signed_in(cast.member).get(task.get_absolute_url()))
    assert "12-CT/ThU" in html
    assert f'href="/van-ban/{task.document_id}/' not in html


def test_what_is_late_says_so_whatever_came_later(cast: Cast) -> None:
    task = ward_task(cast)
    page = signed_in(cast.ward_leader)
    with clock.at(on(14)):
        extend_task(by=cast.city_leader, task=task, due=november(20), reason="Triều cường")
        assert "đã quá hạn trước khi được gia hạn" in assert_whole(page.get(task.get_absolute_url()))
        report_progress(by=cast.ward_leader, task=task, hand_in=True)
        assert "nộp quá hạn ngày 14/11/2026, chờ nghiệm thu" in assert_whole(
            page.get(task.get_absolute_url())
        )
        accept_task(by=cast.city_leader, task=task)
        assert "hoàn thành ngày 14/11/2026, quá hạn" in assert_whole(page.get(task.get_absolute_url()))


def test_a_report_from_a_phone_with_photo_and_figure(cast: Cast) -> None:
    task = member_task(cast, measure_name="Số mét đã dọn", measure_unit="m", measure_goal=Decimal(20))
    client = signed_in(cast.member)
    address = reverse("tasks:report", args=[task.pk])
    html = assert_whole(client.get(address))
    assert 'capture="environment"' in html
    assert "Số mét đã dọn (m)" in html
    photo = SimpleUploadedFile("kenh.jpg", a_photo(), "image/jpeg")
    answer = client.post(address, {"photo": photo, "figure": "12,5", "hand_in": "1"}, follow=True)
    html = assert_whole(answer)
    assert "Đã nộp. Kết quả đang chờ nghiệm thu." in html
    assert "<b>12,5</b>/20 m" in html
    key = ProgressEntry.objects.get(task=task, photo__isnull=False).photo_id
    shown = client.get(reverse("tasks:photo", args=[task.pk, key]))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert shown.getvalue()[8:12] == b"WEBP"
    assert "Hiện không có gì phải báo cáo" in assert_whole(client.get(address))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"figure": "hai mươi", "note": "x"}, "id_figure_error"),
        ({}, "Hãy ghi việc đã làm, hoặc thêm số liệu, ảnh."),
        ({"photo": SimpleUploadedFile("a.jpg", b"not a picture"), "note": "x"}, "id_photo_error"),
    ],
)
def test_a_wrong_report_keeps_what_was_written(cast: Cast, data: dict[str, object], said: str) -> None:
    task = ward_task(cast)
    answer = signed_in(cast.ward_leader).post(reverse("tasks:report", args=[task.pk]), data)
    assert said in assert_whole(answer, 422)
    assert Task.objects.get(pk=task.pk).state == TaskState.ASSIGNED


def test_the_giver_decides_on_the_page(cast: Cast) -> None:
    task = handed_in(cast)
    client = signed_in(cast.city_leader)
    page = task.get_absolute_url()
    assert reverse("tasks:accept", args=[task.pk]) in assert_whole(client.get(page))
    wrong = client.post(reverse("tasks:return", args=[task.pk]), {"reason": " "})
    assert "id_reason_error" in assert_whole(wrong, 422)
    back = client.post(reverse("tasks:return", args=[task.pk]), {"reason": "Thiếu ảnh"}, follow=True)
    assert "Thiếu ảnh" in assert_whole(back)
    early = {"due": "2026-11-05", "reason": "Triều cường"}
    refused = client.post(reverse("tasks:extend", args=[task.pk]), early)
    html = assert_whole(refused, 422)
    assert "Hạn mới phải sau hạn hiện nay." in html
    assert "Triều cường" in html
    late = {"due": "2026-11-20", "reason": "Triều cường"}
    assert_whole(client.post(reverse("tasks:extend", args=[task.pk]), late, follow=True))
    assert_whole(client.post(reverse("tasks:urge", args=[task.pk]), follow=True))
    report_progress(by=cast.ward_leader, task=Task.objects.get(pk=task.pk), hand_in=True)
    assert "Đã nghiệm thu." in assert_whole(client.post(reverse("tasks:accept", args=[task.pk]), follow=True))
    assert client.post(reverse("tasks:accept", args=[task.pk])).status_code == 409
    task.refresh_from_db()
    assert (task.state, task.due, task.first_due) == (TaskState.DONE, november(20), november(12))


def test_the_reason_of_a_return_meets_the_doer_where_they_report(cast: Cast) -> None:
    task = handed_in(cast)
    return_task(by=cast.city_leader, task=task, reason="Thiếu ảnh đoạn 2")
    html = assert_whole(signed_in(cast.ward_leader).get(reverse("tasks:report", args=[task.pk])))
    assert "Thiếu ảnh đoạn 2" in html


def test_a_task_is_passed_on_to_a_cell_and_a_member_in_two_steps(cast: Cast) -> None:
    task = ward_task(cast)
    client = signed_in(cast.ward_leader)
    address = reverse("tasks:assign", args=[task.pk])
    html = assert_whole(client.get(address))
    assert "Chi bộ khu phố 1" in html
    member = cast.person(cast.member)
    assert member.name in assert_whole(client.get(f"{address}?chi-bo={cast.cell.pk}"))
    assert "Hãy chọn ít nhất một chi bộ hoặc một người." in client.get(f"{address}?chon=1").content.decode()
    cell_key, person_key = f"u{cast.second_cell.pk}", f"p{cast.cell.pk}-{member.pk}"
    step = client.get(f"{address}?ai={cell_key}&ai={person_key}&ai=u{cast.other_cell.pk}&ai=zz")
    html = assert_whole(step)
    assert html.count("Dọn kênh Ván</textarea>") == 2
    assert 'value="2026-11-12"' in html

    def posted(due: str) -> dict[str, str]:
        rows = [(cell_key, "Dọn đoạn 2", due, "1,5"), (person_key, "Chụp ảnh", "", "")]
        data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "measure_unit": "km"}
        for number, (recipient, text, day, goal) in enumerate(rows):
            row = {"recipient": recipient, "text": text, "due": day, "measure_goal": goal}
            data |= {f"form-{number}-{key}": value for key, value in row.items()}
        return data

    wrong = client.post(address, posted("2026-12-01"))
    html = assert_whole(wrong, 422)
    assert "Phần việc không thể có hạn sau hạn của cả nhiệm vụ." in html
    assert member.name in html
    assert not Task.objects.filter(parent=task).exists()
    done = client.post(address, posted("2026-11-09"), follow=True)
    html = assert_whole(done)
    assert "Đã phân công cho 2 nơi nhận." in html
    cell, person = Task.objects.filter(parent=task).order_by("pk")
    assert (cell.unit, cell.assignee, cell.due) == (cast.second_cell, None, november(9))
    assert (cell.measure_goal, cell.measure_unit) == (Decimal("1.5"), "km")
    assert (person.unit, person.assignee, person.due) == (cast.cell, member, november(12))


def test_a_recipient_of_another_ward_cannot_be_smuggled_in(cast: Cast) -> None:
    task = ward_task(cast)
    data = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-recipient": f"u{cast.other_cell.pk}",
        "form-0-text": "Dọn",
    }
    answer = signed_in(cast.ward_leader).post(reverse("tasks:assign", args=[task.pk]), data)
    assert_whole(answer, 422)
    assert not Task.objects.filter(parent=task).exists()


def test_the_parts_of_a_task_stand_on_its_page(cast: Cast) -> None:
    task = ward_task(cast, text="Vận động các hộ dân ký cam kết. " * 5, measure_goal=Decimal(60))
    client = signed_in(cast.ward_leader)
    shares = [Share(cast.cell, None, "Tổ 3", None, Decimal(30), "Số hộ", "hộ")]
    [part] = assign_task(by=cast.ward_leader, task=task, shares=shares)
    [metres] = assign_task(
        by=cast.ward_leader, task=task, shares=[Share(cast.second_cell, None, "Đo kênh", measure_unit="m")]
    )
    report_progress(by=cast.cell_head, task=part, figure=Decimal("12.5"))
    Task.objects.filter(pk=metres.pk).update(measure_done=7)
    html = assert_whole(client.get(task.get_absolute_url()))
    assert "0/2 phần việc hoàn thành" in html
    assert "12,5/30 hộ" in html
    assert "<b>12,5</b>/60 hộ" in html, "metres are not households"
    assert part.get_absolute_url() in html
    officer = assert_whole(signed_in(cast.ward_officer).get(task.get_absolute_url()))
    assert part.get_absolute_url() in officer
    reason = {"reason": "Trùng với kế hoạch khác"}
    stopped = signed_in(cast.city_leader).post(reverse("tasks:stop", args=[task.pk]), reason, follow=True)
    assert "đã dừng" in assert_whole(stopped)


def test_two_units_to_give_from_are_offered(cast: Cast) -> None:
    grant_role(user=cast.ward_leader, unit=cast.other_ward, role=BuiltIn.LEADER, since=november(1))
    client = signed_in(cast.ward_leader)
    assert f"?don-vi={cast.other_ward.pk}" in assert_whole(client.get("/nhiem-vu/giao-moi/"))
    html = assert_whole(client.get(f"/nhiem-vu/giao-moi/?don-vi={cast.other_ward.pk}"))
    assert cast.other_ward.name in html


def test_a_new_task_for_several_units(cast: Cast) -> None:
    client = signed_in(cast.ward_leader)
    assert_whole(client.get("/nhiem-vu/giao-moi/"))
    data = {"text": "Trồng hoa", "units": [cast.cell.pk, cast.second_cell.pk], "due": "2026-11-30"}
    assert_whole(client.post("/nhiem-vu/giao-moi/", data, follow=True))
    assert {task.unit for task in Task.objects.all()} == {cast.cell, cast.second_cell}
    wrong = client.post("/nhiem-vu/giao-moi/", data | {"units": [cast.other_cell.pk]})
    assert_whole(wrong, 422)
    assert Task.objects.count() == 2


def test_the_panel_of_a_document_counts_what_the_list_shows(cast: Cast, rf) -> None:  # type: ignore[no-untyped-def]
    document = a_document(cast, units=[cast.ward])
    a_provision(document, for_recipients=True)
    open_tasks_of_dispatch(a_dispatch(cast, document, cast.communes))
    request = rf.get("/")
    request.user = cast.ward_leader
    html = tasks_of_document(request, document)
    assert html is not None
    assert "0/1 nhiệm vụ hoàn thành" in html
    assert reverse("tasks:assign", args=[Task.objects.get(unit=cast.ward).pk]) in html
    request.user = cast.city_leader
    assert "0/3 nhiệm vụ hoàn thành" in (tasks_of_document(request, document) or "")
    request.user = cast.member
    assert tasks_of_document(request, document) is None
    assert tasks_of_document(request, cast.ward) is None
