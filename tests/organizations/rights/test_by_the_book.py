"""What people see is what the plain, slow definition says: random trees, roles, grants, loans, rows of every model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings

from tests.cast import Cast
from tests.organizations.rights.slow import Book
from tests.organizations.rights.worlds import ASKED, World, build, fill, plans
from thongsuot.accounts.models import User
from thongsuot.accounts.roles import Permission
from thongsuot.core.placement import our_models
from thongsuot.core.prepared import Prepared
from thongsuot.dissemination.models import (
    Attendance,
    Exemption,
    PaperHandIn,
    PaperSheet,
    Receipt,
    Session,
    SessionUnit,
)
from thongsuot.documents.models import Delivery, Document, Intake
from thongsuot.documents.models.books import RegisterEntry
from thongsuot.documents.models.groups import UnitGroup
from thongsuot.documents.models.recall import Recall
from thongsuot.documents.models.register import Circulation
from thongsuot.documents.models.themes import Theme
from thongsuot.inspections.models import Inspection
from thongsuot.organizations.models import (
    Evaluation,
    Import,
    ImportSubject,
    Membership,
    PartyRecord,
    RoleGrant,
    Unit,
)
from thongsuot.organizations.models.reorganization import Reorganization
from thongsuot.organizations.queries import units_visible_to
from thongsuot.organizations.queries.rights import grants_visible_to, holders_in
from thongsuot.organizations.reach import acting_for, can, reach, without_repetition
from thongsuot.organizations.reach import grants_with as its_grants
from thongsuot.organizations.rights_named import RightsOf
from thongsuot.privacy.models import Breach, DataRequest, LegalHold
from thongsuot.tasks.models import Task, TaskCoordinator

P = Permission
Sees = Callable[[Book, User, Any], bool]


def _person(row: Any) -> int | None:
    return row.person.user_id if row.person else None


def _sees_task(book: Book, user: User, task: Task) -> bool:
    reads = book.rows(user, P.TASK_READ)
    helping = TaskCoordinator.objects.filter(task=task).values_list("unit_id", flat=True)
    mine = task.assignee is not None and task.assignee.user_id == user.pk
    return mine or reads(task.unit_id) or reads(task.giver_id) or any(map(reads, helping))


def _sees_session(book: Book, user: User, session: Session) -> bool:
    reads = book.rows(user, P.SESSION_READ)
    invited = SessionUnit.objects.filter(session=session).values_list("unit_id", flat=True)
    there = Attendance.objects.filter(session=session).select_related("person")
    return reads(session.unit_id) or any(map(reads, invited)) or any(_person(one) == user.pk for one in there)


def _sees_document(book: Book, user: User, document: Document) -> bool:
    reads = book.rows(user, P.DOCUMENT_READ)
    return any(map(reads, Circulation.objects.filter(document=document).values_list("unit_id", flat=True)))


def _sees_import(book: Book, user: User, row: Import) -> bool:
    looked_after = P.UNIT_MANAGE if row.subject == ImportSubject.UNITS else P.PEOPLE_MANAGE
    return book.may(user, looked_after, row.unit_id)


def _sees_party_record(book: Book, user: User, row: Any) -> bool:
    """The person, and who reads the records of the cell of today, or else of the last one."""
    person = row.person.merged_into or row.person
    if user.pk in (person.user_id, row.person.user_id):
        return True
    begun = [one for one in Membership.objects.filter(person=person) if one.valid_from <= book.day]
    latest = max((one.valid_from for one in begun), default=None)
    cells = [one.unit_id for one in begun if one.valid_from == latest]
    if any(book.may(user, P.PARTY_RECORD_MANAGE, cell) for cell in cells):
        return True
    return person.restricted_at is None and any(book.may(user, P.PARTY_RECORD_READ, cell) for cell in cells)


def _in_unit(permission: Permission, *ways: str) -> Sees:
    def sees(book: Book, user: User, row: Any) -> bool:
        return any(book.may(user, permission, getattr(row, f"{way}_id")) for way in ways or ("unit",))

    return sees


# Every model that people read, with the plain definition of who sees a row.
SEES: dict[type[models.Model], Sees] = {
    Document: _sees_document,
    Delivery: _in_unit(P.DOCUMENT_READ),
    RegisterEntry: _in_unit(P.DOCUMENT_READ),
    Intake: _in_unit(P.DOCUMENT_REGISTER),
    Task: _sees_task,
    Session: _sees_session,
    Receipt: lambda book, user, row: book.may(user, P.MEMBERS_READ, row.unit_id) or _person(row) == user.pk,
    Inspection: _in_unit(P.INSPECTION_READ, "unit", "inspected"),
    Reorganization: _in_unit(P.UNIT_REORGANIZE, "scope"),
    Import: _sees_import,
    PartyRecord: _sees_party_record,
    Evaluation: _sees_party_record,
    DataRequest: lambda book, user, row: (
        book.may(user, P.PRIVACY_MANAGE, row.unit_id) or _person(row) == user.pk
    ),
    Breach: _in_unit(P.PRIVACY_MANAGE),
    LegalHold: lambda book, user, row: row.unit_id is None or book.may(user, P.PRIVACY_MANAGE, row.unit_id),
    Recall: _in_unit(P.DOCUMENT_READ),
    Exemption: _in_unit(P.MEMBERS_READ),
    PaperSheet: lambda book, user, row: book.may(
        user, P.SESSION_MARK if row.session_id else P.READING_VOUCH, row.unit_id
    ),
    PaperHandIn: lambda book, user, row: row.received_by_id == user.pk,
    Theme: _in_unit(P.DOCUMENT_READ),
    UnitGroup: _in_unit(P.DOCUMENT_SEND),
}


# The same conditions with rights as a named value, kept from one world to the next: only keys and paths change.
NAMED: dict[type[models.Model], Prepared[tuple[int]]] = {
    model: Prepared(lambda user, model=model: model._default_manager.visible_to(user).values_list("pk"))
    for model in (Document, Session)
}


def test_every_model_people_read_is_compared() -> None:
    read = {model for model in our_models() if hasattr(model._default_manager.all(), "visible_to")}
    assert read == set(SEES), "Say in SEES who may see a row of the new model."


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def _check_rights(world: World) -> None:
    """``can`` and ``reach`` answer like the book, unit by unit, and a loan names the one who lends."""
    for user in map(fresh, world.users):
        for permission in ASKED:
            expected = world.book.where(user, permission)
            assert {unit.pk for unit in world.book.units if can(user, permission, unit)} == expected
            rows = Unit.objects.filter(reach(user, permission, field=""))
            assert sorted(rows.values_list("pk", flat=True)) == sorted(expected), "each once, none too many"
            for unit in world.units:
                lender = acting_for(user, permission, unit)
                own = world.book._has(user.pk, permission, unit.pk)
                assert (lender is not None) == (unit.pk in expected and not own)
            kept = without_repetition(its_grants(user, permission))
            assert not any(a is not b and a.covers(b) for a in kept for b in kept)


def _check_rows(world: World) -> None:
    for user in map(fresh, world.users):
        for model, sees in SEES.items():
            rows: Any = model._default_manager
            expected = {row.pk for row in rows.all() if sees(world.book, user, row)}
            assert {row.pk for row in rows.visible_to(user)} == expected, model
            if model in NAMED:
                assert {key for (key,) in NAMED[model](user=RightsOf(user))} == expected, model
        assert {unit.pk for unit in units_visible_to(user)} == world.book.where(user, P.UNIT_READ)
        seen = {
            grant.pk
            for grant in RoleGrant.objects.all()
            if grant.user_id == user.pk
            or (grant.unit_id in world.book.parent and world.book.may(user, P.RIGHTS_READ, grant.unit_id))
        }
        assert set(grants_visible_to(user).values_list("pk", flat=True)) == seen


def _check_holders(world: World) -> None:
    """Who the page names is who may, of the accounts that are open."""
    for unit in world.units:
        for permission in (P.TASK_READ, P.DOCUMENT_READ):
            told = {holder.user.pk for holder in holders_in(unit, permission)}
            may = {
                user.pk
                for user in world.users
                if user.is_active and world.book.may(user, permission, unit.pk)
            }
            assert told & {user.pk for user in world.users} == may


BY_THE_BOOK = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("check", [_check_rights, _check_rows, _check_holders])
@BY_THE_BOOK
@given(plan=plans())
def test_rights_are_what_the_book_says(
    db: None, cast: Cast, check: Callable[[World], None], plan: dict[str, Any]
) -> None:
    with transaction.atomic():
        world = build(plan)
        if check is _check_rows:
            fill(world, plan["second"])
        try:
            check(world)
        finally:
            transaction.set_rollback(True)
