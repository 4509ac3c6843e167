"""The screen of a session and of its bridge points: the code of this moment, how many are in, and no name."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.dissemination.factories import TODAY, make_session
from tests.pages import assert_whole
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.meetings import screens
from thongsuot.dissemination.models import Attendance, BridgePoint, Form, Session
from thongsuot.dissemination.queries import attending as queries
from thongsuot.dissemination.services import mark_attendance
from thongsuot.dissemination.services.attending import attend, close_attendance
from thongsuot.dissemination.services.bridging import add_points, remove_point
from thongsuot.documents.models import Document
from thongsuot.home.proofs.counting import bridge_points

BEGINS = clock.moment(TODAY, 14)


@pytest.fixture
def session(cast: Cast, document: Document) -> Session:
    """The ward's, today at 14:00 for both its cells, over the line."""
    made = make_session(cast.ward_leader, cast.ward, [cast.cell, cast.second_cell], [document], hour=14)
    Session.objects.filter(pk=made.pk).update(form=Form.ONLINE)
    made.refresh_from_db()
    return made


def _page(client: Client, address: str, at: dt.datetime, *, htmx: bool = False) -> str:
    with clock.at(at):
        return html.unescape(
            client.get(address, headers={"HX-Request": "true"} if htmx else {}).content.decode()
        )


def test_the_screen_shows_this_moments_code_and_counts_and_names_nobody(
    client: Client, cast: Cast, session: Session
) -> None:
    address = reverse("dissemination:screen", args=[session.pk])
    client.force_login(cast.ward_clerk)
    with clock.at(BEGINS):
        typed = screens.typed_of(session.pk)
        attend(by=cast.member, session=session, seen=screens.Seen(session.pk, 0, BEGINS))
    page = _page(client, address, BEGINS)
    digits = f"<span>{typed[:3]}</span><span>{typed[3:]}</span>"
    for said in (digits, "<b>1</b>", "trong 10 người", "testserver/co-mat/"):
        assert said in page
    assert str(cast.person(cast.member)) not in page
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in page
    part = _page(client, address, BEGINS, htmx=True)
    assert part.lstrip().startswith('<div id="screen"')
    assert typed[:3] in part
    assert typed[:3] not in _page(client, address, BEGINS + dt.timedelta(minutes=2))
    assert "13:30" in _page(client, address, clock.moment(TODAY, 13))
    yesterday = _page(client, address, BEGINS - dt.timedelta(days=1))
    assert "Mã hiện ở đây vào ngày 23/11/2026" in yesterday
    assert 'class="qr"' not in yesterday
    close_attendance(by=cast.ward_leader, session=session)
    closed = _page(client, address, BEGINS)
    assert "Đã khép điểm danh" in closed
    assert "hx-get" not in closed


def test_everybody_counts_once_and_where_they_came(cast: Cast, session: Session) -> None:
    first, second = add_points(by=cast.ward_leader, session=session, units=[cast.cell, cast.second_cell])
    assert [first.number, second.number] == [1, 2]

    def numbers() -> list[int]:
        return list(queries.points_of(session).values_list("present", flat=True))

    with clock.at(BEGINS):
        attend(by=cast.member, session=session, seen=screens.Seen(session.pk, second.pk, BEGINS))
        attend(by=cast.second_member, session=session, seen=screens.Seen(session.pk, 0, BEGINS))
        assert numbers() == [0, 1]
        assert queries.how_many(session).present == 2
        people = set(Attendance.objects.filter(unit=cast.cell).values_list("person_id", flat=True))
        # On the list people are at the point of their cell, and who is noted already stays where they were.
        mark_attendance(by=cast.cell_head, session=session, unit=cast.cell, present=people, excused=set())
        mine = Attendance.objects.get(person__user=cast.second_member)
        assert numbers() == [4 if mine.unit_id == cast.second_cell.pk else 3, 1]
        second.refresh_from_db()
        assert queries.how_many(session, second).present == 1
        mark_attendance(by=cast.cell_head, session=session, unit=cast.cell, present=set(), excused=set())
        assert numbers() == [0, 0]
    with pytest.raises(PermissionDenied):
        add_points(by=cast.cell_head, session=session, units=[cast.cell])
    with pytest.raises(PermissionDenied):
        add_points(by=cast.ward_leader, session=session, units=[cast.other_cell])
    with clock.at(BEGINS):
        attend(by=cast.member, session=session, seen=screens.Seen(session.pk, first.pk, BEGINS))
    assert list(bridge_points()) == []
    BridgePoint.objects.filter(pk=first.pk).update(present=4)
    assert list(bridge_points()) == [f"bridge point {first.pk}: present 4, attendance says 1"]
    with pytest.raises(Refused):
        remove_point(by=cast.ward_leader, point=first)
    remove_point(by=cast.ward_leader, point=second)
    assert list(queries.points_of(session)) == [first]


def test_the_head_on_the_spot_shows_the_screen_of_the_point(
    client: Client, cast: Cast, session: Session
) -> None:
    (point,) = add_points(
        by=cast.ward_leader, session=session, units=[cast.second_cell], place="Nhà văn hóa 2"
    )
    address = reverse("dissemination:point_screen", args=[session.pk, point.pk])
    client.force_login(cast.member)
    assert client.get(address).status_code == 404
    BridgePoint.objects.filter(pk=point.pk).update(head=cast.person(cast.member))
    page = _page(client, address, BEGINS)
    with clock.at(BEGINS):
        typed = screens.typed_of(session.pk, point.pk)
    assert f"<span>1</span><span>{typed[:3]}</span>" in page
    assert "Nhà văn hóa 2" in page
    assert "trong 5 người" in page
    listed = reverse("dissemination:points", args=[session.pk])
    assert "Nhà văn hóa 2" in client.get(listed).content.decode()
    assert client.post(listed, {"units": [cast.cell.pk]}).status_code == 403
    assert "Điểm cầu" in client.get(session.get_absolute_url()).content.decode()
    with clock.at(BEGINS):
        client.force_login(cast.second_member)
        token = client.post(reverse("dissemination:type_code"), {"code": f"1 {typed}"})["Location"]
        assert client.post(token).status_code == 302
    assert Attendance.objects.get(person__user=cast.second_member).point == point


def test_another_head_marks_who_is_at_the_point_and_nobody_else(
    client: Client, cast: Cast, session: Session
) -> None:
    """A member without a role is chosen for the point of the ward; the second cell has a point of its own."""
    point, nearer = add_points(by=cast.ward_leader, session=session, units=[cast.ward, cast.second_cell])
    chosen = reverse("dissemination:point_head", args=[session.pk, point.pk])
    marks = reverse("dissemination:point_marks", args=[session.pk, point.pk])
    client.force_login(cast.member)
    assert client.get(marks).status_code == 404
    client.force_login(cast.ward_leader)
    assert_whole(client.get(chosen))
    stranger = cast.person(cast.other_member).pk
    assert client.post(chosen, {"head": stranger}).status_code == 422
    assert client.post(chosen, {"head": cast.person(cast.member).pk}).status_code == 302
    assert Act.objects.filter(verb="session.point_head_chosen").count() == 1
    rows = Attendance.objects.filter(session=session)
    here, there = (rows.filter(unit=cell).order_by("person_id") for cell in (cast.cell, cast.second_cell))
    client.force_login(cast.member)
    assert "Điểm danh từ ngày" in _page(client, marks, BEGINS - dt.timedelta(days=1))
    page = _page(client, marks, BEGINS)
    assert str(here[0].person) in page
    assert str(there[0].person) not in page
    posted = {f"p{row.person_id}": "present" for row in (*here[:2], *there[:1])}
    with clock.at(BEGINS):
        assert client.post(marks, posted).status_code == 302
    assert [(row.state, row.marked_by, row.point) for row in here[:3]] == [
        ("present", cast.member, point),
        ("present", cast.member, point),
        ("expected", None, None),
    ]
    assert {row.state for row in there} == {"expected"}, "the point of their own cell is nearer"
    point.refresh_from_db()
    nearer.refresh_from_db()
    assert (point.present, nearer.present) == (2, 0)


def test_bridge_points_are_added_on_the_page_for_many_hosts_at_once(
    client: Client, cast: Cast, session: Session
) -> None:
    address = reverse("dissemination:points", args=[session.pk])
    client.force_login(cast.ward_leader)
    assert client.post(address, {"place": "Phòng họp"}).status_code == 422
    assert client.post(address, {"units": [cast.cell.pk], "place": "Phòng họp"}).status_code == 302
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    client.post(address, {"units": [cast.cell.pk, cast.second_cell.pk], "place": "nơi khác"})
    places = list(queries.points_of(session).values_list("place", flat=True))
    assert places == ["Phòng họp", cast.cell.name, cast.second_cell.name]
    with CaptureQueriesContext(connection) as more:
        page = client.get(address).content.decode()
    assert len(few) == len(more)
    assert "Phòng họp" in page
    Session.objects.filter(pk=session.pk).update(form=Form.CELL_MEETING)
    assert client.post(address, {"units": [cast.cell.pk]}).status_code == 403


def test_the_keeper_steers_from_the_page_of_the_session(client: Client, cast: Cast, session: Session) -> None:
    client.force_login(cast.ward_clerk)
    page = client.get(session.get_absolute_url()).content.decode()
    assert reverse("dissemination:screen", args=[session.pk]) in page
    steer = reverse("dissemination:steer", args=[session.pk])
    for act, closed, guests in (
        ("close", True, False),
        ("close", True, False),
        ("guests", True, True),
        ("open", False, True),
        ("no-guests", False, False),
        ("nonsense", False, False),
    ):
        client.post(steer, {"act": act})
        session.refresh_from_db()
        assert (session.closed_at is not None, session.guests_welcome) == (closed, guests)
    client.post(steer, {"act": "close"})
    page = client.get(session.get_absolute_url()).content.decode()
    assert "Mở lại" in page
    assert page.count("khép điểm danh bằng mã trên màn hình") == 2  # once for each time, in the history
