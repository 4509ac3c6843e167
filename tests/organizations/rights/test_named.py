"""Rights as a named value of prepared queries, for somebody with roles in many units."""

from __future__ import annotations

from typing import Any

import pytest

from thongsuot.accounts.models import Role, User
from thongsuot.accounts.roles import Permission
from thongsuot.core import clock
from thongsuot.core.prepared import Prepared
from thongsuot.organizations.models import RoleGrant, Unit, UnitKind
from thongsuot.organizations.reach import grants_of, reach
from thongsuot.organizations.rights_named import RightsOf
from thongsuot.organizations.services import found_units

pytestmark = pytest.mark.django_db
MANY = 40


def _units_read(user: User) -> Any:
    return Unit.objects.filter(reach(user, Permission.UNIT_READ, field="")).order_by("pk").values_list("pk")


@pytest.fixture
def units() -> list[Unit]:
    day = clock.today()
    rows = [
        Unit(kind=UnitKind.DEPARTMENT, name=f"Unit {n}", short_name=f"U {n}", valid_from=day)
        for n in range(2 * MANY)
    ]
    return found_units(rows)


def _with_roles(name: str, units: list[Unit]) -> User:
    user = User.objects.create(username=name, display_name=name)
    role, _made = Role.objects.get_or_create(
        code="reads", defaults={"name": "Reads", "permissions": [Permission.UNIT_READ]}
    )
    for unit in units:
        RoleGrant.objects.create(
            user=user, unit=unit, role=role, reaches_subtree=True, valid_from=clock.today()
        )
    return user


def test_each_of_many_roles_counts_and_the_next_person_has_their_own(units: list[Unit]) -> None:
    prepared = Prepared[tuple[int]](_units_read)
    first, second = _with_roles("first", units[:MANY]), _with_roles("second", units[MANY:])
    for user, expected in ((first, units[:MANY]), (second, units[MANY:])):
        assert len(grants_of(user)) == MANY
        assert {key for (key,) in prepared(user=RightsOf(user))} == {unit.pk for unit in expected}
    assert len(prepared._ready) == 1, "the same roles: the same SQL"


def test_a_role_that_ended_is_not_read_from_what_was_prepared(units: list[Unit]) -> None:
    prepared = Prepared[tuple[int]](_units_read)
    user = _with_roles("first", units[:2])
    assert len(prepared(user=RightsOf(user))) == 2
    RoleGrant.objects.filter(user=user, unit=units[0]).update(valid_to=clock.today())
    assert prepared(user=RightsOf(User.objects.get(pk=user.pk))) == [(units[1].pk,)]
    RoleGrant.objects.filter(user=user).update(valid_to=clock.today())
    assert prepared(user=RightsOf(User.objects.get(pk=user.pk))) == []
