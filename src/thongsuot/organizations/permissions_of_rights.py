"""Who may look at rights, give them, shape roles and lend authority. Only authority of one's own counts here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.organizations.reach import Grant, can_anywhere, grants_of, grants_with

if TYPE_CHECKING:
    from thongsuot.accounts.models import Role, User
    from thongsuot.organizations.models import Unit
    from thongsuot.organizations.reach import Viewer


def can_see_rights(user: Viewer) -> bool:
    return can_anywhere(user, Permission.RIGHTS_READ)


def can_give_roles(user: Viewer) -> bool:
    return bool(_own(grants_with(user, Permission.RIGHTS_GIVE)))


def can_give_roles_in(user: Viewer, unit: Unit, *, reaches_subtree: bool = False) -> bool:
    """In this unit, and below it where the role is to reach there too."""
    return bool(_covering(grants_with(user, Permission.RIGHTS_GIVE), unit, reaches_subtree))


def may_put_into_hands(
    user: User, unit: Unit, *, reaches_subtree: bool, whose: User
) -> frozenset[Permission]:
    """The permissions this person may give somebody here: what they have, and what they were entrusted to give.

    For themselves nobody gives what they do not have already.
    """
    if not can_give_roles_in(user, unit, reaches_subtree=reaches_subtree):
        return frozenset()
    covering = _covering(grants_of(user), unit, reaches_subtree)
    allowed: frozenset[Permission] = frozenset().union(*(grant.permissions for grant in covering))
    if user.pk != whose.pk:
        entrusted = (grant.gives for grant in covering if Permission.RIGHTS_GIVE in grant.permissions)
        allowed = allowed.union(*entrusted)
    return allowed


def can_give(user: User, role: Role, unit: Unit, *, reaches_subtree: bool, whose: User) -> bool:
    allowed = may_put_into_hands(user, unit, reaches_subtree=reaches_subtree, whose=whose)
    return role.can_do | role.can_give <= allowed


def can_shape_roles(user: Viewer) -> bool:
    """A role is the same everywhere, so it is shaped from the top only."""
    return any(
        grant.reaches_subtree and grant.unit.parent_id is None
        for grant in _own(grants_with(user, Permission.ROLES_SHAPE))
    )


def can_lend(user: Viewer) -> bool:
    return bool(_own(grants_with(user, Permission.AUTHORITY_LEND)))


def only_lends(user: Viewer) -> bool:
    """Who has something to do with lent authority and does not see the rights of a unit, where it is found as well."""
    concerned = can_lend(user) or any(grant.lent_by for grant in grants_of(user))
    return concerned and not can_see_rights(user)


def own_grants(user: Viewer) -> list[Grant]:
    """What a person has by roles of their own: all that can be lent."""
    return _own(list(grants_of(user)))


def _own(grants: list[Grant]) -> list[Grant]:
    return [grant for grant in grants if grant.lent_by is None]


def _covering(grants: tuple[Grant, ...] | list[Grant], unit: Unit, reaches_subtree: bool) -> list[Grant]:
    return [
        grant
        for grant in _own(list(grants))
        if grant.reaches(unit) and (grant.reaches_subtree or not reaches_subtree)
    ]
