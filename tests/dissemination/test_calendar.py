"""The file for calendars."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse
from icalendar import Calendar, Component

from tests.cast import Cast
from tests.dissemination.factories import NOON, make_session
from thongsuot.core import clock
from thongsuot.dissemination.services import cancel_session
from thongsuot.documents.models import Document


def test_a_calendar_takes_a_session_in_and_out(client: Client, cast: Cast, document: Document) -> None:
    session = make_session(cast.ward_leader, cast.ward, [cast.cell], [document], hour=14)
    address = reverse("dissemination:calendar", args=[session.pk])

    def fetch(host: str) -> tuple[Calendar, Component]:
        client.force_login(cast.member)
        response = client.get(address, headers={"host": host})
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
        calendar = Calendar.from_ical(response.content)
        assert str(cast.ward_leader) not in response.content.decode()
        (event,) = calendar.walk("VEVENT")
        return calendar, event

    calendar, event = fetch("testserver")
    assert calendar["METHOD"] == "PUBLISH"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
    assert event["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert event.decoded("DTSTART") == session.starts_at
    assert event.decoded("DTSTART").hour == 14
    assert event.decoded("DTEND").hour == 16  # the usual length, when nothing was said
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (session.title, session.place)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    assert "ATTENDEE" not in event
    assert event["ORGANIZER"].params["CN"] == cast.ward.name
    with clock.at(NOON):
        cancel_session(by=cast.ward_leader, session=session, reason="Mưa bão")
    calendar, after = fetch("localhost")
    assert (calendar["METHOD"], after["STATUS"], after["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert after["UID"] == event["UID"]
    client.force_login(cast.other_member)
    assert client.get(address).status_code == 404
