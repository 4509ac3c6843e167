"""How a person stands to a session at whose screen they are, and how many are in."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum

from thongsuot.accounts.roles import Permission
from thongsuot.core import clock
from thongsuot.dissemination.meetings import screens
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    BridgePoint,
    Form,
    Session,
    SessionGuest,
    SessionState,
)
from thongsuot.dissemination.permissions import can_name_members, can_show_screen
from thongsuot.organizations.models import Membership, Person, Position
from thongsuot.organizations.reach import grants_of, person_of, reach

if TYPE_CHECKING:
    import datetime as dt

    from thongsuot.accounts.models import User
    from thongsuot.organizations.reach import Viewer

CANDIDATES = 20
MOST_HEADS = 300


class Standing(Enum):
    """What a person may do before the screen of a session, or why not."""

    OPEN = "open"
    EARLY = "early"
    THERE = "there"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    NOBODY = "nobody"
    NOT_CALLED = "not_called"


@dataclass(frozen=True)
class Arrival:
    """One person at one session: how they stand, their places among those called, or their unit as a guest."""

    standing: Standing
    rows: list[Attendance] = field(default_factory=list)
    since: dt.datetime | None = None
    person_id: int | None = None
    guest_of: int | None = None

    @property
    def is_guest(self) -> bool:
        return not self.rows and self.person_id is not None


def arrival_of(user: User, session: Session) -> Arrival:
    """Whoever is noted already learns so, however old their code; after that time and state decide."""
    own = Person.objects.of(user)
    rows = list(Attendance.objects.filter(session=session, person__in=own).order_by("unit_id", "person_id"))
    there = [row for row in rows if row.state == AttendanceState.PRESENT]
    if session.state == SessionState.CANCELLED:
        return Arrival(Standing.CANCELLED, rows)
    if there:
        return Arrival(Standing.THERE, rows, since=there[0].marked_at)
    if rows:
        return Arrival(_by_time(session), rows)
    guest = SessionGuest.objects.filter(session=session, person__in=own).first()
    if guest:
        return Arrival(Standing.THERE, since=guest.noted_at, person_id=guest.person_id)
    return _stranger(user, session)


def _stranger(user: User, session: Session) -> Arrival:
    person = person_of(user)
    if person is None:
        return Arrival(Standing.NOBODY)
    unit = _unit_of(user, person) if session.guests_welcome else None
    if unit is None:
        return Arrival(Standing.NOT_CALLED)
    return Arrival(_by_time(session), person_id=person.pk, guest_of=unit)


def _unit_of(user: User, person: Person) -> int | None:
    """The cell a guest belongs to today, else the unit of their first role."""
    cells = Membership.objects.filter(person=person).valid_on().order_by("unit_id")
    unit = cells.values_list("unit_id", flat=True).first()
    return unit or next((grant.unit_id for grant in grants_of(user)), None)


def _by_time(session: Session) -> Standing:
    if session.closed_at or clock.now() > session.closes_at:
        return Standing.CLOSED
    return Standing.EARLY if clock.now() < session.opens_at else Standing.OPEN


def session_typed(user: User, text: str, number: int | None) -> screens.Seen | None:
    """The screen whose code somebody typed: of a session they are called to, or of the one they give the number of."""
    split = screens.split_typed(text)
    if split is None:
        return None
    point_number, code = split
    called = Attendance.objects.filter(person__in=Person.objects.of(user)).values("session_id")
    asked = Q(pk=number) if number else Q(pk__in=called)
    day = clock.moment(clock.today(), 0)
    near = Session.objects.filter(asked, starts_at__gte=day, starts_at__lte=clock.end_of(clock.today()))
    for session_id in near.order_by("starts_at", "pk").values_list("pk", flat=True)[:CANDIDATES]:
        point = _point_numbered(session_id, point_number)
        if point is not None and screens.is_typed(code, session_id, point):
            return screens.Seen(session_id, point, clock.now())
    return None


def _point_numbered(session_id: int, number: int) -> int | None:
    if not number:
        return screens.MAIN_ROOM
    points = BridgePoint.objects.filter(session=session_id, number=number)
    return points.values_list("pk", flat=True).first()


@dataclass(frozen=True)
class In:
    """How many are in, before one screen and at the whole session."""

    present: int
    called: int
    guests: int


def how_many(session: Session, point: BridgePoint | None = None) -> In:
    """Of the whole session, or of one bridge point: those called there, and those who came there."""
    places, guests = session.units.all(), session.guests.all()
    if point is not None:
        places, guests = places.filter(_under(point)), guests.filter(point=point)
    sums = places.aggregate(called=Sum("called"), present=Sum("present"))
    present = point.present if point else sums["present"]
    return In(present or 0, sums["called"] or 0, guests.count())


def _under(point: BridgePoint) -> Q:
    return Q(unit__path__gte=point.unit.path, unit__path__lt=point.unit.path + "~")


def points_of(session: Session) -> QuerySet[BridgePoint]:
    return session.points.select_related("unit", "head").order_by("number")


def points_led(user: Viewer, session: Session) -> QuerySet[BridgePoint]:
    """The bridge points whose screen a person may show: as head on the spot, or by a role in its unit."""
    named = Q(head__in=Person.objects.same_as(person_of(user)))
    return points_of(session).filter(named | reach(user, Permission.SESSION_MARK))


def guests_of(session: Session) -> QuerySet[SessionGuest]:
    """Who came without being called; by name only for whoever lets them in."""
    rows = SessionGuest.objects.filter(session=session).select_related("person", "unit", "point")
    return rows.order_by("person__sort_key", "unit_id", "person_id")


def may_mark_at(user: Viewer, point: BridgePoint) -> bool:
    """The head on the spot, without any role at the session, and whoever takes attendance in the unit of the point."""
    return points_led(user, point.session).filter(pk=point.pk).exists()


def people_at(point: BridgePoint) -> QuerySet[Attendance]:
    """Who is called and expected at a point: of the cells to which no other point of the session is nearer."""
    rows = Attendance.objects.filter(_under(point), session=point.session_id)
    others = BridgePoint.objects.filter(session=point.session_id).exclude(pk=point.pk).select_related("unit")
    for other in others.filter(_under(point)):
        if other.unit_id != point.unit_id or other.number < point.number:
            rows = rows.exclude(_under(other))
    return rows.select_related("person", "unit", "marked_by").order_by(
        "person__sort_key", "person_id", "unit_id"
    )


def heads_for(user: Viewer, point: BridgePoint) -> list[Person]:
    """Who may answer for a point: posts in its unit and directly below; members too, for whoever may name them."""
    posts = Position.objects.valid_on().filter(Q(unit=point.unit_id) | Q(unit__parent=point.unit_id))
    chosen = Q(pk__in=posts.values("person"))
    if can_name_members(user, point.unit):
        members = Membership.objects.valid_on().filter(_under(point))
        chosen |= Q(pk__in=members.values("person"))
    people = Person.objects.filter(chosen, restricted_at=None, erased_at=None, merged_into=None)
    return list(people.order_by("sort_key", "pk")[:MOST_HEADS])


@dataclass(frozen=True)
class Attending:
    """What the page of a session says of attendance by code, to whom it is theirs to steer."""

    may_show: bool = False
    is_online: bool = False
    points: bool = False
    is_over: bool = False
    counts: In | None = None


def attending_of(user: Viewer, session: Session) -> Attending:
    if session.state == SessionState.CANCELLED:
        return Attending()
    is_online = session.form == Form.ONLINE
    if can_show_screen(user, session):
        is_over = clock.now() > session.closes_at
        return Attending(True, is_online, is_over=is_over, counts=how_many(session))
    return Attending(points=is_online and points_led(user, session).exists())
