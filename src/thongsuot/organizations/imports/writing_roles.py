"""Giving the roles of a table, with accounts for those who have none, and taking both back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from thongsuot.accounts.models import User
from thongsuot.accounts.queries import ways_of
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.organizations.imports.undoing import ChangedSinceError
from thongsuot.organizations.letting_in.services import make_accounts
from thongsuot.organizations.models import Person, RoleGrant
from thongsuot.organizations.permissions_of_rights import can_give_roles_in
from thongsuot.organizations.services.rights.administrators import an_administrator_stays
from thongsuot.organizations.services.rights.giving import give_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thongsuot.organizations.imports.people import Known
    from thongsuot.organizations.imports.roles import WantedRole


def give_roles(wanted: Sequence[tuple[Known, WantedRole]], by: User) -> dict[str, Any]:
    """Give each role as a person would on the page of rights; an account made for it has no way in yet."""
    people = {known.person.pk: known.person for known, _role in wanted}
    without = [person for person in people.values() if person.user_id is None]
    make_accounts(without)
    grants = []
    for known, one in wanted:
        user = known.person.user
        assert user is not None  # noqa: S101  # just made
        assert one.since is not None  # noqa: S101  # decided when it was looked at
        grant = give_role(by=by, user=user, unit=one.unit, role=one.role, since=one.since, until=one.until)
        grants.append([grant.pk, str(grant.valid_to) if grant.valid_to else None])
    return {"roles": grants, "accounts": [[person.pk, person.user_id] for person in without]}


def take_back_roles(made: dict[str, Any], by: User) -> None:
    """Remove the roles while they are what was given, then the accounts that have no password and no office link."""
    if not made.get("roles"):
        return
    with an_administrator_stays():
        for key, until in made["roles"]:
            grant = RoleGrant.objects.select_related("unit").filter(pk=key).first()
            if grant is None or grant.valid_to != (dt.date.fromisoformat(until) if until else None):
                raise ChangedSinceError
            require(can_give_roles_in(by, grant.unit, reaches_subtree=grant.reaches_subtree))
            record("role.ended", by=by, on=grant, unit_id=grant.unit_id, before={"role": grant.role_id})
            grant.delete()
    for person, user in made["accounts"]:
        account = User.objects.filter(pk=user).first()
        if account is None or account.has_usable_password() or ways_of(account).office_uid:
            raise ChangedSinceError
        if not Person.objects.filter(pk=person, user=user).update(user=None):
            raise ChangedSinceError
        account.delete()
