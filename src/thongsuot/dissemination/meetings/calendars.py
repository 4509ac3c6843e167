"""A session as a file for calendars: what, when and where, and no name of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vUri

from thongsuot.core.clock import now
from thongsuot.dissemination.models import Session, SessionState
from thongsuot.dissemination.queries.own import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thongsuot.documents.models import Document

MOST_LINES = 12
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def calendar_of(session: Session, agenda: Sequence[Document], address: str) -> bytes:
    """The file; a later one of the same session replaces it in the calendar, or takes it out when called off."""
    cancelled = session.state == SessionState.CANCELLED
    event = Event()
    event.add("uid", _uid(session))
    event.add("sequence", session.sequence)
    event.add("dtstamp", now())
    event.add("dtstart", session.starts_at.astimezone(ZONE))
    event.add("dtend", session.until.astimezone(ZONE))
    event.add("summary", session.title)
    event.add("location", session.place)
    event.add("description", _description(session, agenda))
    event.add("url", address)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    organizer = vUri(address)
    organizer.params["CN"] = session.unit.name
    event["organizer"] = organizer
    calendar = Calendar()
    calendar.add("prodid", "-//Thong Suot//thongsuot//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _uid(session: Session) -> str:
    """The same for good, wherever the site is reached, and another one on another site."""
    made = uuid5(NAMESPACE_URL, f"thongsuot session {session.pk} {session.called_at.timestamp():.6f}")
    return f"{made}@thongsuot"


def _description(session: Session, agenda: Sequence[Document]) -> str:
    called_by = _("Called by: %(unit)s") % {"unit": session.unit.name}
    label = _("Documents on the agenda")
    names = [f"- {name_of(document)}: {document.subject}" for document in agenda]
    lines = [
        f"{line.at:%H:%M} {line.what}" if line.at else line.what for line in session.lines.order_by("ordinal")
    ]
    programme = [_("Agenda") + ":", *lines[:MOST_LINES]] if lines else []
    return "\n".join([called_by, f"{label}:", *names, *programme])
