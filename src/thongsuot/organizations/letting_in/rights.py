"""Whose account somebody may hand out a way into.

Whoever prints an invitation could use it. So everybody lets in only those whose every right they have themselves, or
could give: a clerk those who may do no more than the clerk, an administrator those whose every role lies within reach.
A ward's administrator cannot get into the account of a leader of the city who is a member of a cell in the ward, and
looking after accounts alone opens no door to rights one could not give.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.utils.translation import gettext as _

from thongsuot.accounts.models import Invitation, Role
from thongsuot.accounts.roles import Permission
from thongsuot.accounts.services import revoke_invitations
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.organizations.models import Delegation, Person, RoleGrant
from thongsuot.organizations.models.units import ancestor_paths
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
    mine = [grant for grant in grants_of(user) if grant.lent_by is None]
    return {
        person.pk
        for person, theirs in _authority_of(user, people)
        if all(
            _could_give(permission, grant, mine)
            for grant in theirs
            for permission in grant.permissions | grant.gives
        )
    }


def require_letting_in(user: User, people: Iterable[Person]) -> None:
    """Stop whoever may not give all of these a way in, and say who can."""
    people = list(people)
    allowed = whom_may_invite(user, people)
    refused = [person for person in people if person.pk not in allowed]
    if not refused:
        return
    require(may_invite_somebody(user) and refused[0].user_id != user.pk)
    raise PermissionDenied(who_else_may(user, refused[0]))


def who_else_may(user: User, person: Person) -> str:
    """The sentence for somebody who asks why they cannot give this person a way in."""
    others = {"people": ", ".join(helper.display_name for helper in _helpers_of(person) if helper != user)}
    if others["people"]:
        return _("These rights go further than you may give. A way in is given by: %(people)s.") % others
    return _("These rights go further than you may give. Whoever may give them all gives the way in.")


def _helpers_of(person: Person) -> list[User]:
    """Up to three who may give the person a way in, the nearest first."""
    paths = RoleGrant.objects.filter(_not_over(), user=person.user_id).values_list("unit__path", flat=True)
    above = {upper for path in paths for upper in ancestor_paths(path)}
    roles = [role.code for role in Role.objects.all() if Permission.ACCOUNT_MANAGE in role.can_do]
    there = RoleGrant.objects.valid_on().filter(
        role__in=roles, unit__path__in=above, reaches_subtree=True, user__is_active=True
    )
    found: list[User] = []
    for grant in there.exclude(user=person.user_id).select_related("user").order_by("-unit__depth", "pk")[:9]:
        if grant.user not in found and person.pk in whom_may_invite(grant.user, [person]):
            found.append(grant.user)
    return found[:3]


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
    people = [
        person for person in people if person.erased_at is None
    ]  # nobody is behind that account any more
    accounts = [person.user_id for person in people if person.user_id]
    held: dict[int, list[Grant]] = defaultdict(list)
    if accounts:
        roles = RoleGrant.objects.filter(_not_over(), user__in=accounts).select_related("unit", "role")
        for row in roles:
            held[row.user_id].append(
                Grant(
                    row.role_id,
                    row.role.label,
                    row.role.can_do,
                    row.unit,
                    row.reaches_subtree,
                    gives=row.role.can_give,
                )
            )
        # What the lender could lend at most: more than it may be, never less.
        loans = Delegation.objects.filter(_not_over(), revoked_at=None, delegate__in=accounts)
        for loan in loans.select_related("unit"):
            held[loan.delegate_id].append(Grant("", "", loan.lent, loan.unit, loan.reaches_subtree))
    return [(person, held[person.user_id] if person.user_id else []) for person in people]


def _could_give(permission: Permission, grant: Grant, mine: Iterable[Grant]) -> bool:
    """By the rule of giving roles: what one has oneself as far as that, or was entrusted to put into other hands."""
    return any(
        own.covers(grant)
        and (
            permission in own.permissions
            or (Permission.RIGHTS_GIVE in own.permissions and permission in own.gives)
        )
        for own in mine
    )
