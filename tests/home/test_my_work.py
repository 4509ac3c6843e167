from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from tests.cast import Cast
from tests.pages import assert_whole
from tests.reports.factories import a_directive
from tests.tasks.factory import a_dispatch, a_document, handed_in, member_task, november, on, ward_task
from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.home.queries import in_tray, my_work, overdue_count
from thongsuot.tasks.services import accept_task, report_progress, return_task

WORK = "/viec-cua-toi/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("part", "page"),
    [
        ("city_leader", "/dieu-hanh/"),
        ("ward_leader", "/dieu-hanh/"),
        ("ward_clerk", "/van-ban/"),
        ("city_inspector", "/kiem-tra/"),
        ("cell_head", WORK),
        ("member", WORK),
        ("ward_officer", WORK),
        ("administrator", "/quan-tri/cong-viec/"),
    ],
)
def test_everybody_begins_with_what_is_theirs(cast: Cast, part: str, page: str) -> None:
    answer = signed_in(getattr(cast, part)).get("/")
    assert (answer.status_code, answer["Location"]) == (302, page)


def test_work_stands_by_the_day_it_is_due(cast: Cast) -> None:
    late = member_task(cast, text="Chụp đoạn kênh", due=november(2))
    member_task(cast, text="Hôm nay", due=november(3))
    member_task(cast, text="Vận động 6 hộ", due=november(10))
    member_task(cast, text="Còn lâu", due=november(11))
    member_task(cast, text="Không hạn", due=None)
    done = member_task(cast, text="Trồng hoa")
    waits = member_task(cast, text="Dọn kênh")
    for task in (done, waits):
        report_progress(by=cast.member, task=task, hand_in=True)
    accept_task(by=cast.ward_leader, task=done)

    work = my_work(cast.member)
    assert [duty.title for duty in work.late] == ["Chụp đoạn kênh"]
    assert [duty.title for duty in work.soon] == ["Hôm nay", "Vận động 6 hộ"]
    assert [duty.title for duty in work.later] == ["Còn lâu", "Không hạn"]
    assert [duty.title for duty in work.waiting] == ["Dọn kênh"]
    assert [(duty.title, duty.done_on) for duty in work.done] == [("Trồng hoa", november(3))]
    assert overdue_count(cast.member) == 1
    assert my_work(cast.second_member).is_empty

    html = assert_whole(signed_in(cast.member).get(WORK))
    assert html.index("Chụp đoạn kênh") < html.index("Vận động 6 hộ") < html.index("Trồng hoa")
    assert f"/nhiem-vu/{late.pk}/bao-cao/" in html
    assert "quá hạn 1 ngày (02/11/2026)" in html
    assert "hoàn thành 03/11/2026, đúng hạn" in html
    with clock.at(clock.moment(dt.date(2026, 12, 1))):
        assert not my_work(cast.member).done


def test_what_was_returned_says_so(cast: Cast) -> None:
    task = member_task(cast)
    report_progress(by=cast.member, task=task, hand_in=True)
    return_task(by=cast.ward_leader, task=task, reason="Thiếu ảnh")
    assert "bị trả lại: xem chỗ còn thiếu" in assert_whole(signed_in(cast.member).get(WORK))


def test_the_tray_counts_what_it_opens(cast: Cast) -> None:
    ward_task(cast)
    handed_in(cast)
    a_dispatch(cast, a_document(cast), [cast.ward])
    for user in (cast.ward_leader, cast.city_leader):
        client = signed_in(user)
        for line in in_tray(user):
            if line.url.startswith("/nhiem-vu/"):
                rows = client.get(line.url).context["page"].paginator.count
                assert rows == line.count, line.text
            assert str(line.text) in assert_whole(client.get(WORK))
    assert [line.count for line in in_tray(cast.ward_leader)] == [1, 1]
    assert [line.text for line in in_tray(cast.city_leader)] == ["1 kết quả chờ nghiệm thu"]
    assert [line.text for line in in_tray(cast.ward_clerk)] == ["1 văn bản chờ tiếp nhận"]
    assert in_tray(cast.member) == []


def test_nothing_to_do_says_what_will_be_here(cast: Cast) -> None:
    assert "Không có việc nào đang chờ đồng chí" in assert_whole(signed_in(cast.second_member).get(WORK))


def test_much_work_stays_small_and_cheap(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    def queries(user: User = cast.member) -> int:
        client = signed_in(user)
        with django_assert_max_num_queries(12) as seen:
            page = assert_whole(client.get(WORK))
        assert len(page.encode()) < 150_000
        return len(seen)

    for number in range(2):
        member_task(cast, text=f"Việc {number}")
    few = queries()
    for number in range(18):
        member_task(cast, text=f"Việc thêm {number}")
    assert queries() == few
    queries(cast.ward_leader)
    queries(cast.city_leader)
    for number in range(30):
        member_task(cast, text=f"Việc nữa {number}")
    html = assert_whole(signed_in(cast.member).get(WORK))
    assert "Còn 10 nhiệm vụ nữa" in html


def test_the_rail_says_in_which_part_somebody_signed_in(cast: Cast) -> None:
    assert "Lãnh đạo, Cầu Ván" in assert_whole(signed_in(cast.ward_leader).get(WORK))
    member_task(cast, due=november(2))
    with clock.at(on(4)):
        assert '<i class="n late">1' in assert_whole(signed_in(cast.member).get(WORK))


def test_a_clerk_begins_at_the_door_when_something_waits_there(cast: Cast) -> None:
    a_directive(cast)
    assert signed_in(cast.ward_clerk).get("/")["Location"] == "/van-ban/den/"
