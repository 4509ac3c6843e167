"""Giving and ending roles: as far as one reaches, no more than one may hand on, and never without an administrator."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from tests.cast import Cast
from tests.dissemination.test_races import IN_TIME, at_once, shared_cast
from thongsuot.accounts.models import Role, User
from thongsuot.accounts.roles import BuiltIn, Permission
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.organizations.letting_in.services import close_account_of
from thongsuot.organizations.models import RoleGrant, Unit
from thongsuot.organizations.reach import can
from thongsuot.organizations.services.rights import administrators, end_role, give_role, prolong_role

__all__ = ["shared_cast"]

P = Permission


def again(user: User) -> User:
    """The same account as its next request reads it."""
    return User.objects.get(pk=user.pk)


def role(code: str) -> Role:
    return Role.objects.get(pk=code)


def in_days(days: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


def give(by: User, user: User, unit: Unit, code: str, **fields: Any) -> RoleGrant:
    given: dict[str, Any] = {"since": clock.today()} | fields
    return give_role(by=again(by), user=user, unit=unit, role=role(code), **given)


@pytest.fixture
def local(cast: Cast) -> User:
    """An administrator of the ward alone."""
    give(cast.administrator, cast.ward_officer, cast.ward, BuiltIn.ADMINISTRATOR)
    return again(cast.ward_officer)


def test_an_administrator_appoints_others_and_it_is_recorded(cast: Cast) -> None:
    grant = give(
        cast.administrator, cast.member, cast.ward, BuiltIn.CLERK, decided_by="12-QĐ/ĐU", until=in_days(30)
    )
    assert can(again(cast.member), P.DOCUMENT_REGISTER, cast.cell)
    assert grant.reaches_subtree
    act = Act.objects.get(verb="role.given")
    assert (act.by, act.unit_id, act.after["role"]) == (cast.administrator, cast.ward.pk, "clerk")


def test_a_local_administrator_gives_within_the_own_unit_only(cast: Cast, local: User) -> None:
    give(local, cast.member, cast.cell, BuiltIn.HEAD_OF_CELL)
    for unit in (cast.other_ward, cast.city, cast.other_cell):
        with pytest.raises(PermissionDenied):
            give(local, cast.member, unit, BuiltIn.MEMBER)


def test_a_role_reaches_below_only_where_its_giver_does(cast: Cast) -> None:
    give(cast.administrator, cast.ward_officer, cast.ward, BuiltIn.ADMINISTRATOR, reaches_subtree=False)
    with pytest.raises(PermissionDenied):
        give(cast.ward_officer, cast.member, cast.ward, BuiltIn.LEADER)
    give(cast.ward_officer, cast.member, cast.ward, BuiltIn.OFFICER)


def test_nobody_gives_more_than_they_may_hand_on(cast: Cast) -> None:
    registrar = Role.objects.create(
        code="registrar", name="Quản lý văn thư", permissions=[P.RIGHTS_GIVE, P.UNIT_READ, P.RIGHTS_READ]
    )
    give(cast.administrator, cast.ward_officer, cast.ward, registrar.code, reaches_subtree=True)
    # Documents may be read by the ward's officer, who gives roles without being entrusted with anything else.
    give(cast.ward_officer, cast.second_member, cast.ward, BuiltIn.MEMBER)
    for code in (BuiltIn.CLERK, BuiltIn.LEADER, BuiltIn.ADMINISTRATOR):
        with pytest.raises(PermissionDenied):
            give(cast.ward_officer, cast.member, cast.ward, code)
    Role.objects.filter(pk=registrar.pk).update(gives=sorted(role(BuiltIn.CLERK).can_do))
    give(cast.ward_officer, cast.member, cast.ward, BuiltIn.CLERK)


def test_for_themselves_nobody_gives_what_they_do_not_have(cast: Cast, local: User) -> None:
    with pytest.raises(PermissionDenied):
        give(local, local, cast.ward, BuiltIn.LEADER)
    give(local, cast.member, cast.ward, BuiltIn.LEADER)


def test_those_without_the_right_give_nothing(cast: Cast) -> None:
    for user in (cast.city_leader, cast.city_clerk, cast.city_inspector):
        with pytest.raises(PermissionDenied):
            give(user, cast.member, cast.ward, BuiltIn.MEMBER)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"since": dt.date(2020, 1, 1)}, "since"),
        ({"since": in_days(5), "until": in_days(5)}, "until"),
        ({"since": in_days(5), "until": in_days(2)}, "until"),
    ],
)
def test_wrong_days_are_refused(cast: Cast, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        give(cast.administrator, cast.member, cast.ward, BuiltIn.CLERK, **fields)
    assert refusal.value.code == code


def test_the_same_role_is_not_given_twice_for_the_same_time(cast: Cast) -> None:
    give(cast.administrator, cast.member, cast.ward, BuiltIn.CLERK, since=in_days(10), until=in_days(20))
    for since, until in ((in_days(19), None), (in_days(1), in_days(11)), (in_days(12), in_days(13))):
        with pytest.raises(Refused):
            give(cast.administrator, cast.member, cast.ward, BuiltIn.CLERK, since=since, until=until)
    give(cast.administrator, cast.member, cast.ward, BuiltIn.CLERK, since=in_days(20))
    give(cast.administrator, cast.member, cast.ward, BuiltIn.CLERK, since=in_days(5), until=in_days(10))


def test_a_retired_role_and_an_ended_unit_are_refused(cast: Cast) -> None:
    Role.objects.create(code="gone", name="Cũ", permissions=[P.UNIT_READ], retired_at=clock.now())
    with pytest.raises(Refused):
        give(cast.administrator, cast.member, cast.ward, "gone")
    Unit.objects.filter(pk=cast.cell.pk).update(valid_to=clock.today())
    cast.cell.refresh_from_db()
    with pytest.raises(Refused):
        give(cast.administrator, cast.member, cast.cell, BuiltIn.MEMBER)


def test_a_role_ends_at_once_and_can_be_given_again_the_same_day(cast: Cast) -> None:
    grant = give(cast.administrator, cast.member, cast.ward, BuiltIn.CLERK)
    end_role(by=again(cast.administrator), grant=grant, reason="Nhầm người")
    assert not can(again(cast.member), P.DOCUMENT_REGISTER, cast.ward)
    give(cast.administrator, cast.member, cast.ward, BuiltIn.CLERK)
    assert can(again(cast.member), P.DOCUMENT_REGISTER, cast.ward)


def test_a_role_is_ended_on_a_later_day_and_prolonged_before(cast: Cast) -> None:
    grant = give(cast.administrator, cast.member, cast.ward, BuiltIn.CLERK)
    with pytest.raises(Refused):
        prolong_role(by=again(cast.administrator), grant=grant, until=in_days(30))  # it has no end
    end_role(by=again(cast.administrator), grant=grant, on=in_days(10))
    assert can(again(cast.member), P.DOCUMENT_REGISTER, cast.ward)
    for wrong in (in_days(10), in_days(3)):
        with pytest.raises(Refused):
            prolong_role(by=again(cast.administrator), grant=grant, until=wrong)
    assert prolong_role(by=again(cast.administrator), grant=grant, until=in_days(40)).valid_to == in_days(40)
    assert prolong_role(by=again(cast.administrator), grant=grant, until=None).valid_to is None
    with pytest.raises(Refused):
        end_role(by=again(cast.administrator), grant=grant, on=in_days(-1))


def test_a_local_administrator_ends_what_they_could_have_given(cast: Cast, local: User) -> None:
    mine = RoleGrant.objects.get(user=cast.ward_leader)
    above = RoleGrant.objects.get(user=cast.city_leader)
    end_role(by=local, grant=mine)
    with pytest.raises(PermissionDenied):
        end_role(by=local, grant=above)


def test_ones_own_role_may_be_given_back(cast: Cast) -> None:
    end_role(by=cast.ward_leader, grant=RoleGrant.objects.get(user=cast.ward_leader))
    assert not can(again(cast.ward_leader), P.TASK_ASSIGN, cast.ward)


def administrators_grant(user: User) -> RoleGrant:
    return RoleGrant.objects.get(user=user, role=BuiltIn.ADMINISTRATOR)


def test_the_last_administrator_stays(cast: Cast, local: User) -> None:
    last = administrators_grant(cast.administrator)
    for day in (None, in_days(30)):
        with pytest.raises(Refused) as refusal:
            end_role(by=again(cast.administrator), grant=last, on=day)
        assert refusal.value.code == "last_administrator"
    # One for a while, or of a ward alone, does not replace one who stays for the whole.
    give(cast.administrator, cast.city_officer, cast.city, BuiltIn.ADMINISTRATOR, until=in_days(9))
    with pytest.raises(Refused):
        end_role(by=again(cast.administrator), grant=last)
    give(cast.administrator, cast.city_clerk, cast.city, BuiltIn.ADMINISTRATOR)
    end_role(by=again(cast.administrator), grant=last)
    assert administrators.roots_with_an_administrator() == {cast.city.pk}


def test_the_account_of_the_last_administrator_is_not_closed(cast: Cast) -> None:
    give(cast.administrator, cast.city_officer, cast.city, BuiltIn.ADMINISTRATOR, until=in_days(9))
    with pytest.raises(Refused) as refusal:
        close_account_of(by=again(cast.city_officer), person=cast.person(cast.administrator))
    assert refusal.value.code == "last_administrator"
    give(cast.administrator, cast.city_clerk, cast.city, BuiltIn.ADMINISTRATOR)
    assert close_account_of(by=again(cast.city_officer), person=cast.person(cast.administrator))


def _remove_each_other(cast: Cast) -> list[str]:
    """Two administrators end each other's role at the same moment; what each was told."""
    told: list[str] = []
    keys: list[tuple[int, int]] = []

    def appoint() -> None:
        give(cast.administrator, cast.city_clerk, cast.city, BuiltIn.ADMINISTRATOR)
        first, second = cast.administrator, cast.city_clerk
        keys.append((first.pk, administrators_grant(second).pk))
        keys.append((second.pk, administrators_grant(first).pk))

    def remove(which: int) -> Callable[[], None]:
        def act() -> None:
            user, grant = keys[which]
            try:
                end_role(by=User.objects.get(pk=user), grant=RoleGrant.objects.get(pk=grant))
                told.append("ended")
            except (Refused, PermissionDenied) as refusal:
                told.append(type(refusal).__name__)

        return act

    at_once(appoint)
    at_once(remove(0), remove(1))
    return told


def _who_is_left() -> set[int]:
    left: list[set[int]] = []
    at_once(lambda: left.append(administrators.roots_with_an_administrator()))
    return left[0]


def test_two_administrators_who_remove_each_other_leave_one(shared_cast: Cast) -> None:
    told = _remove_each_other(shared_cast)
    assert sorted(told) in (["PermissionDenied", "ended"], ["Refused", "ended"])
    assert _who_is_left() == {shared_cast.city.pk}


def test_without_the_guard_nobody_would_be_left(
    shared_cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time anyway")
    both = threading.Barrier(2)
    asked = threading.local()
    real = administrators.roots_with_an_administrator

    def roots() -> set[int]:
        found = real()
        asked.times = getattr(asked, "times", 0) + 1
        if asked.times == 2:  # each has looked, none has committed
            with suppress(threading.BrokenBarrierError):
                both.wait(IN_TIME)
        return found

    monkeypatch.setattr(administrators, "_one_after_the_other", lambda: None)
    monkeypatch.setattr(administrators, "roots_with_an_administrator", roots)
    assert _remove_each_other(shared_cast) == ["ended", "ended"]
    monkeypatch.undo()
    assert _who_is_left() == set()
