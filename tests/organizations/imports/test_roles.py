"""Roles in a table of people: given row by row with the sender's own rights, with an account, and taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.socialaccount.models import SocialAccount

from tests.cast import Cast
from tests.organizations.imports.tables import PEOPLE, codes, counts, looked_through, written
from thongsuot.accounts.models import Role, User
from thongsuot.accounts.roles import BuiltIn
from thongsuot.audit.models import Act
from thongsuot.core.clock import today
from thongsuot.organizations.imports import services
from thongsuot.organizations.models import ImportState, Membership, Person, RoleGrant
from thongsuot.organizations.services import grant_role


def somebody(cast: Cast, code: str = "A1", **more: str) -> dict[str, str]:
    return {"code": code, "name": f"Lê Văn {code}", "cell": cast.cell.name} | more


def test_a_role_with_an_account_is_given_once_and_taken_back(cast: Cast) -> None:
    until = today() + dt.timedelta(days=30)
    rows = (
        somebody(cast, role="văn thư", role_unit=cast.ward.name, role_to=f"{until:%d/%m/%Y}"),
        somebody(cast, role="Officer", role_unit=cast.other_ward.name),
        somebody(cast, "A2"),
    )
    batch = written(cast, PEOPLE, *rows)
    assert batch.state == ImportState.DONE
    person = Person.objects.get(code="A1")
    assert person.user is not None
    assert not person.user.has_usable_password()
    grants = {(grant.unit, grant.role_id, grant.valid_to) for grant in person.user.grants.all()}
    assert grants == {(cast.ward, BuiltIn.CLERK, until), (cast.other_ward, BuiltIn.OFFICER, None)}
    assert Act.objects.filter(verb="role.given", by=cast.administrator).count() == 2
    assert Person.objects.get(code="A2").user is None
    assert counts(looked_through(cast, PEOPLE, *rows)) == (0, 0, 2, 1)  # the second row says nothing new
    services.undo_import(by=cast.administrator, batch=batch)
    batch.refresh_from_db()
    assert batch.state == ImportState.UNDONE
    assert not Person.objects.filter(code="A1").exists()
    assert not User.objects.filter(display_name="Lê Văn A1").exists()
    assert Act.objects.filter(verb="role.ended", by=cast.administrator).count() == 2


@pytest.mark.parametrize("way", ["password", "office"])
def test_what_somebody_did_with_the_account_is_not_taken_back(cast: Cast, way: str) -> None:
    batch = written(cast, PEOPLE, somebody(cast, role="văn thư"))
    user = User.objects.get(person__code="A1")
    if way == "password":
        user.set_password("đã vào rồi nhé")
        user.save()
    else:
        SocialAccount.objects.create(user=user, provider="office", uid="a1")
    services.undo_import(by=cast.administrator, batch=batch)
    batch.refresh_from_db()
    assert (batch.state, batch.failure) == (ImportState.DONE, "depends")
    assert RoleGrant.objects.filter(user=user).exists()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"role": "thần tài"}, "unknown_role"),
        ({"role_to": "01/01/2030"}, "no_role"),
        ({"role": "văn thư", "role_from": "01/01/2026"}, "role_past"),
        ({"role": "văn thư", "role_to": "01/01/2026"}, "ends_before"),
        ({"role": "văn thư", "role_unit": "Không có"}, "unknown_unit"),
    ],
)
def test_a_role_that_cannot_be_read_says_why(cast: Cast, row: dict[str, str], code: str) -> None:
    assert codes(looked_through(cast, PEOPLE, somebody(cast, **row))) == [[code]]


def test_nobody_gives_further_than_they_reach(cast: Cast) -> None:
    """Somebody who keeps people and gives roles in a ward: not elsewhere, not to themselves, not after it has ended."""
    keeper = User.objects.create_user("giunguoi", display_name="Người giữ danh sách")
    person = Person.objects.create(name="Người giữ danh sách", code="K", user=keeper)
    Membership.objects.create(person=person, unit=cast.cell, valid_from=today())
    keeping = Role.objects.create(code="keeping", name="Giữ danh sách", permissions=["people.manage"])
    RoleGrant.objects.create(
        user=keeper, unit=cast.ward, role=keeping, valid_from=today(), reaches_subtree=True
    )
    giving = grant_role(user=keeper, unit=cast.ward, role=BuiltIn.ADMINISTRATOR, since=today())
    rows = (
        somebody(cast, role="văn thư"),
        somebody(cast, "A2", role="văn thư", role_unit=cast.other_ward.name),
        {"code": "K", "name": "Người giữ danh sách", "cell": cast.cell.name, "role": "lãnh đạo"},
    )
    batch = looked_through(cast, PEOPLE, *rows, unit=cast.ward, by=keeper)
    assert codes(batch) == [[], ["unknown_unit"], ["role_beyond"]]
    giving.delete()
    again = looked_through(cast, PEOPLE, *rows, unit=cast.ward, by=User.objects.get(pk=keeper.pk))
    assert codes(again) == [["no_account"], ["unknown_unit"], ["role_beyond"]]
    # The right has ended between the preview and the writing: the row is left out.
    services.carry_out_import(by=User.objects.get(pk=keeper.pk), batch=batch, skip_wrong=True)
    batch.refresh_from_db()
    assert (batch.state, codes(batch)[0]) == (ImportState.DONE, ["moved_on"])
    assert not Person.objects.filter(code="A1").exists()
