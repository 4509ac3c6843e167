"""The people whose accounts somebody looks after, and how each account stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from thongsuot.accounts.models import User
from thongsuot.accounts.queries import NO_ACCOUNT, Standing, State, standing_of
from thongsuot.accounts.roles import Permission
from thongsuot.organizations.letting_in.rights import whom_may_invite, whom_may_manage
from thongsuot.organizations.models import Affiliation, Membership, Person, Position, RoleGrant, Unit
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from thongsuot.organizations.reach import Viewer


@dataclass(frozen=True)
class Entry:
    """A person in the list of accounts."""

    person: Person
    standing: Standing
    place: str
    may_invite: bool
    may_manage: bool

    @property
    def username(self) -> str:
        return self.person.user.username if self.person.user else ""

    @property
    def state(self) -> State:
        return self.standing.state


def people_in_charge_of(user: Viewer, unit: Unit | None = None) -> QuerySet[Person]:
    """Those who are a member, hold a post or a role today in a unit whose accounts this person looks after."""
    within = reach(user, Permission.ACCOUNT_INVITE) | reach(user, Permission.ACCOUNT_MANAGE)

    def there(
        rows: QuerySet[Membership] | QuerySet[Affiliation] | QuerySet[Position] | QuerySet[RoleGrant],
    ) -> Exists:
        rows = rows.filter(within)
        return Exists(rows.filter(unit__path__startswith=unit.path) if unit else rows)

    belongs = (
        there(Membership.objects.valid_on().filter(person=OuterRef("pk")))
        | there(Affiliation.objects.valid_on().filter(person=OuterRef("pk")))
        | there(Position.objects.valid_on().filter(person=OuterRef("pk")))
        | there(RoleGrant.objects.valid_on().filter(user=OuterRef("user")))
    )
    return Person.objects.current().filter(belongs).select_related("user").order_by("sort_key", "pk")


def entries_of(user: Viewer, people: Sequence[Person]) -> list[Entry]:
    """The rows of a page of people: state, place and what may be done, in a fixed number of queries."""
    standing = standing_of(person.user for person in people if person.user)
    inviting, managing = whom_may_invite(user, people), whom_may_manage(user, people)
    places = places_of(people)
    return [
        Entry(
            person=person,
            standing=standing[person.user_id] if person.user_id else NO_ACCOUNT,
            place=places.get(person.pk, ("", 0))[0],
            may_invite=person.pk in inviting,
            may_manage=person.pk in managing,
        )
        for person in people
    ]


def account_of(user: Viewer, person: Person) -> Entry:
    """One person's account."""
    return entries_of(user, [person])[0]


def places_of(people: Sequence[Person]) -> dict[int, tuple[str, int]]:
    """A post and its unit, or the cell: by what a clerk tells two people of one name apart. And the unit's key."""
    places: dict[int, tuple[str, int]] = {}
    posts = Position.objects.valid_on().filter(person__in=people).select_related("unit")
    cells = Membership.objects.valid_on().filter(person__in=people).select_related("unit")
    for post in posts.order_by("-is_head", "unit__depth", "pk"):
        places.setdefault(post.person_id, (f"{post.title}, {post.unit.short_name}", post.unit_id))
    for cell in cells.order_by("pk"):
        places.setdefault(cell.person_id, (cell.unit.short_name, cell.unit_id))
    branches = Affiliation.objects.valid_on().filter(person__in=people).select_related("unit")
    for branch in branches.order_by("pk"):
        places.setdefault(branch.person_id, (branch.unit.short_name, branch.unit_id))
    return places


def address_of_user(user: User) -> str:
    """The address of the person an account belongs to, for letters (``accounts.contacts``)."""
    return Person.objects.filter(user=user).values_list("email", flat=True).first() or ""
