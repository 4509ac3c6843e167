"""Who may do what, where and why: what the pages about rights read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from thongsuot.accounts.models import Role, User
from thongsuot.accounts.queries import office_links, second_steps
from thongsuot.accounts.roles import CATALOGUE, Group, Permission, gives_of, permissions_of
from thongsuot.core.clock import today
from thongsuot.organizations.models import (
    Affiliation,
    Delegation,
    Membership,
    Person,
    Position,
    RoleGrant,
    Unit,
)
from thongsuot.organizations.models.units import ancestor_paths, day_before
from thongsuot.organizations.reach import Grant, can, grants_of, grants_with, reach, without_repetition

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

MOST_FOUND = 20


@dataclass(frozen=True)
class Holder:
    """Somebody who may do something in a unit, and through what."""

    user: User
    role_name: str
    permissions: frozenset[Permission]
    unit: Unit
    reaches_subtree: bool
    until: dt.date | None
    lent_by: User | None = None

    @property
    def last_day(self) -> dt.date | None:
        return day_before(self.until)


@dataclass(frozen=True)
class Answer:
    """One permission in words, and the grants that give it."""

    permission: Permission
    sentence: str
    grants: tuple[Grant, ...]


@dataclass(frozen=True)
class Subject:
    """The permissions of one group."""

    label: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Cell:
    """What a role says about a permission: built in, added here, or not at all; and whether it may be given on."""

    is_built_in: bool
    is_added: bool
    may_be_given: bool
    gives_built_in: bool

    @property
    def allows(self) -> bool:
        return self.is_built_in or self.is_added


def sentence_of(permission: Permission) -> str:
    return str(CATALOGUE[permission][1])


def sentences_of(loan: Delegation) -> list[str]:
    """What is lent, in the order of the catalogue."""
    return [sentence_of(one) for one in CATALOGUE if one in loan.lent]


def permissions_by_group() -> list[tuple[str, list[tuple[Permission, str]]]]:
    """The whole catalogue as it is read: group after group, each permission with its sentence."""
    return [
        (str(group.label), [(one, str(words)) for one, (its, words) in CATALOGUE.items() if its == group])
        for group in Group
    ]


def grants_visible_to(user: Viewer) -> QuerySet[RoleGrant]:
    """One's own, and those in units whose rights one may see."""
    own = Q(user=user.pk) if user.is_authenticated else Q(pk__in=[])
    return RoleGrant.objects.filter(reach(user, Permission.RIGHTS_READ) | own)


def grants_without_second_step(user: Viewer) -> QuerySet[RoleGrant]:
    """Roles in force that ask for a second step at signing in, of those who have none, in units one may see."""
    without = (
        RoleGrant.objects.valid_on()
        .filter(reach(user, Permission.RIGHTS_READ), user__is_active=True)
        .exclude(role__second_step_since=None)
        .exclude(Exists(second_steps(OuterRef("user"))))
    )
    rows = without.annotate(has_office=Exists(office_links(OuterRef("user"))))
    return rows.select_related("user__person", "unit", "role").order_by(
        "unit__path", "role_id", "user_id", "pk"
    )


def accounts_visible_to(user: Viewer) -> QuerySet[User]:
    """One's own, and those that hold a role, or hold a loan, where one may see rights."""
    if not user.is_authenticated:
        return User.objects.none()
    here = reach(user, Permission.RIGHTS_READ)
    held = RoleGrant.objects.filter(here, user=OuterRef("pk"))
    lent = Delegation.objects.filter(here, delegate=OuterRef("pk"))
    return User.objects.filter(Q(pk=user.pk) | Exists(held) | Exists(lent))


def loans_visible_to(user: Viewer) -> QuerySet[Delegation]:
    """Those that concern oneself, and those in units whose rights one may see."""
    if not user.is_authenticated:
        return Delegation.objects.none()
    concerned = Q(principal=user.pk) | Q(delegate=user.pk) | Q(made_by=user.pk)
    return Delegation.objects.filter(reach(user, Permission.RIGHTS_READ) | concerned)


def units_to_ask_about(user: Viewer, permission: Permission, text: str) -> list[Unit]:
    """Units within reach by any of their names."""
    found = Unit.objects.search(text).filter(reach(user, permission, field="")) & Unit.objects.valid_on()
    return list(found.order_by("depth", "sort_key", "pk")[:MOST_FOUND])


def accounts_to_choose(user: Viewer, permission: Permission, text: str) -> list[Person]:
    """People with an open account who have a place within reach, by name."""
    people = Person.objects.search(text) & _with_a_place(user, permission)
    return list(people.select_related("user").order_by("sort_key", "pk")[:MOST_FOUND])


def account_to_choose(user: Viewer, permission: Permission, key: int) -> User | None:
    person = _with_a_place(user, permission).filter(user=key).select_related("user").first()
    return person.user if person else None


def _with_a_place(user: Viewer, permission: Permission) -> QuerySet[Person]:
    """Who holds a role or a post within reach, or belongs to a cell there."""
    here = reach(user, permission)
    has_a_place = (
        Q(Exists(RoleGrant.objects.valid_on().filter(here, user=OuterRef("user"))))
        | Q(Exists(Position.objects.valid_on().filter(here, person=OuterRef("pk"))))
        | Q(Exists(Membership.objects.valid_on().filter(here, person=OuterRef("pk"))))
        | Q(Exists(Affiliation.objects.valid_on().filter(here, person=OuterRef("pk"))))
    )
    return Person.objects.filter(has_a_place, user__is_active=True)


def holders_in(unit: Unit, permission: Permission | None = None) -> list[Holder]:
    """Everybody who may do it in this unit, or anything at all, from the highest unit down. Three queries."""
    here = Q(unit=unit) | Q(unit__path__in=ancestor_paths(unit.path)[:-1], reaches_subtree=True)
    if unit.valid_to is not None and unit.valid_to <= today():
        here |= Q(unit=unit.parent_id)  # who took over answers for it
    roles = [role for role in Role.objects.all() if permission is None or permission in role.can_do]
    grants = (
        RoleGrant.objects.valid_on()
        .filter(here, role__in=roles, user__is_active=True)
        .select_related("user", "unit", "role")
        .order_by("unit__path", "role_id", "user__person__sort_key", "user_id")
    )
    own = [
        Holder(row.user, row.role.label, row.role.can_do, row.unit, row.reaches_subtree, row.valid_to)
        for row in grants
    ]
    return own + [holder for loan in _loans_in(here) for holder in _through(loan, own, permission)]


def stand_in_for(principal: User, permission: Permission, unit: Unit) -> User | None:
    """Who acts for somebody in this unit today, by a loan."""
    lent = (holder for holder in holders_in(unit, permission) if holder.lent_by == principal)
    return next((holder.user for holder in lent), None)


def _loans_in(here: Q) -> QuerySet[Delegation]:
    rows = Delegation.objects.in_force().filter(here, delegate__is_active=True)
    return rows.select_related("principal", "delegate", "unit").order_by("unit__path", "valid_to", "pk")


def _through(loan: Delegation, own: Iterable[Holder], permission: Permission | None) -> list[Holder]:
    """What the loan gives its delegate of what the principal has here."""
    found = []
    for holder in own:
        lent = holder.permissions & loan.lent
        if holder.user.pk != loan.principal_id or not (permission in lent if permission else lent):
            continue
        ends = [day for day in (loan.valid_to, holder.until) if day]
        found.append(
            Holder(
                loan.delegate,
                holder.role_name,
                lent,
                loan.unit,
                loan.reaches_subtree,
                min(ends),
                loan.principal,
            )
        )
    return found


def what_can(person: User, viewer: Viewer) -> list[Subject]:
    """What somebody may do, subject by subject, each with what gives it; for others, where they may see rights."""
    grants = [grant for grant in grants_of(person) if _may_know(viewer, person, grant)]
    subjects = []
    for label, permissions in permissions_by_group():
        answers = tuple(
            Answer(permission, words, giving)
            for permission, words in permissions
            if (giving := tuple(grant for grant in grants if permission in grant.permissions))
        )
        if answers:
            subjects.append(Subject(label, answers))
    return subjects


def _may_know(viewer: Viewer, person: User, grant: Grant) -> bool:
    return viewer.pk == person.pk or can(viewer, Permission.RIGHTS_READ, grant.unit)


def coming_grants(person: User, viewer: Viewer) -> list[RoleGrant]:
    """Roles already given that begin on a later day."""
    rows = grants_visible_to(viewer).filter(user=person, valid_from__gt=today())
    return list(rows.select_related("unit", "role").order_by("valid_from", "pk"))


def top_unit(user: Viewer, permission: Permission) -> Unit | None:
    """The highest unit in which a person has the permission: what a page opens with."""
    return next((grant.unit for grant in grants_with(user, permission)), None)


def matrix(roles: Iterable[Role]) -> list[tuple[str, list[tuple[str, list[Cell]]]]]:
    """Group → permission in words → one cell a role."""
    roles = list(roles)
    return [
        (label, [(words, [cell_of(role, one) for role in roles]) for one, words in permissions])
        for label, permissions in permissions_by_group()
    ]


def cell_of(role: Role, permission: Permission) -> Cell:
    built_in = permission in permissions_of(role.code)
    return Cell(
        is_built_in=built_in,
        is_added=not built_in and permission in role.can_do,
        may_be_given=permission in role.can_give,
        gives_built_in=permission in gives_of(role.code),
    )


def own_tops(user: Viewer, permission: Permission) -> list[Unit]:
    """The units from which a person's reach goes down, each once."""
    return [grant.unit for grant in without_repetition(grants_with(user, permission))]
