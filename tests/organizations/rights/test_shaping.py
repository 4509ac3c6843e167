"""Making, changing, putting back and retiring roles."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.cast import Cast
from tests.organizations.rights.test_giving import again, give, in_days, role
from thongsuot.accounts.models import Role, User
from thongsuot.accounts.roles import PERMISSIONS_OF, BuiltIn, Permission
from thongsuot.audit.models import Act
from thongsuot.core.refusals import Refused
from thongsuot.home.proofs.people import doubles
from thongsuot.organizations.models import RoleGrant
from thongsuot.organizations.reach import can
from thongsuot.organizations.services.rights import (
    change_role,
    end_role,
    make_role,
    reset_role,
    retire_role,
)
from thongsuot.organizations.services.rights.administrators import KEEPS_RIGHTS

P = Permission


def made(cast: Cast, name: str = "Lưu trữ", **fields: Any) -> Role:
    return make_role(by=again(cast.administrator), name=name, **{"permissions": [P.DOCUMENT_READ]} | fields)


def test_a_role_of_ones_own_allows_what_was_chosen(cast: Cast) -> None:
    made(cast, permissions=[P.DOCUMENT_READ, P.TASK_READ])
    archive = Role.objects.get(name="Lưu trữ")
    assert archive.code == "luu-tru"
    assert archive.can_do == {P.DOCUMENT_READ, P.TASK_READ}
    give(cast.administrator, cast.city_inspector, cast.ward, archive.code)
    assert made(cast, "Lưu  trữ.").code == "luu-tru-2"
    assert set(Act.objects.filter(verb="role.made").values_list("by", flat=True)) == {cast.administrator.pk}


@pytest.mark.parametrize("name", ["", "  ", "lưu TRỮ", "Văn thư"])
def test_a_name_is_needed_and_taken_once(cast: Cast, name: str) -> None:
    made(cast)
    with pytest.raises(Refused) as refusal:
        made(cast, name)
    assert refusal.value.code == "name"


def test_roles_are_shaped_by_administrators_of_the_whole_only(cast: Cast) -> None:
    give(cast.administrator, cast.ward_officer, cast.ward, BuiltIn.ADMINISTRATOR)
    give(cast.administrator, cast.city_officer, cast.city, BuiltIn.ADMINISTRATOR, reaches_subtree=False)
    for user in (cast.ward_officer, cast.city_officer, cast.city_leader, cast.member):
        with pytest.raises(PermissionDenied):
            make_role(by=again(user), name="Khác", permissions=[P.UNIT_READ])
        with pytest.raises(PermissionDenied):
            change_role(by=again(user), role=role(BuiltIn.CLERK), permissions=[P.UNIT_READ])


def test_what_is_added_to_a_built_in_role_counts_at_once_and_is_taken_back(cast: Cast) -> None:
    assert not can(again(cast.ward_officer), P.TASK_ASSIGN, cast.ward)
    officer = role(BuiltIn.OFFICER)
    change_role(
        by=again(cast.administrator), role=officer, permissions=[P.TASK_ASSIGN], name="Chuyên viên chính"
    )
    assert can(again(cast.ward_officer), P.TASK_ASSIGN, cast.ward)
    assert can(again(cast.ward_officer), P.TASK_READ, cast.ward), "what the catalogue gives stays"
    assert role(BuiltIn.OFFICER).label == "Chuyên viên chính"
    reset_role(by=again(cast.administrator), role=officer)
    assert role(BuiltIn.OFFICER).can_do == PERMISSIONS_OF[BuiltIn.OFFICER]
    assert role(BuiltIn.OFFICER).label == str(BuiltIn.OFFICER.label)
    with pytest.raises(Refused):
        reset_role(by=again(cast.administrator), role=made(cast))


def test_nobody_adds_to_the_role_they_hold_what_they_do_not_have(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        change_role(
            by=again(cast.administrator), role=role(BuiltIn.ADMINISTRATOR), permissions=[P.DOCUMENT_READ]
        )
    assert refusal.value.code == "own"


def keeper(cast: Cast) -> tuple[User, Role]:
    """The rights of the place are kept by a role of its own; the built-in administrator is given back."""
    keeping = made(cast, "Quản trị quyền", permissions=[*KEEPS_RIGHTS, P.RIGHTS_READ], reaches_subtree=True)
    give(cast.administrator, cast.city_officer, cast.city, keeping.code)
    grant = RoleGrant.objects.get(user=cast.administrator)
    end_role(by=again(cast.administrator), grant=grant)
    return cast.city_officer, keeping


def test_an_edit_of_a_role_does_not_take_the_last_administrator(cast: Cast) -> None:
    user, keeping = keeper(cast)
    for wanted in ([P.RIGHTS_READ], [P.RIGHTS_READ, P.RIGHTS_GIVE]):
        with pytest.raises(Refused) as refusal:
            change_role(by=again(user), role=keeping, permissions=wanted)
        assert refusal.value.code == "last_administrator"
    change_role(by=again(user), role=keeping, permissions=KEEPS_RIGHTS)


def test_into_a_role_goes_only_what_its_maker_may_hand_on(cast: Cast) -> None:
    user, keeping = keeper(cast)
    with pytest.raises(PermissionDenied):
        make_role(by=again(user), name="Khác", permissions=[P.DOCUMENT_READ, P.TASK_ASSIGN])
    with pytest.raises(PermissionDenied):
        make_role(by=again(user), name="Khác", permissions=[P.RIGHTS_READ], gives=[P.URGE])
    make_role(by=again(user), name="Khác", permissions=[P.RIGHTS_READ])
    with pytest.raises(PermissionDenied):
        change_role(by=again(user), role=keeping, permissions=[*KEEPS_RIGHTS, P.TASK_ASSIGN])


def test_a_role_is_retired_when_nobody_holds_it(cast: Cast) -> None:
    archive = made(cast)
    grant = give(cast.administrator, cast.member, cast.ward, archive.code, since=in_days(3))
    with pytest.raises(Refused):
        retire_role(by=again(cast.administrator), role=archive)
    end_role(by=again(cast.administrator), grant=grant)
    assert retire_role(by=again(cast.administrator), role=archive).retired_at
    assert str(RoleGrant.objects.get(pk=grant.pk).role) == "Lưu trữ"
    assert not list(doubles())
    with pytest.raises(Refused):
        retire_role(by=again(cast.administrator), role=role(BuiltIn.MEMBER))


def test_what_one_has_in_a_cell_is_not_spread_over_the_whole(cast: Cast) -> None:
    other = User.objects.create_user("quantri.hai", display_name="Quản trị hai")
    give(cast.administrator, other, cast.city, "administrator")
    give(cast.administrator, other, cast.cell, "head_of_cell")
    with pytest.raises(Refused) as refusal:
        change_role(by=again(other), role=role("administrator"), permissions=[Permission.TASK_ACCEPT])
    assert refusal.value.code == "own"
