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
    cell_task,
    handed_in,
    member_task,
    name_unit,
    november,
    on,
    ward_task,
)
from tests.tasks.urls_by_role import a_photo
from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.documents.models.register import Part
from thongsuot.tasks.export import safe
from thongsuot.tasks.forms import FigureField
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

LIST = "/nhiem-vu/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_list_shows_overdue_first_and_its_figures_open_into_rows(cast: Cast) -> None:
    ward_task(cast, text="Việc còn lâu", due=november(30))
    ward_task(cast, text="Việc quá hạn", due=november(2))
    client = signed_in(cast.ward_leader)
    html = assert_whole(client.get(LIST))
    assert html.index("Việc quá hạn") < html.index("Việc còn lâu")
    assert "quá hạn 1 ngày (02/11/2026)" in html
    for figure in client.get(LIST).context["figures"]:
        rows = client.get(figure.url).context["page"].paginator.count
        assert rows == figure.value, figure.label


def test_the_filter_reads_as_a_sentence(cast: Cast) -> None:
    document = a_document(cast)
    ward_task(cast, text="Dọn kênh Ván", document=document)
    cell_task(cast, text="Trồng hoa")
    ward_task(cast, text="Việc của phường khác", unit=cast.other_ward)
    client = signed_in(cast.city_leader)

    def texts(query: str) -> set[str]:
        response = client.get(LIST + query)
        assert_whole(response)
        return {task.text for task in response.context["page"]}

    assert texts("?q=don+KENH") == {"Dọn kênh Ván"}
    assert texts(f"?van-ban={document.pk}") == {"Dọn kênh Ván"}
    assert texts(f"?don-vi={cast.ward.pk}") == {"Dọn kênh Ván", "Trồng hoa"}
    assert texts(f"?don-vi={cast.cell.pk}&trang-thai=late") == set()
    assert texts("?xem=giao") == {"Dọn kênh Ván", "Việc của phường khác"}
    assert texts("?xem=toi&trang-thai=???&don-vi=x&van-ban=-1&trang=99") == set()


def test_a_member_sees_the_own_tasks_and_no_tabs(cast: Cast) -> None:
    member_task(cast, text="Việc của tôi đây")
    cell_task(cast, text="Việc của chi bộ")
    html = assert_whole(signed_in(cast.member).get(LIST + "?xem=don-vi"))
    assert "Việc của tôi đây" in html
    assert "Việc của chi bộ" not in html
    assert "data-bulk" not in html


@pytest.mark.parametrize("path", [LIST, "/nhiem-vu/{pk}/"])
def test_twenty_rows_cost_what_two_cost(cast: Cast, path: str, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    document = a_document(cast, units=[cast.ward])
    whole = ward_task(cast, document=document)

    def fill(number: int) -> None:
        with clock.at(on(3)):
            for part in range(number):
                share = Share(cast.second_cell if part % 2 else cast.cell, None, f"Phần {part}")
                [child] = assign_task(by=cast.ward_leader, task=whole, shares=[share])
                report_progress(by=cast.cell_head, task=child, note="x") if not part % 2 else None

    def queries() -> int:
        client = signed_in(cast.ward_leader)
        with django_assert_max_num_queries(18) as seen:
            assert_whole(client.get(path.format(pk=whole.pk)))
        return len(seen)

    fill(2)
    few = queries()
    fill(18)
    assert queries() == few
    if path == LIST:
        assert few <= 12


def test_the_export_holds_all_rows_and_starts_no_formula(cast: Cast) -> None:
    ward_task(cast, text='=HYPERLINK("x")', due=november(2))
    for number in range(60):
        ward_task(cast, text=f"Việc {number}")
    response = signed_in(cast.ward_leader).get("/nhiem-vu/xuat/?xem=don-vi")
    lines = response.getvalue().decode().splitlines()
    assert len(lines) == 62
    assert lines[0].startswith("\ufeffVăn bản,Nhiệm vụ,Đơn vị")
    assert "'=HYPERLINK" in lines[1]
    assert "02/11/2026" in lines[1]
    late = signed_in(cast.ward_leader).get("/nhiem-vu/xuat/?trang-thai=late")
    assert len(late.getvalue().decode().splitlines()) == 2


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("+84", "'+84"), (" @x", "' @x"), ("-1", "'-1"), ("\tx", "'\tx"), ("", ""), ("a=b", "a=b")],
)
def test_cells_of_a_spreadsheet_are_text(cell: str, shown: str) -> None:
    assert safe(cell) == shown


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        (" 7 ", "7"),
        ("-2", "-2"),
    ],
)
def test_numbers_are_read_as_they_are_written_here(written: str, number: str) -> None:
    assert FigureField().clean(written) == Decimal(number)


def test_many_are_urged_from_the_list(cast: Cast) -> None:
    first, second, third = (ward_task(cast, text=f"Việc {number}") for number in "123")
    client = signed_in(cast.city_leader)
    assert "data-bulk" in client.get(LIST).content.decode()
    answer = client.post("/nhiem-vu/don-doc/?xem=giao", {"task": [first.pk, "x"]}, follow=True)
    assert "Đã đôn đốc 1 nhiệm vụ." in assert_whole(answer)
    assert "đã đôn đốc 03/11/2026" in answer.content.decode()
    client.post("/nhiem-vu/don-doc/?xem=giao&q=2", {"all_matching": "1"})
    urged = set(Task.objects.exclude(urged_at=None))
    assert urged == {first, second}
    again = client.post("/nhiem-vu/don-doc/", {"task": [first.pk]}, follow=True)
    assert "Không có việc nào để đôn đốc" in again.content.decode()
    assert Task.objects.get(pk=third.pk).urged_at is None


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
