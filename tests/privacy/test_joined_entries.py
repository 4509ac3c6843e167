"""What was asked for an entry that was joined with another one since, and who may not decide about an erasure."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from thongsuot.accounts.models import User
from thongsuot.audit.models import Reading
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.home.queries.search import _people
from thongsuot.organizations.models import Membership, Person, PersonMerge
from thongsuot.organizations.queries.people import PeopleFilter, life_of, people_in
from thongsuot.organizations.services import merge_people, undo_merge
from thongsuot.privacy.models import DataRequest, Kind
from thongsuot.privacy.permissions import can_answer, can_erase
from thongsuot.privacy.services.requests import ask, lift_restriction, uphold


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def second_entry(cast: Cast, of: User, account: str = "") -> Person:
    name = cast.person(of).name
    user = User.objects.create_user(account, display_name=name, is_active=False) if account else None
    entry = Person.objects.create(name=name, search_text=cast.person(of).search_text, user=user)
    since = clock.today() - dt.timedelta(days=30)
    Membership.objects.create(unit=cast.other_cell, person=entry, valid_from=since)
    return entry


def on_paper(cast: Cast, person: Person, kind: Kind, by: User | None = None) -> DataRequest:
    return ask(by=again(by or cast.administrator), person=person, kind=kind, words="Đề nghị bằng giấy")


def join(cast: Cast, kept: Person, duplicate: Person) -> PersonMerge:
    return merge_people(by=again(cast.administrator), kept=kept, duplicate=duplicate)


def search_everything(user: User, text: str) -> list[str]:
    return [one.url for one in _people(user, text)]


def another_officer(cast: Cast) -> User:
    user = User.objects.create_user("quantri.hai", display_name="Quản trị thứ hai")
    grant = cast.administrator.grants.get()
    user.grants.create(unit=grant.unit, role=grant.role, reaches_subtree=True, valid_from=clock.today())
    return user


def test_an_erasure_reaches_every_entry_and_account_and_needs_a_second_officer(cast: Cast) -> None:
    me, officer = cast.person(cast.member), another_officer(cast)
    twin = second_entry(cast, cast.member, account="tai-khoan-cu")
    old = twin.user
    assert old is not None
    request = on_paper(cast, twin, Kind.ERASURE)
    join(cast, me, twin)
    twin.refresh_from_db()
    assert not can_erase(cast.other_ward_clerk, twin)
    with pytest.raises(Refused) as alone:
        uphold(by=again(cast.administrator), request=request)
    assert alone.value.code == "entered"
    uphold(by=officer, request=request)
    for entry in (me, twin):
        entry.refresh_from_db()
        assert entry.erased_at, "the entry that was kept, too"
    for account in (again(old), again(cast.member)):
        assert me.name == account.display_name
        assert account.username == f"da-xoa-{account.pk}"


def test_nobody_decides_for_their_own_second_entry(cast: Cast) -> None:
    officer = another_officer(cast)
    twin = second_entry(cast, cast.administrator)
    request = on_paper(cast, twin, Kind.OBJECTION, by=officer)
    merge_people(by=officer, kept=cast.person(cast.administrator), duplicate=twin)
    request = DataRequest.objects.get(pk=request.pk)
    assert not can_answer(again(cast.administrator), request)


def test_a_restriction_follows_into_the_entry_that_is_kept(cast: Cast) -> None:
    me, twin = cast.person(cast.member), second_entry(cast, cast.member)
    request = on_paper(cast, twin, Kind.RESTRICTION)
    uphold(by=again(cast.administrator), request=request)
    merge = join(cast, me, twin)
    assert Person.objects.get(pk=me.pk).restricted_at
    undo_merge(by=again(cast.administrator), merge=merge)
    assert Person.objects.get(pk=me.pk).restricted_at is None
    merge_people(by=again(cast.administrator), kept=me, duplicate=Person.objects.get(pk=twin.pk))
    lift_restriction(by=again(cast.administrator), request=request, reason="Đã xác minh")
    assert not Person.objects.filter(pk__in=[me.pk, twin.pk], restricted_at__isnull=False).exists()


def test_who_looks_at_somebodys_request_or_contacts_is_noted_and_answers_there(
    cast: Cast, client: Client
) -> None:
    me = cast.person(cast.member)
    client.force_login(cast.administrator)
    form = reverse("privacy:ask_for", args=[me.pk])
    assert client.get(form).status_code == 200
    request = on_paper(cast, me, Kind.ERASURE)
    page = client.get(request.get_absolute_url()).content.decode()
    assert "cán bộ khác" in page
    noted = Reading._default_manager.filter(by=cast.administrator, what="privacy.request", person_id=me.pk)
    assert noted.count() == 2
    officer = User.objects.create_user("quantri.phuong", display_name="Quản trị phường")
    role = cast.administrator.grants.get().role
    officer.grants.create(unit=cast.ward, role=role, reaches_subtree=True, valid_from=clock.today())
    client.force_login(officer)
    assert client.get(form).status_code == 200
    day = clock.today() - dt.timedelta(days=1)
    Membership.objects.filter(person=me).update(valid_to=day)
    Membership.objects.create(unit=cast.other_cell, person=me, valid_from=day)
    assert client.get(form).status_code == 403, "who has left is asked for by the new unit's officer"


def test_who_looks_after_people_elsewhere_needs_no_restricted_data_here(cast: Cast) -> None:
    me = cast.person(cast.member)
    uphold(by=another_officer(cast), request=on_paper(cast, me, Kind.RESTRICTION))
    me.refresh_from_db()
    role = cast.administrator.grants.get().role
    day = clock.today()
    head = cast.cell_head
    head.grants.create(unit=cast.other_ward, role=role, reaches_subtree=True, valid_from=day)
    here = PeopleFilter(unit=cast.cell)
    assert me not in people_in(again(head), here)[:50]
    assert not life_of(again(head), me).knows
    assert not [one for one in search_everything(again(head), me.name) if one == me.get_absolute_url()]
    head.grants.create(unit=cast.cell, role=role, reaches_subtree=True, valid_from=day)
    assert me in people_in(again(head), here)[:50]
    assert life_of(again(head), me).knows
    assert me.get_absolute_url() in search_everything(again(head), me.name)
