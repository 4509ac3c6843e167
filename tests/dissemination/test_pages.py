"""The pages: whole at both ends, with the rights of the data, in the same number of queries for any length."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.dissemination.factories import DUE, TODAY, make_document, make_session
from tests.pages import assert_whole
from thongsuot.core.clock import moment
from thongsuot.dissemination.models import Attendance, Receipt, Session, SessionState
from thongsuot.dissemination.queries import my_sessions, sessions_of
from thongsuot.dissemination.reading_page.parts import blocks_of, parts_of, summary_lines
from thongsuot.dissemination.services import require_dissemination
from thongsuot.documents.models import Document
from thongsuot.organizations.services import enrol_people

FIVE = "1. Không bỏ rác xuống kênh.\n- Dọn sáng thứ Bảy.\n\nĐảng viên nhận một đoạn đường."


@pytest.fixture
def required(cast: Cast) -> Document:
    document = make_document(cast.city_clerk, cast.city, circulating=(cast.ward,), summary=FIVE)
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=DUE)
    return document


@pytest.fixture
def session(cast: Cast, required: Document) -> Session:
    return make_session(cast.ward_leader, cast.ward, [cast.cell, cast.second_cell], [required])


def _get(client: Client, user: object, name: str, *args: object, query: str = "") -> str:
    client.force_login(user)  # type: ignore[arg-type]  # parts of the cast
    response = client.get(reverse(f"dissemination:{name}", args=args) + query)
    assert_whole(response)
    return str(response.content.decode())


def test_the_list_shows_coverage_sessions_and_what_is_mine(
    client: Client, cast: Cast, required: Document, session: Session
) -> None:
    page = _get(client, cast.ward_leader, "list")
    assert "<b>0</b>/10" in page
    assert "chưa đến hạn" in page
    assert session.title in _get(client, cast.ward_leader, "list", query="?muc=buoi")
    assert session.title not in _get(client, cast.ward_leader, "list", query="?muc=da-hop")
    mine = _get(client, cast.member, "list")
    assert reverse("dissemination:read", args=[required.pk]) in mine
    assert "<b>0</b>/10" not in mine
    assert "12-CT/ThU" not in _get(client, cast.other_ward_leader, "list")


def test_the_coverage_goes_down_to_the_names_only_in_the_cell(
    client: Client, cast: Cast, required: Document
) -> None:
    name = cast.person(cast.member).name
    city = _get(client, cast.city_leader, "coverage", required.pk)
    assert f"?don-vi={cast.ward.pk}" in city
    assert name not in city
    below = f"?don-vi={cast.cell.pk}"
    assert name not in _get(
        client, cast.ward_leader, "coverage", required.pk, query=f"?don-vi={cast.ward.pk}"
    )
    assert name in _get(client, cast.ward_leader, "coverage", required.pk, query=below)
    head = _get(client, cast.cell_head, "coverage", required.pk)
    assert name in head
    assert "xac-nhan-thay" in head
    for user in (cast.ward_clerk, cast.city_inspector):
        assert name not in _get(client, user, "coverage", required.pk, query=below)
    client.force_login(cast.cell_head)
    address = reverse("dissemination:coverage", args=[required.pk])
    for other in (cast.second_cell, cast.ward, cast.other_ward):
        assert client.get(f"{address}?don-vi={other.pk}").status_code == 404


def test_a_session_is_called_from_a_document_with_everything_filled_in(
    client: Client, cast: Cast, required: Document
) -> None:
    page = _get(client, cast.ward_leader, "call", query=f"?van-ban={required.pk}")
    assert "Quán triệt Chỉ thị 12-CT/ThU" in page
    assert page.count("checked") == 3
    client.force_login(cast.ward_leader)
    posted = {
        "title": "Quán triệt Chỉ thị 12-CT/ThU",
        "form": "sinh_hoat_chi_bo",
        "day": "2026-11-25",
        "hour": "19:30",
        "end": "21:00",
        "place": "Nhà văn hóa khu phố 1",
        "cells": [cast.cell.pk],
        "documents": [required.pk],
    }
    answer = client.post(reverse("dissemination:call"), posted)
    session = Session.objects.get()
    assert answer["Location"] == session.get_absolute_url()
    assert session.starts_at == moment(dt.date(2026, 11, 25), 19, 30)
    assert session.until == session.ends_at == moment(dt.date(2026, 11, 25), 21)
    assert list(session.units.values_list("unit_id", flat=True)) == [cast.cell.pk]
    refused = client.post(reverse("dissemination:call"), posted | {"day": "2026-01-01"})
    assert refused.status_code == 422
    assert "trước ngày ban hành" in refused.content.decode()
    backwards = client.post(reverse("dissemination:call"), posted | {"end": "19:00"})
    assert "kết thúc phải sau" in backwards.content.decode()
    stranger = client.post(reverse("dissemination:call"), posted | {"cells": [cast.other_cell.pk]})
    assert stranger.status_code == 422


def test_a_leader_of_the_city_calls_whole_wards(client: Client, cast: Cast, required: Document) -> None:
    client.force_login(cast.city_leader)
    posted = {
        "title": "Hội nghị quán triệt",
        "form": "hoi_nghi_truc_tiep",
        "day": "2026-11-25",
        "hour": "08:00",
        "place": "Hội trường Thành ủy",
        "cells": [cast.ward.pk, cast.commune.pk],
        "documents": [required.pk],
    }
    client.post(reverse("dissemination:call"), posted)
    assert Attendance.objects.filter(session__unit=cast.city).count() == 20


def test_attendance_is_taken_on_the_page(client: Client, cast: Cast, session: Session) -> None:
    page = _get(client, cast.cell_head, "session", session.pk)
    people = sorted(int(key) for key in re.findall(r'name="listed" value="(\d+)"', page))
    assert len(people) == 5
    address = session.get_absolute_url()
    client.post(address, {f"p{people[0]}": "present", f"p{people[1]}": "excused"})
    states = Attendance.objects.filter(unit=cast.cell).order_by("person_id").values_list("state", flat=True)
    assert list(states) == ["present", "excused", "expected", "expected", "expected"]
    client.post(address, {"all_present": "1", "listed": people})
    assert Attendance.objects.filter(unit=cast.cell, state="present").count() == 5
    assert Receipt.objects.filter(unit=cast.cell, reached_on=TODAY).count() == 5
    session.refresh_from_db()
    assert session.state == SessionState.HELD
    assert "Chưa chọn ai" in client.post(address, {}, follow=True).content.decode()


def test_a_member_sees_the_session_and_no_names(client: Client, cast: Cast, session: Session) -> None:
    page = _get(client, cast.member, "session", session.pk)
    assert "Đồng chí được triệu tập" in page
    assert cast.person(cast.second_member).name not in page
    assert 'name="listed"' not in page
    officer = _get(client, cast.ward_officer, "session", session.pk)
    assert cast.person(cast.second_member).name not in officer
    assert "<b>0</b>/10" in officer


def test_the_ward_chooses_the_cell(client: Client, cast: Cast, session: Session) -> None:
    first = _get(client, cast.ward_clerk, "session", session.pk)
    second = _get(client, cast.ward_clerk, "session", session.pk, query=f"?chibo={cast.second_cell.pk}")
    names = [
        row.person.name for row in Attendance.objects.filter(unit=cast.second_cell).select_related("person")
    ]
    assert all(name in second for name in names)
    assert not all(name in first for name in names)
    client.force_login(cast.cell_head)
    assert client.get(f"{session.get_absolute_url()}?chibo={cast.second_cell.pk}").status_code == 404
    assert "Danh sách ký tên" in _get(client, cast.cell_head, "sheet", session.pk)


def test_a_long_list_of_members_is_paged(client: Client, cast: Cast, required: Document) -> None:
    enrol_people([(f"Đảng viên {n}", cast.cell) for n in range(250)], since=dt.date(2020, 1, 1))
    session = make_session(cast.ward_leader, cast.ward, [cast.cell], [required])
    page = _get(client, cast.cell_head, "session", session.pk)
    assert page.count('name="listed"') == 100
    assert _get(client, cast.cell_head, "session", session.pk, query="?nguoi=3").count('name="listed"') == 55
    client.post(
        session.get_absolute_url(), {"all_present": "1", "listed": re.findall(r'listed" value="(\d+)"', page)}
    )
    assert Attendance.objects.filter(session=session, state="present").count() == 100
    assert Attendance.objects.filter(session=session, state="expected").count() == 155


def test_a_session_is_called_off_with_a_reason(client: Client, cast: Cast, session: Session) -> None:
    _get(client, cast.ward_leader, "cancel", session.pk)
    address = reverse("dissemination:cancel", args=[session.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "Mưa bão"})
    assert "Mưa bão" in _get(client, cast.ward_leader, "session", session.pk)
    assert client.get(address).status_code == 404


def test_somebody_reads_and_confirms(client: Client, cast: Cast, required: Document) -> None:
    page = _get(client, cast.member, "read", required.pk)
    assert "Tôi đã đọc và hiểu" in page
    assert "Không bỏ rác xuống kênh." in page
    address = reverse("dissemination:read", args=[required.pk])
    for _ in range(2):
        after = client.post(address, follow=True).content.decode()
        assert "Đồng chí đã xác nhận lúc 12:00, 23/11/2026" in after
        assert "Tôi đã đọc và hiểu" not in after
    assert "Tôi đã đọc và hiểu" not in _get(client, cast.ward_leader, "read", required.pk)


def test_a_requirement_and_a_vouching_on_the_page(client: Client, cast: Cast, required: Document) -> None:
    _get(client, cast.cell_head, "require", required.pk)
    person = cast.person(cast.member)
    args = [required.pk, cast.cell.pk, person.pk]
    _get(client, cast.cell_head, "vouch", *args)
    address = reverse("dissemination:vouch", args=args)
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Đã nghe đọc tại nhà"}).status_code == 302
    assert Receipt.objects.get(person=person).channel == "vouched"
    assert client.get(address).status_code == 404
    client.force_login(cast.city_leader)
    address = reverse("dissemination:require", args=[required.pk])
    late = client.post(address, {"due": "2026-01-01", "units": [cast.commune.pk]})
    assert late.status_code == 422
    assert client.post(address, {"due": "2026-12-05", "units": [cast.commune.pk]}).status_code == 302
    assert Receipt.objects.filter(unit__parent=cast.commune).count() == 10


def test_the_page_of_the_document_carries_the_panel(client: Client, cast: Cast, required: Document) -> None:
    def panel(user: object) -> str:
        client.force_login(user)  # type: ignore[arg-type]  # parts of the cast
        return client.get(required.get_absolute_url()).content.decode()

    leader = panel(cast.ward_leader)
    assert reverse("dissemination:coverage", args=[required.pk]) in leader
    assert f"{reverse('dissemination:call')}?van-ban={required.pk}" in leader
    member = panel(cast.member)
    assert "Đọc và xác nhận" in member
    assert reverse("dissemination:coverage", args=[required.pk]) not in member


def test_my_sessions_say_what_to_attend_and_what_to_mark(cast: Cast, session: Session) -> None:
    assert [duty.act_label for duty in my_sessions(cast.member)] == ["Thêm vào lịch"]
    head = my_sessions(cast.cell_head)
    assert [str(duty.act_label) for duty in head] == ["Điểm danh", "Thêm vào lịch"]
    assert my_sessions(cast.other_member) == []
    assert list(sessions_of(cast.other_cell_head)) == []


@pytest.mark.parametrize("name", ["list", "sessions", "coverage", "session"])
def test_as_many_queries_for_twenty_rows_as_for_two(client: Client, cast: Cast, name: str) -> None:
    def prepare(numbers: range) -> Document:
        for number in numbers:
            document = make_document(cast.city_clerk, cast.city, circulating=(cast.ward,), number=number)
            require_dissemination(
                by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=DUE
            )
            make_session(cast.ward_leader, cast.ward, [cast.cell, cast.second_cell], [document])
        return document

    def ask() -> int:
        addresses = {
            "list": reverse("dissemination:list"),
            "sessions": reverse("dissemination:list") + "?muc=buoi",
            "coverage": reverse("dissemination:coverage", args=[document.pk]),
            "session": Session.objects.order_by("pk")[0].get_absolute_url(),
        }
        client.force_login(cast.ward_leader)
        with CaptureQueriesContext(connection) as asked:
            assert_whole(client.get(addresses[name]))
        return len(asked)

    document = prepare(range(20, 22))
    ask()
    few = ask()
    document = prepare(range(22, 40))
    enrol_people([(f"Đảng viên {n}", cast.cell) for n in range(20)], since=dt.date(2020, 1, 1))
    assert ask() == few


def test_the_reading_page_is_light(client: Client, cast: Cast) -> None:
    """Everything a phone loads the first time, compressed as it is served, without fonts: under 150 kB."""
    paragraph = (
        "Cấp ủy, tổ chức đảng, đảng viên và nhân dân chung tay giữ sạch đường phố, kênh, rạch số {}. " * 6
    )
    text = "\n".join(paragraph.format(*range(n, n + 6)) for n in range(120))
    assert len(text.encode()) > 60_000
    document = make_document(cast.city_clerk, cast.city, circulating=(cast.cell,), number=14, text=text)
    page = _get(client, cast.member, "read", document.pk)
    files = [
        name.split("?")[0].removeprefix("/static/")
        for name in re.findall(r'(?:href|src)="(/static/[^"#]+)', page)
    ]
    paths = {Path(str(finders.find(name))) for name in files}
    assert len(paths) > 6
    total = sum(len(gzip.compress(path.read_bytes())) for path in paths) + len(gzip.compress(page.encode()))
    assert total < 150_000


def test_the_parts_hold_the_whole_text() -> None:
    text = "\n".join(
        f"{n}. Nhiệm vụ thứ {n} của các cấp ủy, tổ chức đảng.\nNội dung {n} {'rất dài ' * 60}."
        for n in range(1, 13)
    )
    parts = parts_of(text)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    assert 4 <= len(parts) <= 20
    assert [b.text for part in parts for b in part.blocks] == [block.text for block in blocks_of(text)]
    assert "".join(b.text for part in parts for b in part.blocks).replace(" ", "").replace(
        "\n", ""
    ) == text.replace(" ", "").replace("\n", "")
    assert parts_of("") == []
    assert summary_lines(FIVE) == [
        "Không bỏ rác xuống kênh.",
        "Dọn sáng thứ Bảy.",
        "Đảng viên nhận một đoạn đường.",
    ]
