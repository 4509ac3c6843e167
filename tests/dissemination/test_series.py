"""Make-up sessions: for those still to be reached, everybody counted once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.dissemination.counts import assert_counts_equal_the_rows
from tests.dissemination.factories import NOON, TODAY, make_session
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import Attendance, Channel, Form, Receipt, Session
from thongsuot.dissemination.queries import missing_of, series_of
from thongsuot.dissemination.services import (
    call_make_up,
    cancel_session,
    confirm_reading,
    mark_attendance,
)
from thongsuot.documents.models import Document
from thongsuot.documents.services import publish_version

LATER = clock.moment(TODAY + dt.timedelta(days=2), 8)


def _people(session: Session, unit_id: int) -> list[int]:
    rows = Attendance.objects.filter(session=session, unit_id=unit_id).order_by("person_id")
    return list(rows.values_list("person_id", flat=True))


def _make_up(by: User, session: Session, starts_at: dt.datetime = LATER) -> Session:
    return call_make_up(
        by=by,
        session=session,
        title="Quán triệt bù",
        form=Form.CELL_MEETING,
        starts_at=starts_at,
        place="Hội trường phường",
    )


@pytest.fixture
def held(cast: Cast, document: Document) -> Session:
    """Three of the five of the first cell came, all of the second; the member without a mark was absent."""
    session = make_session(cast.ward_leader, cast.ward, [cast.cell, cast.second_cell], [document])
    second = set(_people(session, cast.second_cell.pk))
    mark_attendance(
        by=cast.ward_leader, session=session, unit=cast.second_cell, present=second, excused=set()
    )
    away = cast.person(cast.member).pk
    others = [key for key in _people(session, cast.cell.pk) if key != away]
    mark_attendance(
        by=cast.ward_leader, session=session, unit=cast.cell, present=set(others[:3]), excused={others[3]}
    )
    return session


def test_a_series_reaches_everybody_once(cast: Cast, held: Session) -> None:
    missing = set(Receipt.objects.filter(reached_at=None).values_list("person_id", flat=True))
    assert len(missing) == missing_of(cast.ward_leader, held) == 2
    made = _make_up(cast.ward_leader, held)
    assert set(_people(made, cast.cell.pk)) == missing
    assert list(made.units.values_list("unit", "called")) == [(cast.cell.pk, 2)]
    assert list(made.agenda.values_list("document")) == list(held.agenda.values_list("document"))
    # A second tap finds nobody whom the first has not called.
    with pytest.raises(Refused) as refusal:
        _make_up(cast.ward_leader, held)
    assert refusal.value.code == "nobody_missing"
    # Called off, they are missing again; one reads meanwhile; the next one calls the other.
    cancel_session(by=cast.ward_leader, session=made, reason="Mưa bão")
    confirm_reading(by=cast.member, document=held.agenda.get().document)
    again = _make_up(cast.ward_leader, made)
    assert again.makes_up_id == held.pk
    (last,) = _people(again, cast.cell.pk)
    with clock.at(LATER):
        mark_attendance(by=cast.cell_head, session=again, unit=cast.cell, present={last}, excused=set())
        assert missing_of(cast.ward_leader, again) == 0
    assert Receipt.objects.filter(channel=Channel.SESSION, session=again).count() == 1
    series = series_of(cast.ward_leader, again)
    assert series is not None
    assert [(row.called, row.present) for row in series.sessions] == [(10, 8), (2, 0), (1, 1)]  # type: ignore[attr-defined]
    assert (series.called, series.present) == (10, 9)
    seen = series_of(cast.cell_head, again)
    assert seen is not None
    assert (seen.called, seen.present) == (5, 4)
    assert_counts_equal_the_rows()


def test_who_is_asked_again_is_missing_even_after_coming(
    cast: Cast, held: Session, document: Document
) -> None:
    Document.objects.filter(pk=document.pk).update(issuing_unit=cast.city)
    fresh = Document.objects.get(pk=document.pk)
    words, text = "Thêm thời hạn", f"{fresh.text}\nThêm thời hạn."
    with clock.at(NOON + dt.timedelta(hours=1)):
        publish_version(by=cast.city_clerk, document=fresh, material=True, what_changed=words, text=text)
    assert missing_of(cast.ward_leader, held) == 10
    made = _make_up(cast.ward_leader, held)
    assert made.units.count() == 2
    second = set(_people(made, cast.second_cell.pk))
    with clock.at(LATER):
        mark_attendance(
            by=cast.ward_leader, session=made, unit=cast.second_cell, present=second, excused=set()
        )
    reached = Receipt.objects.filter(reached_at__isnull=False)
    assert set(reached.values_list("person_id", "session", "version")) == {
        (person, made.pk, 2) for person in second
    }
    assert_counts_equal_the_rows()


def test_what_a_make_up_session_refuses(cast: Cast, held: Session, document: Document) -> None:
    with pytest.raises(PermissionDenied):
        _make_up(cast.ward_clerk, held)
    with pytest.raises(Refused) as refusal:
        _make_up(cast.ward_leader, held, held.starts_at)
    assert refusal.value.code == "before_first"
    planned = make_session(cast.ward_leader, cast.ward, [cast.cell], [document], day=TODAY, hour=14)
    with pytest.raises(Refused) as refusal:
        _make_up(cast.ward_leader, planned)
    assert refusal.value.code == "not_held"
    assert Session.objects.count() == 2


def test_the_pages_of_a_series(client: Client, cast: Cast, held: Session) -> None:
    client.force_login(cast.ward_leader)
    address = reverse("dissemination:make_up", args=[held.pk])
    assert address in client.get(held.get_absolute_url()).content.decode()
    form = client.get(address)
    assert_whole(form)
    assert "2 đảng viên chưa được phổ biến" in form.content.decode()
    assert client.post(address, {"title": ""}).status_code == 422
    given = {
        "title": "Buổi bù",
        "form": "sinh_hoat_chi_bo",
        "day": "2026-11-25",
        "hour": "08:00",
        "place": "Nhà văn hóa",
    }
    after = client.post(address, given, follow=True).content.decode()
    assert "Cộng, mỗi người tính một lần" in after
    assert "<b>8</b>/10" in after
    refused = client.post(address, given)
    assert refused.status_code == 422
    assert "Không còn ai" in refused.content.decode()
    page = client.get(held.get_absolute_url()).content.decode()
    assert address not in page
    client.force_login(cast.member)
    assert "Cộng, mỗi người" not in client.get(held.get_absolute_url()).content.decode()


def test_a_long_series_asks_no_more(client: Client, cast: Cast, held: Session) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert_whole(client.get(held.get_absolute_url()))
        return len(asked)

    client.force_login(cast.ward_leader)
    _make_up(cast.ward_leader, held)
    ask()
    few = ask()
    same = {"unit": cast.ward, "called_by": cast.ward_leader, "starts_at": NOON, "place": "Nhà văn hóa"}
    Session.objects.bulk_create(Session(title=f"Bù {n}", makes_up=held, **same) for n in range(20))
    assert ask() == few
