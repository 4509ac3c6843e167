"""People note themselves as present, before the screen of the session.

The facts are rows of ``Attendance`` and ``ReachEvent``; like a confirmed reading it is no line in the record of acts,
which would name everybody who came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core import clock
from thongsuot.core.access import require
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.core.ui import words
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.meetings import screens
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    Channel,
    Session,
    SessionGuest,
    SessionState,
    Way,
)
from thongsuot.dissemination.permissions import can_show_screen
from thongsuot.dissemination.queries.attending import Arrival, Standing, arrival_of
from thongsuot.dissemination.services.attendance import place_of, reach_by_other_sessions, write_marks
from thongsuot.dissemination.services.other_ways import reach_in_the_other_way
from thongsuot.dissemination.services.reaching import reach_people, withdraw_people
from thongsuot.organizations.reach import in_own_name

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def attend(*, by: User, session: Session, seen: screens.Seen) -> Arrival:
    """The person is in: who was called at their place, anybody else as a guest. A second tap changes nothing.

    ``seen`` is what the phone has kept of the screen; whoever calls has proven that it is genuine.
    """
    in_own_name(by)
    arrival = arrival_of(by, session)
    if arrival.standing == Standing.THERE:
        return arrival
    if not seen.is_at(session.pk, seen.point_id) or not seen.is_good_for(session):
        raise Refused(too_old(), "too_old")
    if arrival.standing != Standing.OPEN:
        raise Refused(why_not(arrival.standing, session), arrival.standing.value)
    point_id = seen.point_id or None
    if arrival.is_guest:
        _note_guest(by=by, session=session, arrival=arrival, point_id=point_id)
    else:
        for row in arrival.rows:
            _note(by=by, session=session, row=row, point_id=point_id)
    return arrival_of(by, session)


def _note(*, by: User, session: Session, row: Attendance, point_id: int | None) -> None:
    place = place_of(session, row.unit_id)
    # The one who calls it off takes the places too: what they have changed is seen here, or they see this mark.
    session.refresh_from_db(fields=["state", "closed_at"])
    if session.state == SessionState.CANCELLED:
        raise Refused(why_not(Standing.CANCELLED, session), Standing.CANCELLED.value)
    mine = Attendance.objects.filter(session=session, unit=row.unit_id, person=row.person_id)
    write_marks(
        by=by,
        session=session,
        place=place,
        before=dict(mine.values_list("person_id", "state")),
        wanted={row.person_id: AttendanceState.PRESENT},
        way=Way.CODE,
        point_id=point_id,
    )


def _note_guest(*, by: User, session: Session, arrival: Arrival, point_id: int | None) -> None:
    fresh = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    if fresh.state == SessionState.CANCELLED:
        raise Refused(why_not(Standing.CANCELLED, session), Standing.CANCELLED.value)
    assert arrival.guest_of is not None  # noqa: S101  # a guest who may come in has a unit
    assert arrival.person_id is not None  # noqa: S101  # and is a person
    guest = SessionGuest(
        unit_id=arrival.guest_of, session=session, person_id=arrival.person_id, point_id=point_id
    )
    SessionGuest.objects.bulk_create([guest], ignore_conflicts=True)
    reach_people(
        by=by,
        document_ids=sorted(session.agenda.values_list("document_id", flat=True)),
        person_ids=[arrival.person_id],
        channel=Channel.SESSION,
        at=min(session.starts_at, clock.now()),
        session=session,
    )
    enqueue_once(fold_coverage)


@transaction.atomic
def take_back_guest(*, by: User, session: Session, person_id: int, reason: str) -> bool:
    """Somebody was noted as a guest by mistake: what the session had reached is taken back; the fact stays.

    Who heard of a document elsewhere stays reached, by that. Whether there was such a guest.
    """
    require(can_show_screen(by, session))
    if not reason.strip():
        raise Refused(_("Say in words why the guest is taken back."), "reason")
    # The screen takes the session too: a guest who is coming in at this moment comes before or after.
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    gone, _rows = SessionGuest.objects.filter(session=session, person=person_id).delete()
    if not gone:
        return False
    documents = sorted(session.agenda.values_list("document_id", flat=True))
    withdrawn = withdraw_people(by=by, session=session, person_ids=[person_id])
    if withdrawn:
        reach_by_other_sessions(by=by, people={person_id}, documents=documents)
        _reach_as_guest_elsewhere(by, person_id, documents)
        reach_in_the_other_way(withdrawn, by=by)
    # Without a name, like coming in: who it was stands in the facts.
    record("session.guest_taken_back", by=by, on=session, reason=reason.strip()[:1000])
    enqueue_once(fold_coverage)
    return True


def _reach_as_guest_elsewhere(by: User, person_id: int, documents: list[int]) -> None:
    others = Session.objects.filter(guests__person=person_id, agenda__document__in=documents).distinct()
    for other in others.order_by("starts_at", "pk"):
        reach_people(
            by=by,
            document_ids=sorted(
                other.agenda.filter(document__in=documents).values_list("document_id", flat=True)
            ),
            person_ids=[person_id],
            channel=Channel.SESSION,
            at=min(other.starts_at, clock.now()),
            session=other,
        )


@transaction.atomic
def close_attendance(*, by: User, session: Session, closed: bool = True) -> Session:
    """From now on nobody notes themselves any more, or they may again; the first one wins."""
    require(can_show_screen(by, session))
    same = Session.objects.filter(pk=session.pk, closed_at__isnull=closed)
    if same.update(closed_at=clock.now() if closed else None):
        record("session.attendance_closed" if closed else "session.attendance_reopened", by=by, on=session)
    session.refresh_from_db(fields=["closed_at"])
    return session


@transaction.atomic
def welcome_guests(*, by: User, session: Session, welcome: bool) -> Session:
    """Whether people who were not called may note themselves as guests."""
    require(can_show_screen(by, session))
    if Session.objects.filter(pk=session.pk, guests_welcome=not welcome).update(guests_welcome=welcome):
        record("session.guests_welcome" if welcome else "session.guests_not_welcome", by=by, on=session)
    session.guests_welcome = welcome
    return session


def too_old() -> str:
    return _("This code is no longer shown. Photograph the one that is on the screen now.")


def why_not(standing: Standing, session: Session) -> str:
    """Why somebody is not noted, and what to do."""
    names = {"unit": session.unit.short_name, "opens": words.moment(session.opens_at)}
    sentences = {
        Standing.EARLY: _("It is too early: people note themselves as present from %(opens)s on."),
        Standing.CANCELLED: _("This session was called off. Nobody is noted as present."),
        Standing.CLOSED: _(
            "Nobody can note themselves at this session any more. Whoever was there tells the head of their cell, "
            "who notes it on the list."
        ),
        Standing.NOBODY: _(
            "Your account belongs to nobody on the lists of members. Ask the clerk of your unit to connect it."
        ),
        Standing.NOT_CALLED: _(
            "You are not on the list of this session. Speak to whoever keeps it for %(unit)s: they can let guests "
            "note themselves."
        ),
    }
    return sentences[standing] % names
