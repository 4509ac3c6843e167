from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from tests.cast import Cast
from tests.pages import assert_whole
from tests.tasks.factory import (
    a_document,
    cell_task,
    member_task,
    november,
    on,
    ward_task,
)
from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.core.sheets import safe
from thongsuot.tasks.forms import FigureField
from thongsuot.tasks.models import Task
from thongsuot.tasks.services import (
    Share,
    assign_task,
    report_progress,
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
