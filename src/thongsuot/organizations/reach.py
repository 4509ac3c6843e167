"""How far a person's rights go: from roles in units to a condition every query can start from.

One query a request reads the grants in force; all else is compared in memory or put into the query as ranges
of the path index.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from thongsuot.accounts.models import Role, User
from thongsuot.accounts.queries import second_steps
from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.core.prepared import Prepared
from thongsuot.organizations.models import Delegation, Person, RoleGrant, Unit
from thongsuot.organizations.models.units import SEGMENT, day_before

if TYPE_CHECKING:
    Viewer = User | AnonymousUser


class Place(Protocol):
    """Where something stands in the tree: a unit, or as much of one as was read."""

    @property
    def path(self) -> str: ...

    @property
    def valid_to(self) -> dt.date | None: ...


@dataclass(frozen=True)
class Grant:
    """Authority in force: a role of one's own, or what somebody lent of theirs."""

    role: str
    role_name: str
    permissions: frozenset[Permission]
    unit: Unit
    reaches_subtree: bool
    until: dt.date | None = None
    lent_by: User | None = None
    delegation_id: int | None = None
    # What a holder who may give roles may put into other hands; never lent.
    gives: frozenset[Permission] = frozenset()
    # From when on it asks for a second step at signing in.
    second_step_from: dt.date | None = None
    # Whether units that have ended hang directly below this one: what they left is this one's.
    has_ended_below: bool = False

    @property
    def unit_id(self) -> int:
        return self.unit.pk

    @property
    def path(self) -> str:
        return self.unit.path

    @property
    def unit_name(self) -> str:
        return self.unit.short_name

    @property
    def last_day(self) -> dt.date | None:
        return day_before(self.until)

    def reaches(self, unit: Place) -> bool:
        if self.reaches_subtree:
            return unit.path.startswith(self.path)
        if unit.path == self.path:
            return True
        # A unit that has ended hangs below the one that took over, which answers for what it left.
        return unit.path[:-SEGMENT] == self.path and unit.valid_to is not None and unit.valid_to <= today()

    def covers(self, other: Grant) -> bool:
        """Whether everything the other grant reaches is reached by this one."""
        return self.reaches(other.unit) and (self.reaches_subtree or not other.reaches_subtree)


def grants_of(user: Viewer) -> tuple[Grant, ...]:
    """What is in force today, highest unit first, one's own before what is lent; read once for each request's user."""
    if not user.is_authenticated:
        return ()
    known: tuple[Grant, ...] | None = getattr(user, "_grants", None)
    if known is None:
        rows = _ROWS(user=user.pk, day=today())
        grants = [grant for row in rows if (grant := _grant_of(row, user)) is not None]
        grants.sort(key=lambda grant: (grant.path, grant.lent_by is not None, grant.role))
        known = tuple(grants)
        user._has_second_step = any(row.has_second_step for row in rows)  # type: ignore[attr-defined]  # cache
        user._grants = known  # type: ignore[attr-defined]  # a cache that lives as long as the request's user
        for row in rows:
            if row.user_id == user.pk:  # who it is comes with the roles
                user._person = getattr(row.user, "person", None)  # type: ignore[attr-defined]  # cache
                break
    return known


def has_second_step(user: User) -> bool:
    """Whether somebody who holds a role has set up a second step for signing in; asked with the roles."""
    grants_of(user)
    known: bool = getattr(user, "_has_second_step", False)
    return known


def forget_grants(user: Viewer) -> None:
    """Read them again at the next question: they may have changed since the request began."""
    vars(user).pop("_grants", None)


def _rows_of(user: int, day: dt.date) -> QuerySet[Any]:
    """The person's own roles and those of the people who lend theirs, with what each loan says: one query."""
    lenders = Delegation.objects.in_force(day).filter(delegate=user).values("principal_id")
    whose = User.objects.filter(pk=user).values("pk").union(lenders, all=True)
    ended = Unit.objects.filter(parent=OuterRef("unit"), valid_to__lte=day)
    return (
        RoleGrant.objects.valid_on(day)
        .filter(user__in=whose)
        .annotate(
            has_ended_below=Exists(ended),
            has_second_step=Exists(second_steps(user)),
            loan=FilteredRelation(
                "user__delegations_made",
                condition=Q(
                    user__delegations_made__delegate=user,
                    user__delegations_made__revoked_at=None,
                    user__delegations_made__valid_from__lte=day,
                    user__delegations_made__valid_to__gt=day,
                ),
            ),
        )
        .select_related("unit", "role", "user__person", "loan__unit")  # type: ignore[misc]  # loan: named above
    )


_ROWS = Prepared[Any](_rows_of)
_PERSON = Prepared[Person](lambda user: Person.objects.filter(user=user).order_by("pk")[:1])


def _grant_of(row: Any, user: User) -> Grant | None:
    """One's own role as it is; of somebody else's the part that is lent: what both reach and both allow."""
    role = row.role
    own = Grant(
        role.code,
        role.label,
        role.can_do,
        row.unit,
        row.reaches_subtree,
        row.valid_to,
        gives=role.can_give,
        second_step_from=asked_from(role, row.valid_from),
        has_ended_below=row.has_ended_below,
    )
    if row.user_id == user.pk:
        return own
    loan = row.loan
    where = shared_part(own, loan.unit, loan.reaches_subtree)
    if where is None:
        return None
    unit, reaches_subtree = where
    until = min(loan.valid_to, row.valid_to or loan.valid_to)
    permissions = own.permissions & loan.lent
    return Grant(
        own.role,
        own.role_name,
        permissions,
        unit,
        reaches_subtree,
        until,
        row.user,
        loan.pk,
        second_step_from=asked_from(role, max(row.valid_from, loan.valid_from)),
        has_ended_below=True,  # perhaps: nobody has looked below the unit of the loan
    )


def asked_from(role: Role, since: dt.date) -> dt.date | None:
    """Whoever gets the role, or has it when it begins to ask, may do without for some days."""
    if role.second_step_since is None:
        return None
    return max(role.second_step_since, since) + dt.timedelta(days=settings.SECOND_STEP_DAYS)


def shared_part(grant: Grant, unit: Unit, reaches_subtree: bool) -> tuple[Unit, bool] | None:
    """What a grant and a part of the tree have in common: of two that meet, one holds the other."""
    if grant.reaches(unit):
        return unit, reaches_subtree and grant.reaches_subtree
    if reaches_subtree and grant.path.startswith(unit.path):
        return grant.unit, grant.reaches_subtree
    return None


def person_of(user: Viewer) -> Person | None:
    """Who the account belongs to, read once for each request's user object."""
    if not user.is_authenticated:
        return None
    if not hasattr(user, "_person"):
        grants_of(user)
    if not hasattr(user, "_person"):
        user._person = _PERSON.first(user=user.pk)  # type: ignore[attr-defined]  # cache
    person: Person | None = user._person  # type: ignore[attr-defined]  # cache
    return person


def grants_with(user: Viewer, permission: Permission) -> list[Grant]:
    return [grant for grant in grants_of(user) if permission in grant.permissions]


def can(user: Viewer, permission: Permission, unit: Place) -> bool:
    """Whether a role gives the permission in this unit. No query beyond the grants.

    The answer is remembered: what is recorded next was done in the name of whoever lent the authority for it.
    """
    return _noted(user, [grant for grant in grants_with(user, permission) if grant.reaches(unit)])


def holds(user: Viewer, permission: Permission, unit_id: int) -> bool:
    """Whether a role in this very unit gives the permission: answering for it, not from above."""
    return _noted(user, [grant for grant in grants_with(user, permission) if grant.unit_id == unit_id])


def acting_for(user: Viewer, permission: Permission, unit: Unit) -> User | None:
    """Whose authority a person uses in this unit; nobody's when it is their own, or when there is none."""
    return _lender([grant for grant in grants_with(user, permission) if grant.reaches(unit)])


def in_own_name(user: Viewer) -> None:
    """What is recorded next, the person does as themselves: their own task, their own reading."""
    user._acts_for = None  # type: ignore[union-attr]  # as long as the request's user


def authority_used(by: User, verb: str, unit_id: int | None) -> User | None:
    """Whose authority the last right that was asked for came from; the record of acts asks."""
    used: User | None = getattr(by, "_acts_for", None)
    return used


def _noted(user: Viewer, giving: list[Grant]) -> bool:
    user._acts_for = _lender(giving)  # type: ignore[union-attr]  # as long as the request's user
    return bool(giving)


def _lender(giving: list[Grant]) -> User | None:
    """One's own authority comes first; of several loans, the one from the highest unit."""
    if not giving or any(grant.lent_by is None for grant in giving):
        return None
    return giving[0].lent_by


def can_anywhere(user: Viewer, permission: Permission) -> bool:
    return bool(grants_with(user, permission))


def reach(user: Viewer, permission: Permission, field: str = "unit") -> Q:
    """The condition "in a unit where this person has the permission" on a foreign key to ``Unit``.

    ``field`` is the way to the unit ("" when the queryset is of units itself).
    """
    prefix = f"{field}__" if field else ""
    key = f"{field}_id" if field else "pk"
    condition = Q(**{f"{key}__in": []})
    grants = without_repetition(grants_with(user, permission))
    alone = [grant.unit_id for grant in grants if not grant.reaches_subtree]
    if alone:
        condition = Q(**{f"{key}__in": alone})
    heirs = [grant.unit_id for grant in grants if not grant.reaches_subtree and grant.has_ended_below]
    if heirs:
        condition |= Q(**{f"{key}__in": ended_below(heirs)})
    for grant in grants:
        if grant.reaches_subtree:
            condition |= Q(**{f"{prefix}path__gte": grant.path, f"{prefix}path__lt": grant.path + "~"})
    return condition


def reaches_everything_below_a_root(user: Viewer, permission: Permission) -> bool:
    """Whether the condition of ``reach`` holds for a whole tree: conditions on it are then better asked row by row."""
    return any(grant.reaches_subtree and not grant.unit.depth for grant in grants_with(user, permission))


def ended_below(unit_ids: Iterable[int]) -> QuerySet[Any]:
    """The keys of the units that have ended and hang directly below these, which took over from them."""
    return Unit.objects.filter(parent__in=list(unit_ids), valid_to__lte=today()).values("pk")


def without_repetition(grants: Iterable[Grant]) -> list[Grant]:
    """The grants that reach something no other of them reaches, highest unit first."""
    kept: list[Grant] = []
    tops: list[str] = []
    for grant in sorted(grants, key=lambda grant: (grant.path, not grant.reaches_subtree)):
        # A path is a chain of ranges: only the last top can hold what comes after it in path order.
        if tops and grant.path.startswith(tops[-1]):
            continue
        if grant.reaches_subtree:
            tops.append(grant.path)
        elif kept and kept[-1].path == grant.path:
            continue
        kept.append(grant)
    return kept


def own_unit_ids(user: Viewer, permission: Permission) -> list[int]:
    """The units in which the person holds a role with the permission, not those below."""
    return list(dict.fromkeys(grant.unit_id for grant in grants_with(user, permission)))


def own_units(user: Viewer, permission: Permission) -> list[Unit]:
    """The same as rows, highest first: what a person acts for when a form asks "in whose name"."""
    return list(Unit.objects.filter(pk__in=own_unit_ids(user, permission)).order_by("path"))


def top_grant(user: Viewer, permissions: Iterable[Permission]) -> Grant | None:
    """The highest unit in which the person has any of the permissions."""
    wanted = set(permissions)
    for grant in grants_of(user):
        if wanted & grant.permissions:
            return grant
    return None
