"""Whose account somebody may hand out a way into.

Whoever prints an invitation could use it. So a clerk lets in only those who may do no more than the clerk; an
administrator those whose every role lies within reach. A ward's administrator cannot get into the account of a leader
of the city who is a member of a cell in the ward.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.organizations.models import Delegation, Person, RoleGrant
from thongsuot.organizations.reach import Grant, can_anywhere, grants_of, own_unit_ids

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def may_invite_somebody(user: Viewer) -> bool:
    return can_anywhere(user, Permission.ACCOUNT_INVITE) or can_anywhere(user, Permission.ACCOUNT_MANAGE)


def units_in_charge(user: Viewer) -> list[int]:
    """The units in whose name this person looks after accounts, highest first."""
    return [*own_unit_ids(user, Permission.ACCOUNT_MANAGE), *own_unit_ids(user, Permission.ACCOUNT_INVITE)]


def whom_may_invite(user: Viewer, people: Iterable[Person]) -> set[int]:
    """Keys of those people in charge whom this person may give a way in. Never oneself: there is a page for that."""
    mine = grants_of(user)
    return {
        person.pk
        for person, theirs in _authority_of(user, people)
        if all(_is_covered(permission, grant, mine) for grant in theirs for permission in grant.permissions)
    }


def whom_may_manage(user: Viewer, people: Iterable[Person]) -> set[int]:
    """Keys of those whose account this person may close, open and free of a lost device."""
    mine = [grant for grant in grants_of(user) if Permission.ACCOUNT_MANAGE in grant.permissions]
    return {
        person.pk
        for person, theirs in _authority_of(user, people)
        if mine and all(any(own.covers(grant) for own in mine) for grant in theirs)
    }


def _authority_of(user: Viewer, people: Iterable[Person]) -> list[tuple[Person, list[Grant]]]:
    """Each person but oneself with every role in force and all that is lent to them, in two queries."""
    people = [person for person in people if person.user_id is None or person.user_id != user.pk]
    accounts = [person.user_id for person in people if person.user_id]
    held: dict[int, list[Grant]] = defaultdict(list)
    if accounts:
        for row in RoleGrant.objects.valid_on().filter(user__in=accounts).select_related("unit", "role"):
            held[row.user_id].append(
                Grant(row.role_id, row.role.label, row.role.can_do, row.unit, row.reaches_subtree)
            )
        # What the lender could lend at most: more than it may be, never less.
        for loan in Delegation.objects.in_force().filter(delegate__in=accounts).select_related("unit"):
            held[loan.delegate_id].append(Grant("", "", loan.lent, loan.unit, loan.reaches_subtree))
    return [(person, held[person.user_id] if person.user_id else []) for person in people]


def _is_covered(permission: Permission, grant: Grant, mine: Iterable[Grant]) -> bool:
    return any(
        own.covers(grant) and (permission in own.permissions or Permission.ACCOUNT_MANAGE in own.permissions)
        for own in mine
    )
