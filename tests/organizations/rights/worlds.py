"""Random trees, roles, grants and loans, and one row of everything people read in every unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.organizations.rights.slow import Book
from thongsuot.accounts.models import Role, User
from thongsuot.accounts.roles import Permission
from thongsuot.core import clock
from thongsuot.core.keys import uuid7
from thongsuot.dissemination.models import Attendance, Receipt, Requirement, Session, SessionUnit
from thongsuot.documents.kinds import Direction, Kind
from thongsuot.documents.models import Delivery, Document, Intake
from thongsuot.documents.models.books import RegisterEntry
from thongsuot.documents.models.dispatch import Dispatch
from thongsuot.documents.models.groups import UnitGroup
from thongsuot.documents.models.intake import IntakeState
from thongsuot.documents.models.recall import Recall
from thongsuot.documents.models.register import Circulation
from thongsuot.inspections.models import Inspection
from thongsuot.organizations.models import (
    Delegation,
    Evaluation,
    Import,
    ImportSubject,
    Membership,
    PartyRecord,
    Person,
    RoleGrant,
    Unit,
    UnitKind,
)
from thongsuot.organizations.models.reorganization import Reorganization
from thongsuot.organizations.services import found_units
from thongsuot.privacy.models import Breach, DataRequest, LegalHold
from thongsuot.tasks.models import Task, TaskCoordinator

P = Permission
ASKED = [
    P.DOCUMENT_READ,
    P.DOCUMENT_REGISTER,
    P.DOCUMENT_SEND,
    P.TASK_READ,
    P.SESSION_READ,
    P.MEMBERS_READ,
    P.UNIT_MANAGE,
    P.PEOPLE_MANAGE,
    P.INSPECTION_READ,
    P.UNIT_READ,
    P.UNIT_REORGANIZE,
    P.RIGHTS_READ,
    P.PRIVACY_MANAGE,
    P.PARTY_RECORD_READ,
    P.PARTY_RECORD_MANAGE,
]
PEOPLE, ROLES = 4, 3
# From and until in days from today; until is the first day no longer in force.
PERIODS = [(-9, None), (-9, 1), (0, None), (0, 5), (-9, 0), (1, None), (-9, -3), (0, 0)]
LENT = [(-9, 1), (0, 5), (-9, 0), (1, 3)]

places = st.integers(0, 7)
parts = st.lists(st.sampled_from(ASKED), unique=True, max_size=5)
grants = st.tuples(
    st.integers(0, PEOPLE - 1), places, st.integers(0, ROLES - 1), st.booleans(), st.sampled_from(PERIODS)
)
loans = st.tuples(
    st.integers(0, PEOPLE - 1),
    st.integers(1, PEOPLE - 1),
    places,
    st.booleans(),
    st.lists(st.sampled_from([*ASKED, P.RIGHTS_GIVE]), unique=True, min_size=1, max_size=6),
    st.sampled_from(LENT),
    st.booleans(),
)


@st.composite
def plans(draw: Any) -> dict[str, Any]:
    """A world in numbers: parents of units, what roles allow, who holds what where, who lends what to whom."""
    parents = [None, *(draw(st.integers(-1, n)) for n in range(draw(st.integers(2, 7))))]
    return {
        "parents": [None if parent in (None, -1) else parent for parent in parents],
        "ended": draw(st.lists(places, max_size=3)),
        "roles": [draw(parts) for _ in range(ROLES)],
        "grants": draw(st.lists(grants, max_size=7)),
        "loans": draw(st.lists(loans, max_size=5)),
        "closed": draw(st.lists(st.integers(0, PEOPLE - 1), max_size=1)),
        "second": draw(st.lists(places, min_size=8, max_size=8)),
    }


@dataclass
class World:
    units: list[Unit]
    users: list[User]
    people: list[Person]
    book: Book


def build(plan: dict[str, Any]) -> World:
    """Write the world down; what it says is in force today."""
    today = clock.today()
    units = _units(plan, today)
    users = [
        User.objects.create(username=f"w{n}", display_name=f"W{n}", is_active=n not in plan["closed"])
        for n in range(PEOPLE)
    ]
    people = [Person.objects.create(name=str(user), user=user) for user in users]
    roles = [
        Role.objects.create(code=f"w{n}", name=f"World {n}", permissions=sorted(allowed))
        for n, allowed in enumerate(plan["roles"])
    ]
    living = [unit for unit in units if unit.valid_to is None]
    taken: set[Any] = set()
    for user, place, role, below, (since, until) in plan["grants"]:
        unit = living[place % len(living)]
        key = (user, unit.pk, role, since)
        if key in taken:
            continue
        taken.add(key)
        RoleGrant.objects.create(
            user=users[user],
            unit=unit,
            role=roles[role],
            reaches_subtree=below,
            valid_from=_in(today, since),
            valid_to=None if until is None else _in(today, until),
        )
    for principal, step, place, below, permissions, (since, until), revoked in plan["loans"]:
        Delegation.objects.create(
            principal=users[principal],
            delegate=users[(principal + step) % PEOPLE],
            unit=living[place % len(living)],
            reaches_subtree=below,
            permissions=sorted(permissions),
            valid_from=_in(today, since),
            valid_to=_in(today, until),
            made_by=users[principal],
            revoked_at=clock.now() if revoked else None,
        )
    book = Book(
        today,
        list(Unit.objects.filter(pk__in=[unit.pk for unit in units])),
        list(RoleGrant.objects.filter(user__in=users).select_related("role")),
        list(Delegation.objects.select_related("principal")),
    )
    return World(units, users, people, book)


def _units(plan: dict[str, Any], today: dt.date) -> list[Unit]:
    """Found them level by level; only a unit with nothing below it has ended, as a reorganisation leaves it."""
    units: list[Unit] = []
    parents = plan["parents"]
    for n, parent in enumerate(parents):
        is_leaf = n > 0 and parent is not None and n not in parents
        unit = Unit(
            parent=None if parent is None else units[parent],
            kind=UnitKind.DEPARTMENT,
            name=f"World unit {n}",
            short_name=f"WU {n}",
            valid_from=_in(today, -30),
            valid_to=today if is_leaf and n in plan["ended"] else None,
        )
        units += found_units([unit])
    return units


def _in(today: dt.date, days: int) -> dt.date:
    return today + dt.timedelta(days=days)


def fill(world: World, second: list[int]) -> None:
    """One row of each model in each unit, touching a second unit and one of the people."""
    for n, unit in enumerate(world.units):
        step = 1 + second[n % len(second)] % (len(world.units) - 1)
        other = world.units[(n + step) % len(world.units)]
        person = world.people[second[n % len(second)] % len(world.people)]
        _papers(world, n, unit, other, person)
        _work(world, unit, other, person)
        _membership(world, n, unit, second[n % len(second)])


def _papers(world: World, n: int, unit: Unit, other: Unit, person: Person) -> None:
    user, today = world.users[0], clock.today()
    document = Document.objects.create(
        unit=unit,
        direction=Direction.OUTGOING,
        kind=Kind.KE_HOACH,
        issuing_body="World",
        issued_on=today,
        subject=f"World {n}",
        identity=f"world-{n}",
        registered_by=user,
    )
    Circulation.objects.bulk_create(Circulation(unit=place, document=document) for place in {unit, other})
    dispatch = Dispatch.objects.create(document=document, unit=unit, sent_by=user)
    Delivery.objects.create(unit=other, dispatch=dispatch, document=document)
    Intake.objects.create(
        unit=unit, direction=Direction.INCOMING, created_by=user, state=IntakeState.CHECKING
    )
    RegisterEntry.objects.create(
        unit=unit,
        register="world",
        period="w",
        number=1,
        direction=Direction.OUTGOING,
        document=document,
        entered_by=user,
    )
    Recall.objects.create(document=document, unit=unit, reason="World", asked_by=user)
    UnitGroup.objects.create(unit=unit, name="World", changed_by=user)
    requirement = Requirement.objects.create(
        document=document, unit=unit, due=today, text_sha256="", opened_by=user
    )
    Receipt.objects.create(unit=unit, document=document, person=person, requirement=requirement, due=today)


def _work(world: World, unit: Unit, other: Unit, person: Person) -> None:
    user, today = world.users[0], clock.today()
    Task.objects.create(giver=unit, unit=other, text="World", created_by=user)
    # Answered, because only one of a kind waits: who sees a request does not depend on its state.
    DataRequest.objects.create(
        kind="objection", person=person, unit=unit, asked_by=user, answer_by=today, state="refused"
    )
    for where in (unit, None):
        LegalHold.objects.create(unit=where, reason="World", placed_by=user)
    Breach.objects.create(unit=unit, title="World", noticed_at=clock.now(), opened_by=user, token=uuid7())
    mine = Task.objects.create(giver=unit, unit=unit, text="World", created_by=user, assignee=person)
    TaskCoordinator.objects.create(task=mine, unit=other)
    session = Session.objects.create(
        unit=unit, title="World", starts_at=clock.now(), place="World", called_by=user
    )
    SessionUnit.objects.create(session=session, unit=other)
    Attendance.objects.create(unit=unit, session=session, person=person)
    Inspection.objects.create(
        unit=unit,
        inspected=other,
        title="World",
        period_from=today,
        period_to=today,
        report_due=today,
        opened_by=user,
    )
    Reorganization.objects.create(scope=unit, title="World", effective_on=today, created_by=user)
    for subject in ImportSubject:
        Import.objects.create(unit=unit, subject=subject, file_name="a.csv", since=today, created_by=user)


def _membership(world: World, n: int, unit: Unit, choice: int) -> None:
    """Somebody without an account, a member here and before or afterwards elsewhere, or written down twice."""
    today = clock.today()
    restricted = clock.now() if choice == 1 else None
    person = Person.objects.create(name=f"Member {n}", restricted_at=restricted)
    left = _in(today, -choice) if choice else None
    Membership.objects.create(person=person, unit=unit, valid_from=_in(today, -20), valid_to=left)
    if left and choice > 2:
        elsewhere = world.units[choice % len(world.units)]
        Membership.objects.create(
            person=person, unit=elsewhere, valid_from=left if choice > 4 else _in(today, 3)
        )
    written = Person.objects.create(name=f"Member {n}", merged_into=person) if choice % 2 else person
    PartyRecord.objects.create(person=written, admitted_on=None, official_on=None)
    Evaluation.objects.create(
        person=written,
        unit=unit,
        year=2025,
        grade="good",
        decided_on=today,
        decided_by="World",
        entered_by=world.users[0],
    )
