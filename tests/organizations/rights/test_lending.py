"""Lending authority: by whoever has it or with a decision, of what they have, for a while, taken back at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.cast import Cast
from tests.organizations.rights.test_giving import again, give, in_days
from thongsuot.accounts.models import User
from thongsuot.accounts.roles import NEVER_LENT, BuiltIn, Permission
from thongsuot.audit.models import Act
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import Delegation, Unit
from thongsuot.organizations.reach import can
from thongsuot.organizations.services.rights import lend_authority, make_role, revoke_authority

P = Permission


def lend(by: User, principal: User, delegate: User, unit: Unit, **fields: Any) -> Delegation:
    given: dict[str, Any] = {
        "permissions": [P.TASK_ASSIGN],
        "since": clock.today(),
        "until": in_days(7),
    }
    return lend_authority(
        by=again(by), principal=again(principal), delegate=delegate, unit=unit, **given | fields
    )


def test_a_leader_lends_and_takes_back_at_once(cast: Cast) -> None:
    loan = lend(cast.ward_leader, cast.ward_leader, cast.ward_officer, cast.ward)
    assert can(again(cast.ward_officer), P.TASK_ASSIGN, cast.cell)
    revoke_authority(by=again(cast.ward_leader), delegation=loan, reason="Đã về")
    assert not can(again(cast.ward_officer), P.TASK_ASSIGN, cast.cell)
    with pytest.raises(Refused):
        revoke_authority(by=again(cast.ward_leader), delegation=loan)
    verbs = list(Act.objects.order_by("id").values_list("verb", "reason"))
    assert verbs == [("authority.lent", ""), ("authority.taken_back", "Đã về")]


def test_it_begins_and_ends_by_itself(cast: Cast) -> None:
    lend(cast.ward_leader, cast.ward_leader, cast.ward_officer, cast.ward, since=in_days(2), until=in_days(4))
    allowed = []
    for day in range(6):
        with clock.at(clock.now() + dt.timedelta(days=day)):
            allowed.append(can(again(cast.ward_officer), P.TASK_ASSIGN, cast.ward))
    assert allowed == [False, False, True, True, False, False]


def test_an_administrator_lends_with_the_document_that_decides_it(cast: Cast) -> None:
    people = (cast.administrator, cast.ward_leader, cast.ward_officer, cast.ward)
    with pytest.raises(Refused) as refusal:
        lend(*people)
    assert refusal.value.code == "decided_by"
    assert lend(*people, decided_by="15-QĐ/ĐU").made_by == cast.administrator
    with pytest.raises(PermissionDenied):
        lend(cast.administrator, cast.ward_leader, cast.administrator, cast.ward, decided_by="15-QĐ/ĐU")


@pytest.mark.parametrize("name", ["ward_clerk", "ward_officer", "other_ward_leader", "city_leader"])
def test_nobody_else_lends_it(cast: Cast, name: str) -> None:
    with pytest.raises(PermissionDenied):
        lend(getattr(cast, name), cast.ward_leader, cast.second_member, cast.ward, decided_by="1-QĐ/ĐU")


def test_a_leader_lends_nothing_elsewhere(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        lend(cast.ward_leader, cast.ward_leader, cast.ward_officer, cast.other_ward)


@pytest.mark.parametrize(
    "permissions",
    [
        [],
        [P.DOCUMENT_REGISTER],
        [P.TASK_ASSIGN, P.INSPECTION_CONDUCT],
        *([one] for one in sorted(NEVER_LENT)),
    ],
)
def test_only_what_the_principal_has_and_can_be_lent_is_lent(
    cast: Cast, permissions: list[Permission]
) -> None:
    give(cast.administrator, cast.ward_leader, cast.ward, BuiltIn.ADMINISTRATOR)
    with pytest.raises(Refused) as refusal:
        lend(cast.ward_leader, cast.ward_leader, cast.second_member, cast.ward, permissions=permissions)
    assert refusal.value.code == "permissions"


def test_what_was_borrowed_is_not_lent_on(cast: Cast) -> None:
    lend(cast.city_leader, cast.city_leader, cast.ward_leader, cast.city, permissions=[P.TASK_ASSIGN])
    assert can(again(cast.ward_leader), P.TASK_ASSIGN, cast.other_ward)
    with pytest.raises(PermissionDenied):
        lend(cast.ward_leader, cast.ward_leader, cast.ward_officer, cast.other_ward)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"since": in_days(-1)}, "since"),
        ({"until": in_days(0)}, "until"),
    ],
)
def test_wrong_days_are_refused(cast: Cast, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        lend(cast.ward_leader, cast.ward_leader, cast.ward_officer, cast.ward, **fields)
    assert refusal.value.code == code


def test_not_to_oneself_nor_to_a_closed_account(cast: Cast) -> None:
    User.objects.filter(pk=cast.ward_officer.pk).update(is_active=False)
    for delegate in (cast.ward_leader, again(cast.ward_officer)):
        with pytest.raises(Refused) as refusal:
            lend(cast.ward_leader, cast.ward_leader, delegate, cast.ward)
        assert refusal.value.code == "delegate"


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("ward_leader", True),
        ("ward_officer", True),
        ("administrator", True),
        ("ward_clerk", False),
        ("city_leader", False),
    ],
)
def test_who_may_take_it_back(cast: Cast, name: str, allowed: bool) -> None:
    loan = lend(cast.ward_leader, cast.ward_leader, cast.ward_officer, cast.ward)
    by = again(getattr(cast, name))
    if allowed:
        assert revoke_authority(by=by, delegation=loan).revoked_by == by
    else:
        with pytest.raises(PermissionDenied):
            revoke_authority(by=by, delegation=loan)


def test_what_is_over_is_not_taken_back(cast: Cast) -> None:
    loan = lend(cast.ward_leader, cast.ward_leader, cast.ward_officer, cast.ward)
    with clock.at(clock.now() + dt.timedelta(days=7)), pytest.raises(Refused):
        revoke_authority(by=again(cast.ward_leader), delegation=loan)


def test_who_may_give_little_lends_no_more_of_somebody_elses(cast: Cast) -> None:
    """Otherwise a made-up document would put the leader's authority into any hands."""
    make_role(
        by=again(cast.administrator),
        name="Phụ trách tài khoản",
        permissions=[P.RIGHTS_GIVE, P.RIGHTS_READ],
        gives=[P.TASK_READ],
    )
    by = User.objects.create_user("phu.trach", display_name="Phụ trách")
    give(cast.administrator, by, cast.ward, "phu-trach-tai-khoan", reaches_subtree=True)
    people = (by, cast.ward_leader, cast.ward_officer, cast.ward)
    with pytest.raises(PermissionDenied):
        lend(*people, decided_by="1-QĐ/ĐU", permissions=[P.TASK_ACCEPT])
    lend(*people, decided_by="1-QĐ/ĐU", permissions=[P.TASK_READ])
