"""People note themselves before the screen: whoever was there in time is in, once, and nobody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import DUE, NOON, TODAY, make_session
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.meetings import screens
from thongsuot.dissemination.models import (
    Attendance,
    ReachEvent,
    Receipt,
    Session,
    SessionGuest,
    SessionState,
    SessionUnit,
    Way,
)
from thongsuot.dissemination.queries import attending as queries
from thongsuot.dissemination.services import cancel_session, mark_attendance, require_dissemination
from thongsuot.dissemination.services.attending import attend, close_attendance, welcome_guests
from thongsuot.documents.models import Document
from thongsuot.documents.services import publish_version

BEGINS = clock.moment(TODAY, 14)
OPENS = BEGINS - dt.timedelta(minutes=30)


@pytest.fixture
def session(cast: Cast, document: Document) -> Session:
    """The ward's, today at 14:00 for both its cells."""
    return make_session(cast.ward_leader, cast.ward, [cast.cell, cast.second_cell], [document], hour=14)


@pytest.fixture
def phone(client: Client) -> Callable[..., HttpResponse]:
    """What the camera of a phone does with the code; ``tap`` is the button."""

    def bring(token: str, at: dt.datetime, user: User | None = None, *, tap: bool = False) -> HttpResponse:
        if user is not None:
            client.force_login(user)
        with clock.at(at):
            address = reverse("dissemination:attend", args=[token])
            return client.post(address) if tap else client.get(address)  # type: ignore[return-value]  # its own class

    return bring


def _token(session: Session, at: dt.datetime, point: int = 0) -> str:
    with clock.at(at):
        return screens.picture_of(session.pk, point)


def _mine(session: Session, user: User) -> Attendance:
    return Attendance.objects.get(session=session, person__user=user)


def test_a_code_is_good_for_its_slot_and_the_next_and_is_nobody_elses() -> None:
    with clock.at(NOON):
        token, typed = screens.picture_of(57, 3), screens.typed_of(57, 3)
        seen = screens.read_picture(token)
        assert seen is not None
        assert (seen.session_id, seen.point_id, seen.is_fresh) == (57, 3, True)
        assert screens.is_typed(typed, 57, 3)
        assert not screens.is_typed(typed, 58, 3) or screens.typed_of(58, 3) == typed
        assert {screens.picture_of(57), screens.picture_of(58, 3)}.isdisjoint({token})
    with clock.at(NOON + dt.timedelta(seconds=settings.SCREEN_SECONDS)):
        assert seen.is_fresh
        assert screens.picture_of(57, 3) != token
    with clock.at(NOON + dt.timedelta(seconds=2 * settings.SCREEN_SECONDS)):
        old = screens.read_picture(token)
        assert old is not None
        assert not old.is_fresh
        assert not screens.is_typed(typed, 57, 3)
    for forged in (
        token.replace("57-3", "58-3"),
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        f"{token}-",
        f"{10**30}-0-1-aaaaaaaaaaa",
        "57-3--",
        "",
        "٥٧-٣-1-aaaaaaaaaaa",
    ):
        assert screens.read_picture(forged) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("482913", (0, "482913")),
        (" 482 913 ", (0, "482913")),
        ("12 482.913", (12, "482913")),
        ("48291", None),
        ("48291x", None),
        ("٤٨٢٩١٣", None),
        ("9" * 30, None),
        ("", None),
    ],
)
def test_digits_are_read_however_they_are_grouped(typed: str, read: tuple[int, str] | None) -> None:
    assert screens.split_typed(typed) == read


def test_whoever_photographs_the_code_is_in_and_a_second_tap_changes_nothing(
    cast: Cast, session: Session, phone: Callable[..., HttpResponse]
) -> None:
    token = _token(session, BEGINS)
    page = phone(token, BEGINS, cast.member).content.decode()
    assert "Tôi có mặt" in page
    assert session.title in page
    assert _mine(session, cast.member).state == "expected"  # looking writes nothing
    for _ in range(2):
        answer = phone(token, BEGINS, tap=True)
        assert (answer.status_code, answer["Location"]) == (
            302,
            reverse("dissemination:attend", args=[token]),
        )
    row = _mine(session, cast.member)
    assert (row.state, row.way, row.marked_by, row.point) == ("present", Way.CODE, cast.member, None)
    assert "đã được ghi có mặt lúc 14:00" in phone(token, BEGINS + dt.timedelta(hours=9)).content.decode()
    assert SessionUnit.objects.get(session=session, unit=cast.cell).present == 1
    assert ReachEvent.objects.filter(person__user=cast.member, verb="reached").count() == 1
    assert Receipt.objects.get(person__user=cast.member).reached_on == TODAY
    assert_counts_equal_the_rows()


def test_signing_in_may_take_its_time_and_a_photograph_sent_home_is_worth_nothing(
    cast: Cast, session: Session, phone: Callable[..., HttpResponse], client: Client
) -> None:
    token = _token(session, BEGINS)
    later = BEGINS + dt.timedelta(minutes=8)
    there = phone(token, BEGINS)
    assert there.status_code == 302
    assert reverse("account_login") in there["Location"]
    assert phone(token, later, cast.member, tap=True).status_code == 302
    assert _mine(session, cast.member).state == "present"
    # The next who signs in on that phone stands before no screen.
    assert phone(token, later, cast.second_member, tap=True).status_code == 410
    client.cookies.clear()
    assert "không còn hiện" in phone(token, later).content.decode()
    assert phone(token, later, cast.second_member, tap=True).status_code == 410
    other = make_session(cast.ward_leader, cast.ward, [cast.cell], list(Document.objects.all()), hour=14)
    phone(token, BEGINS, cast.second_member)
    old = _token(other, BEGINS)
    assert phone(old, later, tap=True).status_code == 410
    assert phone(token, BEGINS + dt.timedelta(minutes=11), tap=True).status_code == 410
    assert _mine(session, cast.second_member).state == "expected"
    assert phone(token.replace("-0-", "-1-"), BEGINS).status_code == 404


def test_who_is_early_waits_and_is_in_when_it_opens(
    cast: Cast, session: Session, phone: Callable[..., HttpResponse]
) -> None:
    early = OPENS - dt.timedelta(minutes=20)
    token = _token(session, early)
    page = phone(token, early, cast.member).content.decode()
    assert "Bắt đầu điểm danh từ 13:30" in page
    refused = phone(token, early, tap=True)
    assert refused.status_code == 409
    assert "13:30" in refused.content.decode()
    assert "Tôi có mặt" in phone(token, OPENS).content.decode()
    assert phone(token, OPENS, tap=True).status_code == 302
    assert _mine(session, cast.member).state == "present"
    session.refresh_from_db()
    assert session.state == SessionState.PLANNED  # that it was held is said by who leads it


def test_nobody_is_noted_when_it_is_over_closed_or_called_off(
    cast: Cast, session: Session, phone: Callable[..., HttpResponse]
) -> None:
    over = session.closes_at + dt.timedelta(seconds=1)
    assert "đã khép" in phone(_token(session, over), over, cast.member, tap=True).content.decode()
    close_attendance(by=cast.ward_leader, session=session)
    assert phone(_token(session, BEGINS), BEGINS, tap=True).status_code == 409
    close_attendance(by=cast.ward_clerk, session=session, closed=False)
    with pytest.raises(PermissionDenied):
        close_attendance(by=cast.cell_head, session=session)
    assert phone(_token(session, BEGINS), BEGINS, tap=True).status_code == 302
    welcome_guests(by=cast.ward_leader, session=session, welcome=True)
    phone(_token(session, BEGINS), BEGINS, cast.other_member, tap=True)
    assert SessionGuest.objects.count() == 1
    cancel_session(by=cast.ward_leader, session=session, reason="Mất điện")
    row = _mine(session, cast.member)
    assert (row.state, row.way) == ("expected", "")
    assert not SessionGuest.objects.exists()
    assert not Receipt.objects.filter(reached_at__isnull=False).exists()
    assert "đã hủy" in phone(_token(session, BEGINS), BEGINS, cast.member).content.decode()
    assert_counts_equal_the_rows()


def test_who_is_not_called_comes_as_a_guest_only_where_guests_are_let_in(
    cast: Cast, session: Session, phone: Callable[..., HttpResponse]
) -> None:
    token = _token(session, BEGINS)
    answer = phone(token, BEGINS, cast.other_member, tap=True)
    assert answer.status_code == 409
    assert cast.ward.short_name in answer.content.decode()
    assert "chưa gắn với ai" in phone(token, BEGINS, _stranger()).content.decode()
    welcome_guests(by=cast.ward_leader, session=session, welcome=True)
    assert "khách dự" in phone(token, BEGINS, cast.other_member).content.decode()
    for _ in range(2):
        assert phone(token, BEGINS, tap=True).status_code == 302
    guest = SessionGuest.objects.get()
    assert (guest.unit_id, guest.person) == (cast.other_cell.pk, cast.person(cast.other_member))
    assert queries.how_many(session) == queries.In(present=0, called=10, guests=1)
    assert phone(token, BEGINS, _stranger("khach"), tap=True).status_code == 409
    assert_counts_equal_the_rows()


def test_a_guest_noted_by_mistake_is_taken_back_and_what_was_heard_elsewhere_counts(
    cast: Cast, document: Document, session: Session, client: Client
) -> None:
    """Of two guests one had been a guest at another session about the same document too."""
    require_dissemination(
        by=cast.city_clerk, document=document, unit=cast.city, units=[cast.other_ward], due=DUE
    )
    other = make_session(cast.ward_leader, cast.ward, [cast.cell], [document], hour=10)
    for where, users in ((session, (cast.other_member, cast.other_cell_head)), (other, (cast.other_member,))):
        welcome_guests(by=cast.ward_leader, session=where, welcome=True)
        for user in users:
            with clock.at(where.starts_at):
                attend(by=user, session=where, seen=screens.Seen(where.pk, 0, clock.now()))
    reached = Receipt.objects.filter(document=document, reached_at__isnull=False, unit=cast.other_cell)
    assert reached.count() == 2
    client.force_login(cast.ward_leader)
    listed = reverse("dissemination:guests", args=[session.pk])
    page = assert_whole(client.get(listed))
    for user in (cast.other_member, cast.other_cell_head):
        person = cast.person(user)
        assert person.name in page
        address = reverse("dissemination:take_back_guest", args=[session.pk, person.pk])
        assert_whole(client.get(address))
        assert client.post(address, {"reason": " "}).status_code == 422
        assert client.post(address, {"reason": "Quét nhầm mã"}).status_code == 302
        assert client.post(address, {"reason": "Quét nhầm mã"}).status_code == 404
    assert [(row.person, row.session) for row in reached] == [(cast.person(cast.other_member), other)]
    assert queries.how_many(session).guests == 0
    assert Act.objects.filter(verb="session.guest_taken_back", reason="Quét nhầm mã").count() == 2
    assert_counts_equal_the_rows()
    assert "sau khi buổi này bắt đầu" not in assert_whole(client.get(session.get_absolute_url()))
    Document.objects.filter(pk=document.pk).update(issuing_unit=cast.city)
    document.refresh_from_db()
    with clock.at(clock.now() + dt.timedelta(days=1)):
        publish_version(
            by=cast.city_clerk,
            document=document,
            material=True,
            what_changed="Thêm hạn",
            text=f"{document.text}\n2. Thêm một việc.",
        )
        assert "được sửa đổi sau khi buổi này bắt đầu" in assert_whole(client.get(session.get_absolute_url()))


def _stranger(name: str = "nguoila") -> User:
    return User.objects.create_user(name, display_name="Người lạ")


def test_digits_are_typed_and_guessing_them_ends_soon(cast: Cast, session: Session, client: Client) -> None:
    address = reverse("dissemination:type_code")
    client.force_login(cast.member)
    with clock.at(BEGINS):
        typed = screens.typed_of(session.pk)
        wrong = f"{(int(typed) + 1) % 10**6:06}"
        assert client.get(reverse("short:attend"))["Location"] == address
        assert client.post(address, {"code": wrong}).status_code == 422
        token = client.post(address, {"code": f"{typed[:3]} {typed[3:]}"})["Location"]
        assert client.post(token).status_code == 302
        assert _mine(session, cast.member).way == Way.CODE
        client.force_login(cast.other_member)
        assert client.post(address, {"code": typed}).status_code == 422
        assert client.post(address, {"code": typed, "session": session.pk}).status_code == 302
        client.force_login(cast.second_member)
        answers = [client.post(address, {"code": wrong}).status_code for _ in range(21)]
        assert answers == [422] * 20 + [429]


def test_the_head_of_the_cell_may_correct_and_who_was_noted_how_is_shown(
    cast: Cast, session: Session, client: Client
) -> None:
    with clock.at(BEGINS):
        seen = screens.Seen(session.pk, 0, BEGINS)
        attend(by=cast.member, session=session, seen=seen)
        me, other = (cast.person(user).pk for user in (cast.member, cast.second_member))
        client.force_login(cast.cell_head)
        client.post(session.get_absolute_url(), {f"p{other}": "present", f"p{me}": "present"})
        page = client.get(session.get_absolute_url()).content.decode()
    assert "Quét mã trên màn hình, 14:00" in page
    assert f"Ghi theo danh sách: {cast.cell_head}, 14:00" in page
    assert _mine(session, cast.member).way == Way.CODE
    with clock.at(BEGINS):
        mark_attendance(
            by=cast.cell_head, session=session, unit=cast.cell, present=set(), excused=set(), among={me}
        )
    assert _mine(session, cast.member).state == "absent"
    assert_counts_equal_the_rows()


def test_a_ticket_of_another_screen_opens_nothing(cast: Cast, session: Session) -> None:
    with clock.at(BEGINS), pytest.raises(Refused) as refusal:
        attend(by=cast.member, session=session, seen=screens.Seen(session.pk + 1, 0, BEGINS))
    assert refusal.value.code == "too_old"
    with clock.at(BEGINS):
        assert screens.read_ticket("nonsense") is None
        assert screens.read_ticket(screens.ticket_of(screens.Seen(1, 2, BEGINS))) == screens.Seen(
            1, 2, BEGINS
        )


def test_noting_oneself_asks_little_of_the_database(
    cast: Cast, session: Session, phone: Callable[..., HttpResponse]
) -> None:
    token = _token(session, BEGINS)
    phone(token, BEGINS, cast.member, tap=True)
    counts = []
    for user in (cast.second_member, cast.cell_head):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            phone(token, BEGINS, user, tap=True)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 44
