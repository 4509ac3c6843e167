"""Calling a session off, even when people are already coming in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.core.access import require
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    Session,
    SessionGuest,
    SessionUnit,
    Way,
)
from thongsuot.dissemination.permissions import can_call
from thongsuot.dissemination.services.attendance import write_marks
from thongsuot.dissemination.services.reaching import withdraw_people
from thongsuot.dissemination.services.sessions import move_on
from thongsuot.dissemination.states import SESSION

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def cancel_session(*, by: User, session: Session, reason: str) -> Session:
    """Call the session off. Receipts stay open: the members still have to hear of the documents."""
    require(can_call(by, session.unit))
    if not reason.strip():
        raise Refused(_("Say why the session is cancelled."), "no_reason")
    # Taken first and kept: whoever is noting themselves is through already, or sees that it is called off.
    called = session.units.select_for_update(no_key=True, of=("self",)).select_related("unit")
    places = list(called.order_by("pk"))
    if not move_on(session, "cancel", by=by, verb="session.cancelled", reason=reason.strip()):
        SESSION.step("cancel", session.state)
    _take_back(by=by, session=session, places=places, reason=reason.strip())
    return session


def _take_back(*, by: User, session: Session, places: Sequence[SessionUnit], reason: str) -> None:
    """Whoever had noted themselves before it began has heard of nothing: marks and guests go."""
    for place in (place for place in places if place.present):
        rows = Attendance.objects.filter(session=session, unit=place.unit_id)
        before = dict(rows.filter(state=AttendanceState.PRESENT).values_list("person_id", "state"))
        wanted = dict.fromkeys(before, AttendanceState.EXPECTED)
        write_marks(
            by=by, session=session, place=place, before=before, wanted=wanted, way=Way.LIST, reason=reason
        )
    guests = SessionGuest.objects.filter(session=session)
    withdraw_people(by=by, session=session, person_ids=guests.values_list("person_id", flat=True))
    guests.delete()
