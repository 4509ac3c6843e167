"""Members of mass organisations: beside the cell, of several at once, known to the branch that keeps the list."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.organizations.imports.tables import PEOPLE, codes, counts, looked_through, written
from tests.organizations.reorganizing import carried_out, draft, in_days
from tests.pages import assert_whole
from thongsuot.accounts.models import User
from thongsuot.accounts.roles import BuiltIn
from thongsuot.core.clock import today
from thongsuot.core.erasing import erase
from thongsuot.core.holdings import Subject
from thongsuot.core.refusals import Refused
from thongsuot.home.proofs import people as proofs
from thongsuot.organizations.imports import services as imports
from thongsuot.organizations.models import Affiliation, Person, Unit, UnitKind
from thongsuot.organizations.queries.people import PeopleFilter, people_in, people_visible_to
from thongsuot.organizations.reorganization import StepData
from thongsuot.organizations.services import (
    add_person,
    found_units,
    grant_role,
    join_organisation,
    leave_organisation,
    merge_people,
    undo_merge,
)

SINCE = dt.date(2026, 1, 1)


@pytest.fixture
def branch(cast: Cast) -> Unit:
    return a_branch(cast)


def a_branch(cast: Cast, name: str = "Chi hội Phụ nữ khu phố 1") -> Unit:
    made = Unit(
        parent=cast.ward, kind=UnitKind.MASS_ORGANISATION, name=name, short_name=name, valid_from=SINCE
    )
    return found_units([made])[0]


def join(cast: Cast, person: Person, unit: Unit, since: dt.date = SINCE) -> Affiliation:
    return join_organisation(by=cast.administrator, person=person, unit=unit, since=since)


def refused(code: str, act: Any, **arguments: Any) -> None:
    with pytest.raises(Refused) as caught:
        act(**arguments)
    assert caught.value.code == code


def head_of(cast: Cast, branch: Unit) -> User:
    """An account that may do in the branch what the head of a cell may in the cell, and nothing elsewhere."""
    user = User.objects.create_user("chihoi")
    grant_role(user=user, unit=branch, role=BuiltIn.HEAD_OF_CELL, since=SINCE)
    return user


def test_somebody_is_a_member_of_several_organisations_and_of_the_cell(cast: Cast, branch: Unit) -> None:
    person, other = cast.person(cast.member), a_branch(cast, "Công đoàn phường")
    row = join(cast, person, branch)
    join(cast, person, other)
    assert person.memberships.valid_on().get().unit == cast.cell
    refused(
        "member_already",
        join_organisation,
        by=cast.administrator,
        person=person,
        unit=branch,
        since=today(),
    )
    refused(
        "no_organisation",
        join_organisation,
        by=cast.administrator,
        person=person,
        unit=cast.cell,
        since=today(),
    )
    with pytest.raises(PermissionDenied):
        join_organisation(by=cast.ward_clerk, person=person, unit=branch, since=today())
    refused("ends_before", leave_organisation, by=cast.administrator, affiliation=row, on=SINCE)
    leave_organisation(by=cast.administrator, affiliation=row, on=today())
    refused("ended_already", leave_organisation, by=cast.administrator, affiliation=row, on=in_days(1))
    assert [one.unit for one in Affiliation.objects.valid_on().filter(person=person)] == [other]
    assert not [*proofs.doubles(), *proofs.holdings()]


def test_members_of_a_branch_are_seen_by_who_keeps_its_list(client: Client, cast: Cast, branch: Unit) -> None:
    person = add_person(by=cast.administrator, name="Đỗ Thị Mơ", organisation=branch, since=SINCE)
    head, twin = head_of(cast, branch), cast.person(cast.member)
    join(cast, twin, branch)
    assert set(people_in(head, PeopleFilter(unit=branch, only="mass"))[0:9]) == {person, twin}
    assert people_visible_to(cast.ward_leader).filter(pk=person.pk).exists()
    assert not people_visible_to(cast.cell_head).filter(pk=person.pk).exists()
    client.force_login(head)
    assert "Đỗ Thị Mơ" in assert_whole(client.get(branch.get_absolute_url()))
    assert branch.name in assert_whole(client.get(person.get_absolute_url()))
    assert client.get(reverse("people:join", args=[person.pk])).status_code == 403


def test_who_looks_after_people_notes_joining_and_leaving(client: Client, cast: Cast, branch: Unit) -> None:
    person = cast.person(cast.member)
    client.force_login(cast.administrator)
    address = reverse("people:join", args=[person.pk])
    assert branch.name in assert_whole(client.get(address, {"q": "Phụ nữ"}))
    sent = {"unit": branch.pk, "since": str(SINCE)}
    assert client.post(address, sent).status_code == 302
    row = person.affiliations.get()
    assert client.post(address, sent).status_code == 200  # said once
    leave = reverse("people:leave", args=[person.pk, row.pk])
    assert leave in assert_whole(client.get(person.get_absolute_url()))
    assert_whole(client.get(leave))
    assert client.post(leave, {"on": str(today())}).status_code == 302
    row.refresh_from_db()
    assert row.valid_to == today()
    adding = reverse("organizations:add_person", args=[branch.pk])
    new = {"name": "Lê Thị Nụ", "as_member": "on", "since": str(SINCE)}
    assert client.post(adding, new).status_code == 302
    assert Person.objects.get(name="Lê Thị Nụ").affiliations.get().unit == branch


def test_an_import_brings_members_and_takes_them_back(cast: Cast, branch: Unit) -> None:
    row = {
        "code": "H1",
        "name": "Đỗ Thị Mơ",
        "organisation": branch.name,
        "affiliated_since": "01/10/2026",
    }
    also = row | {"cell": cast.cell.name, "member_since": "01/10/2026"}
    batch = written(cast, PEOPLE, row, also)
    person = Person.objects.get(code="H1")
    assert [one.unit for one in person.affiliations.all()] == [branch]
    assert person.memberships.get().unit == cast.cell
    assert counts(looked_through(cast, PEOPLE, row)) == (0, 0, 1, 0)
    wrong = looked_through(cast, PEOPLE, row | {"organisation": cast.cell.name})
    assert codes(wrong) == [["no_organisation"]]
    imports.undo_import(by=cast.administrator, batch=batch)
    assert not Affiliation.objects.exists()


def test_joined_entries_a_branch_that_ends_and_an_erasure(cast: Cast, branch: Unit) -> None:
    kept, twin = cast.person(cast.member), cast.person(cast.second_member)
    cast.second_member.is_active = False
    cast.second_member.save()
    for person in (kept, twin):
        join(cast, person, branch)
    other = a_branch(cast, "Chi hội Nông dân")
    join(cast, twin, other)
    merge = merge_people(by=cast.administrator, kept=kept, duplicate=twin)
    assert {row.unit for row in kept.affiliations.valid_on()} == {branch, other}
    undo_merge(by=cast.administrator, merge=merge)
    assert {row.unit for row in twin.affiliations.valid_on()} == {branch, other}
    carried_out(draft(cast, StepData("merge", target=other, sources=[branch])))
    assert [row.unit for row in Affiliation.objects.filter(person=kept, valid_to=None)] == [other]
    erase(Subject((twin.pk,), 0))
    assert not twin.affiliations.filter(valid_to=None).exists()
