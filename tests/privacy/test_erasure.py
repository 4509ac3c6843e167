"""An erasure: the name goes, the counts stay, duties stand against it, and nothing half done is left."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from thongsuot.accounts.models import User
from thongsuot.accounts.roles import BuiltIn
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.core.erasing import parts, preview
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import Attendance, AttendanceState, Session
from thongsuot.organizations.letting_in.rights import whom_may_invite
from thongsuot.organizations.models import Membership, Person, Position, RoleGrant
from thongsuot.organizations.services import correct_person, grant_role, merge_people, move_member
from thongsuot.privacy.models import DataRequest, Kind
from thongsuot.privacy.queries.own import subject_from
from thongsuot.privacy.services.requests import ask, uphold
from thongsuot.tasks.models import Task


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def asked(cast: Cast, user: User) -> DataRequest:
    return ask(by=again(user), person=cast.person(user), kind=Kind.ERASURE, words="Xin xóa, tôi là Dấu Vết")


def session_of(cast: Cast, person: Person) -> Attendance:
    session = Session.objects.create(
        unit=cast.cell, title="Họp", starts_at=clock.now(), place="Nhà văn hóa", called_by=cast.cell_head
    )
    row = {"unit": cast.cell, "session": session, "person": person}
    return Attendance._default_manager.create(state=AttendanceState.PRESENT, **row)


def test_the_name_goes_and_the_counts_stay(cast: Cast) -> None:
    me = cast.person(cast.member)
    Person.objects.filter(pk=me.pk).update(phone="0900 111", email="a@b.vn", code="MA-9")
    twin = Person.objects.create(name=me.name, search_text=me.search_text, merged_into=me)
    session_of(cast, me)
    Position.objects.create(unit=cast.ward, person=me, title="Ủy viên", valid_from=clock.today())
    name, acts = me.name, Act.objects.count()
    members = Membership.objects.count()
    request = asked(cast, cast.member)
    uphold(by=again(cast.administrator), request=request)
    me.refresh_from_db()
    user = again(cast.member)
    number = f"#{me.pk}"
    assert me.name == user.display_name == f"Người đã xóa dữ liệu {number}"
    assert (me.phone, me.email, me.code, me.search_text) == ("", "", "", "")
    assert me.erased_at is not None
    assert not user.is_active
    assert not user.has_usable_password()
    assert user.username == f"da-xoa-{user.pk}"
    assert Person.objects.get(pk=twin.pk).name == me.name, "every entry of the person"
    tomorrow = clock.today() + dt.timedelta(days=1)
    assert not me.memberships.valid_on().exists()
    assert Membership.objects.count() == members, "that somebody was a member stays"
    assert {post.valid_to for post in me.positions.all()} == {tomorrow}, "what began today ends tomorrow"
    assert not RoleGrant.objects.valid_on().filter(user=user).exists()
    assert Attendance._default_manager.filter(person=me, state=AttendanceState.PRESENT).count() == 1
    assert Act.objects.count() > acts
    assert not Act.objects.filter(detail__icontains=name).exists()
    request.refresh_from_db()
    assert request.words == "", "what the person wrote goes as well"
    administrator = again(cast.administrator)
    for act in (
        lambda: correct_person(by=administrator, person=me, name=name),
        lambda: move_member(by=administrator, person=me, cell=cast.cell, on=tomorrow),
        lambda: merge_people(by=administrator, kept=me, duplicate=cast.person(cast.second_member)),
        lambda: ask(by=administrator, person=me, kind=Kind.ERASURE, words="lần nữa"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "erased"
    assert me.pk not in whom_may_invite(administrator, [me])


def test_duties_stand_against_it_and_nothing_is_half_done(cast: Cast) -> None:
    me = cast.person(cast.member)
    task = Task.objects.create(
        unit=cast.cell, giver=cast.ward, assignee=me, text="Việc chưa xong", created_by=cast.ward_leader
    )
    request = asked(cast, cast.member)
    with pytest.raises(Refused, match="nhiệm vụ") as refused:
        uphold(by=again(cast.administrator), request=request)
    assert refused.value.code == "duty"
    assert Person.objects.get(pk=me.pk).name == me.name
    Task.objects.filter(pk=task.pk).delete()
    uphold(by=again(cast.administrator), request=request)
    head = asked(cast, cast.cell_head)
    with pytest.raises(Refused, match="đứng đầu"):
        uphold(by=again(cast.administrator), request=head)


def test_the_last_administrator_cannot_be_erased(cast: Cast) -> None:
    """Another officer may decide, but somebody has to stay who can give rights."""
    grant_role(user=cast.city_officer, unit=cast.city, role=BuiltIn.ADMINISTRATOR, since=clock.today())
    request = asked(cast, cast.administrator)
    officer = again(cast.city_officer)
    RoleGrant.objects.filter(user=officer, role=BuiltIn.ADMINISTRATOR).update(
        reaches_subtree=True, valid_to=clock.today().replace(year=clock.today().year + 1)
    )
    with pytest.raises(Refused) as refused:
        uphold(by=again(cast.city_officer), request=request)
    assert refused.value.code == "last_administrator"
    assert again(cast.administrator).is_active
    RoleGrant.objects.filter(user=officer, role=BuiltIn.ADMINISTRATOR).update(valid_to=None)
    uphold(by=again(cast.city_officer), request=request)
    assert not again(cast.administrator).is_active


def test_the_page_shows_what_goes_and_asks_to_confirm(cast: Cast, client: Client) -> None:
    me = cast.person(cast.member)
    session_of(cast, me)
    request = asked(cast, cast.member)
    client.force_login(cast.administrator)
    page = client.get(request.get_absolute_url())
    lines = page.context["lines"]
    assert {line.goes for line in lines} == {True, False}
    assert all(line.count and str(line.why) for line in lines)
    assert {"accounts", "organizations", "tasks", "dissemination", "audit"} <= set(parts())
    address = reverse("privacy:answer", args=[request.pk])
    unsure = client.post(address, {"viec": "uphold", "words": ""})
    assert unsure.status_code == 422
    assert unsure.context["form"].errors.keys() == {"is_seen"}
    assert Person.objects.get(pk=me.pk).erased_at is None
    assert client.post(address, {"viec": "uphold", "words": "", "is_seen": "on"}).status_code == 302
    assert Person.objects.get(pk=me.pk).erased_at is not None
    gone = client.get(request.get_absolute_url()).content.decode()
    assert "Người đã xóa dữ liệu" in gone
    assert me.name not in gone
    assert preview(subject_from(Person.objects.get(pk=me.pk))), "what stays can still be told"
