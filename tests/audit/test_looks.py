"""Who looked at personal data: written with the answer, once a request, and kept for a while."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.dissemination.factories import make_document, make_session
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.audit.middleware import RecordMiddleware
from thongsuot.audit.models import Act, Reading, Way
from thongsuot.audit.queries import readings_about
from thongsuot.audit.services import note_reading, record
from thongsuot.core import clock, jobs, retention
from thongsuot.core.origin import Origin, Source, coming_from, origin, shortened
from thongsuot.organizations.models import Unit
from thongsuot.tasks.models import Task

LOOKS = Reading._default_manager


def signed_in(user: User, **headers: Any) -> Client:
    client = Client(**headers)
    client.force_login(user)
    return client


@pytest.fixture
def session_page(cast: Cast) -> str:
    document = make_document(cast.ward_leader, cast.ward, circulating=(cast.cell,))
    session = make_session(cast.ward_leader, cast.ward, [cast.cell], [document], day=clock.today())
    return session.get_absolute_url()


def test_names_on_a_page_are_noted_by_one_insert(cast: Cast, session_page: str) -> None:
    client = signed_in(cast.cell_head, REMOTE_ADDR="203.0.113.77")
    with CaptureQueriesContext(connection) as counted:
        html = assert_whole(client.get(session_page))
    assert cast.member.display_name in html
    assert sum(query["sql"].startswith("INSERT") for query in counted) == 1
    look = LOOKS.get()
    assert (look.by, look.what, look.unit_id, look.count) == (
        cast.cell_head,
        "members.attendance",
        cast.cell.pk,
        5,
    )
    assert (look.object_type, look.way, look.address) == ("dissemination.session", Way.PAGE, "203.0.113.0/24")


def test_a_page_without_names_notes_nothing(cast: Cast, session_page: str) -> None:
    assert_whole(signed_in(cast.city_officer).get("/viec-cua-toi/"))
    # Called to the session, not in charge of it.
    assert_whole(signed_in(cast.member).get(session_page))
    assert not LOOKS.exists()


def test_the_sheet_to_sign_is_noted_cell_by_cell(cast: Cast) -> None:
    document = make_document(cast.ward_leader, cast.ward, circulating=(cast.cell, cast.second_cell))
    session = make_session(
        cast.ward_leader, cast.ward, [cast.cell, cast.second_cell], [document], day=clock.today()
    )
    assert_whole(signed_in(cast.ward_leader).get(f"{session.get_absolute_url()}ky-ten/"))
    assert sorted(LOOKS.values_list("what", "unit_id", "count")) == sorted(
        ("members.sheet", cell.pk, 5) for cell in (cast.cell, cast.second_cell)
    )


def answer_with(view: Any, user: User) -> HttpResponse:
    request = RequestFactory().get("/")
    request.user = user
    return RecordMiddleware(view)(request)


def look_at(cell: Unit, status: int) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        assert isinstance(request.user, User)
        for _ in range(3):
            note_reading(by=request.user, what="x", unit_id=cell.pk, count=1, person_id=7)
        note_reading(by=request.user, what="x", unit_id=cell.pk, count=0)
        return HttpResponse(status=status)

    return view


@pytest.mark.parametrize(("status", "noted"), [(200, 3), (302, 3), (404, 0), (500, 0)])
def test_what_was_not_shown_is_not_noted(cast: Cast, status: int, noted: int) -> None:
    with CaptureQueriesContext(connection) as counted:
        answer_with(look_at(cast.cell, status), cast.cell_head)
    assert len(counted) == bool(noted)
    assert LOOKS.count() == noted


def test_outside_of_a_page_it_is_written_at_once(cast: Cast) -> None:
    note_reading(by=cast.ward_leader, what="x", unit_id=cast.cell.pk, count=9, on=cast.cell, way=Way.EXPORT)
    look = LOOKS.get()
    assert (look.way, look.object_id, look.person_id) == (Way.EXPORT, str(cast.cell.pk), None)


def test_somebody_learns_who_looked_at_their_data(cast: Cast) -> None:
    me, other = cast.person(cast.member).pk, cast.person(cast.second_member).pk
    note_reading(by=cast.ward_leader, what="mine", unit_id=cast.cell.pk, count=1, person_id=me)
    note_reading(by=cast.ward_leader, what="list", unit_id=cast.cell.pk, count=5)
    note_reading(by=cast.ward_leader, what="theirs", unit_id=cast.cell.pk, count=1, person_id=other)
    note_reading(by=cast.ward_leader, what="elsewhere", unit_id=cast.other_cell.pk, count=5)
    assert {look.what for look in readings_about(me, lists=Q(unit_id=cast.cell.pk))} == {"mine", "list"}
    assert {look.what for look in readings_about(me)} == {"mine"}


def test_a_list_of_tasks_taken_out_with_names_is_noted(cast: Cast) -> None:
    client = signed_in(cast.ward_leader)
    client.get("/nhiem-vu/xuat/").getvalue()
    assert not LOOKS.exists(), "nobody was named in it"
    Task.objects.create(
        unit=cast.cell,
        giver=cast.ward,
        text="Việc",
        created_by=cast.ward_leader,
        assignee=cast.person(cast.member),
    )
    client.get("/nhiem-vu/xuat/").getvalue()
    look = LOOKS.get()
    assert (look.what, look.way, look.unit_id, look.count) == ("tasks.people", Way.EXPORT, cast.ward.pk, 1)


def test_looks_are_forgotten_after_their_time(cast: Cast, settings: Any) -> None:
    settings.READING_DAYS = 30
    for days in (31, 29):
        with clock.at(clock.now() - dt.timedelta(days=days)):
            note_reading(by=cast.ward_leader, what="x", unit_id=cast.cell.pk, count=days)
    assert retention.remove_expired("audit.readings") == 1
    assert LOOKS.get().count == 29


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::9", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("nowhere", ""),
        ("", ""),
    ],
)
def test_an_address_is_shortened_to_its_network(address: str, kept: str) -> None:
    assert shortened(address) == kept


def _job(key: int) -> None:
    record("test.done", by=None, on=Unit.objects.get(pk=key))


def test_an_act_says_where_it_came_from(cast: Cast) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        record("test.done", by=cast.ward_leader, on=cast.ward)
        return HttpResponse()

    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.77")
    request.session = type("Session", (), {"session_key": "secret-key"})()
    RecordMiddleware(view)(request)
    act = Act.objects.latest("id")
    assert (act.source, act.address, len(act.session)) == (Source.WEB, "203.0.113.0/24", 16)
    assert "secret-key" not in act.session
    jobs.run(__name__, "_job", cast.ward.pk)
    assert Act.objects.filter(source=Source.JOB, address="", session="").count() == 1
    record("test.done", by=None, on=cast.ward)
    assert Act.objects.filter(source=Source.COMMAND).count() == 1
    with coming_from(Origin(Source.JOB)):
        assert origin().source == Source.JOB


def test_the_authority_used_is_recorded_by_whoever_knows_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lender(by: User, verb: str, unit_id: int | None) -> User | None:
        return cast.ward_leader if verb == "test.done" and unit_id == cast.ward.pk else None

    monkeypatch.setattr("thongsuot.audit.services.recording._authority", [lender])
    assert (
        record("test.done", by=cast.ward_clerk, on=cast.ward, unit_id=cast.ward.pk).on_behalf_of
        == cast.ward_leader
    )
    assert record("test.done", by=cast.ward_clerk, on=cast.ward, unit_id=cast.city.pk).on_behalf_of is None
    explicit = record("test.other", by=cast.ward_clerk, on=cast.ward, on_behalf_of=cast.city_leader)
    assert explicit.on_behalf_of == cast.city_leader
