"""Bridge points of an online conference: added and taken out while nobody has come there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.dissemination.models import (
    Attendance,
    BridgePoint,
    Form,
    Session,
    SessionGuest,
    SessionState,
)
from thongsuot.dissemination.permissions import can_call
from thongsuot.dissemination.queries.attending import heads_for, may_mark_at, people_at
from thongsuot.dissemination.services.attendance import take_attendance
from thongsuot.organizations.models import Person, Position, Unit

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def add_points(*, by: User, session: Session, units: Sequence[Unit], place: str = "") -> list[BridgePoint]:
    """More places from which people follow the conference, numbered on; each is answered for by the head of its host.

    ``place`` is that of a single one; otherwise a point is called after its host.
    """
    require(can_call(by, session.unit) and all(session.unit.contains(unit) for unit in units))
    # The second of two adding at once waits, and takes the numbers after.
    held = Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    if held.form != Form.ONLINE:
        raise Refused(_("Only an online conference has bridge points."), "not_online")
    if held.state == SessionState.CANCELLED:
        raise Refused(_("This session was called off. Nobody is noted as present."), "cancelled")
    last = held.points.aggregate(last=Max("number"))["last"] or 0
    heads = dict(
        Position.objects.valid_on()
        .filter(unit__in=units, is_head=True)
        .order_by("valid_from", "-pk")
        .values_list("unit_id", "person_id")
    )
    named = nfc(place.strip()) if len(units) == 1 else ""
    points = [
        BridgePoint(
            session=held,
            number=number,
            unit=unit,
            place=(named or unit.name)[:200],
            head_id=heads.get(unit.pk),
        )
        for number, unit in enumerate(units, start=last + 1)
    ]
    BridgePoint.objects.bulk_create(points, batch_size=500)
    if points:
        record("session.points_added", by=by, on=session, points=len(points))
    return points


@transaction.atomic
def choose_head(*, by: User, point: BridgePoint, person: Person | None) -> BridgePoint:
    """Somebody else answers for the point: a deputy, another person of its unit, or nobody by name."""
    require(can_call(by, point.session.unit))
    if person is not None and person not in heads_for(by, point):
        raise Refused(_("Choose somebody of the unit of the bridge point."), "not_of_the_unit")
    if BridgePoint.objects.filter(pk=point.pk).exclude(head=person).update(head=person):
        record("session.point_head_chosen", by=by, on=point.session, point=point.number)
    point.head = person
    return point


@transaction.atomic
def mark_at_point(
    *, by: User, point: BridgePoint, present: set[int], excused: set[int], among: set[int]
) -> None:
    """The head on the spot says who of the people of the point is there, whatever cells they are of.

    Noted as marked by that head. Whoever is not of the point is left out.
    """
    require(may_mark_at(by, point))
    cells: dict[Unit, set[int]] = defaultdict(set)
    for row in people_at(point).filter(person__in=among).order_by("unit_id"):
        cells[row.unit].add(row.person_id)
    # In the order of their keys: of two who mark the same cells, one waits.
    for unit, people in sorted(cells.items(), key=lambda cell: cell[0].pk):
        take_attendance(
            by=by,
            session=point.session,
            unit=unit,
            present=present & people,
            excused=excused & people,
            among=people,
        )


@transaction.atomic
def remove_point(*, by: User, point: BridgePoint) -> None:
    """Take out a point at which nobody is noted."""
    session = point.session
    require(can_call(by, session.unit))
    held = BridgePoint.objects.select_for_update().filter(pk=point.pk).first()
    if held is None:
        return
    guests = SessionGuest.objects.filter(session=session, point=point)
    if Attendance.objects.filter(point=point).exists() or guests.exists():
        raise Refused(_("People are noted as present at this bridge point: it stays."), "in_use")
    record(
        "session.point_removed",
        by=by,
        on=session,
        unit_id=held.unit_id,
        point=held.number,
        host=held.unit.short_name,
    )
    held.delete()
