"""Whose account somebody may hand out a way into.

Whoever prints an invitation could use it. So a clerk lets in only those who may do no more than the clerk; an
administrator those whose every role lies within reach. A ward's administrator cannot get into the account of a leader
of the city who is a member of a cell in the ward.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import F, Q

from thongsuot.accounts.models import Invitation
from thongsuot.accounts.roles import Permission
from thongsuot.accounts.services import revoke_invitations
from thongsuot.core.clock import today
from thongsuot.organizations.models import Delegation, Person, RoleGrant
from thongsuot.organizations.reach import Grant, can_anywhere, grants_of, own_unit_ids

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.reach import Viewer


def may_invite_somebody(user: Viewer) -> bool:
    return can_anywhere(user, Permission.ACCOUNT_INVITE) or can_anywhere(user, Permission.ACCOUNT_MANAGE)


def units_in_charge(user: Viewer) -> list[int]:
    """The units in whose name this person looks after accounts, highest first."""
    return [*own_unit_ids(user, Permission.ACCOUNT_MANAGE), *own_unit_ids(user, Permission.ACCOUNT_INVITE)]


def whom_may_invite(user: Viewer, people: Iterable[Person]) -> set[int]:
    """Keys of those people in charge whom this person may give a way in. Never oneself: there is a page for that."""
    if not may_invite_somebody(user):
        return set()
    mine = grants_of(user)
    return {
        person.pk
        for person, theirs in _authority_of(user, people)
        if all(_is_covered(permission, grant, mine) for grant in theirs for permission in grant.permissions)
    }


def may_lead_letters_of(user: Viewer, person: Person) -> bool:
    """Whether this person may say where letters to somebody go: with an account, a way in is sent there."""
    if person.user_id is None or person.user_id == user.pk:
        return True
    return person.pk in whom_may_invite(user, [person])


def withdraw_weaker_invitation(*, by: User, user: User, unit_id: int) -> None:
    """Whoever printed a way in could still use it: it ends when the person may do more than who handed it out."""
    person = Person.objects.filter(user=user).first()
    given = Invitation.objects.open().filter(user=user).exclude(by=None).select_related("by")
    givers = {row.by_id: row.by for row in given if row.by}
    if person and any(person.pk not in whom_may_invite(giver, [person]) for giver in givers.values()):
        revoke_invitations(by=by, user=user, unit_id=unit_id)


def whom_may_manage(user: Viewer, people: Iterable[Person]) -> set[int]:
    """Keys of those whose account this person may close, open and free of a lost device."""
    mine = [grant for grant in grants_of(user) if Permission.ACCOUNT_MANAGE in grant.permissions]
    return {
        person.pk
        for person, theirs in _authority_of(user, people)
        if mine and all(any(own.covers(grant) for own in mine) for grant in theirs)
    }


def _not_over() -> Q:
    # One that was taken back before its first day is in force on no day.
    return (Q(valid_to=None) | Q(valid_to__gt=today())) & ~Q(valid_to=F("valid_from"))


def _authority_of(user: Viewer, people: Iterable[Person]) -> list[tuple[Person, list[Grant]]]:
    """Each person but oneself with every role and all that is lent to them, now or later, in two queries.

    What only begins tomorrow counts today: an invitation printed now still works then.
    """
    people = [person for person in people if person.user_id is None or person.user_id != user.pk]
    accounts = [person.user_id for person in people if person.user_id]
    held: dict[int, list[Grant]] = defaultdict(list)
    if accounts:
        roles = RoleGrant.objects.filter(_not_over(), user__in=accounts).select_related("unit", "role")
        for row in roles:
            held[row.user_id].append(
                Grant(row.role_id, row.role.label, row.role.can_do, row.unit, row.reaches_subtree)
            )
        # What the lender could lend at most: more than it may be, never less.
        loans = Delegation.objects.filter(_not_over(), revoked_at=None, delegate__in=accounts)
        for loan in loans.select_related("unit"):
            held[loan.delegate_id].append(Grant("", "", loan.lent, loan.unit, loan.reaches_subtree))
    return [(person, held[person.user_id] if person.user_id else []) for person in people]


def _is_covered(permission: Permission, grant: Grant, mine: Iterable[Grant]) -> bool:
    return any(
        own.covers(grant) and (permission in own.permissions or Permission.ACCOUNT_MANAGE in own.permissions)
        for own in mine
    )
