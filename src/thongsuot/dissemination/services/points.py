"""At which bridge point of an online conference people are, and how many are at each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    BridgePoint,
    Form,
    Session,
    SessionUnit,
    Way,
)
from thongsuot.organizations.models.units import SEGMENT


@dataclass(frozen=True)
class Touched:
    """Where those who are marked now are, and all points whose number changes."""

    here: int | None = None
    all: frozenset[int] = frozenset()


def points_touched(
    session: Session, place: SessionUnit, people: Iterable[int], way: Way, point_id: int | None
) -> Touched:
    """Only an online conference has points: nothing is asked for any other session."""
    if session.form != Form.ONLINE:
        return Touched()
    here = point_id if way == Way.CODE else _of_cell(session, place)
    rows = Attendance.objects.filter(session=session, unit=place.unit_id, person_id__in=list(people))
    before = rows.filter(point__isnull=False).values_list("point_id", flat=True)
    return Touched(here, frozenset({*before.distinct(), *([here] if here else [])}))


def _of_cell(session: Session, place: SessionUnit) -> int | None:
    """The point that the cell's unit, or the nearest above it, is host of."""
    path = place.unit.path
    above = [path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT)]
    hosts = session.points.filter(unit__path__in=above).order_by("-unit__path", "number")
    return hosts.values_list("pk", flat=True).first()


def recount_points(point_ids: Iterable[int]) -> None:
    """Counted from the rows, point by point, each held meanwhile: exact whoever else comes in."""
    for point in BridgePoint.objects.select_for_update(no_key=True).filter(pk__in=point_ids).order_by("pk"):
        there = Attendance.objects.filter(point=point, state=AttendanceState.PRESENT)
        point.present = there.aggregate(people=Count("person_id", distinct=True))["people"]
        point.save(update_fields=["present"])
