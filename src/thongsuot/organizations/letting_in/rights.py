"""Whose account somebody may hand out a way into.

Whoever prints an invitation could use it. So a clerk lets in only those who may do no more than the clerk; an
administrator those whose every role lies within reach. A ward's administrator cannot get into the account of a leader
of the city who is a member of a cell in the ward.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from thongsuot.accounts.roles import PERMISSIONS_OF, Permission
from thongsuot.organizations.models import Person, RoleGrant
from thongsuot.organizations.reach import Grant, can_anywhere, grants_of

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def may_invite_somebody(user: Viewer) -> bool:
    return can_anywhere(user, Permission.ACCOUNT_INVITE) or can_anywhere(user, Permission.ACCOUNT_MANAGE)


def whom_may_invite(user: Viewer, people: Iterable[Person]) -> set[int]:
    """Keys of those people in charge whom this person may give a way in. Never oneself: there is a page for that."""
    mine = grants_of(user)
    return {
        person.pk
        for person, theirs in _roles_of(user, people)
        if all(
            _is_covered(permission, grant, mine)
            for grant in theirs
            for permission in PERMISSIONS_OF[grant.role]
        )
    }


def whom_may_manage(user: Viewer, people: Iterable[Person]) -> set[int]:
    """Keys of those whose account this person may close, open and free of a lost device."""
    mine = [grant for grant in grants_of(user) if Permission.ACCOUNT_MANAGE in PERMISSIONS_OF[grant.role]]
    return {
        person.pk
        for person, theirs in _roles_of(user, people)
        if mine and all(any(_holds(own, grant) for own in mine) for grant in theirs)
    }


def _roles_of(user: Viewer, people: Iterable[Person]) -> list[tuple[Person, list[Grant]]]:
    """Each person but oneself with every role in force, in one query."""
    people = [person for person in people if person.user_id is None or person.user_id != user.pk]
    accounts = [person.user_id for person in people if person.user_id]
    held: dict[int, list[Grant]] = defaultdict(list)
    if accounts:
        for row in RoleGrant.objects.valid_on().filter(user__in=accounts).select_related("unit"):
            held[row.user_id].append(Grant(row.role, row.unit, row.reaches_subtree))
    return [(person, held[person.user_id] if person.user_id else []) for person in people]


def _is_covered(permission: Permission, grant: Grant, mine: Iterable[Grant]) -> bool:
    return any(
        _holds(own, grant)
        and (permission in PERMISSIONS_OF[own.role] or Permission.ACCOUNT_MANAGE in PERMISSIONS_OF[own.role])
        for own in mine
    )


def _holds(own: Grant, other: Grant) -> bool:
    """Whether one role reaches all that the other reaches."""
    return own.reaches(other.unit) and (own.reaches_subtree or not other.reaches_subtree)
