"""People of units: those a person may see, what they hold where, and who may have been written down twice."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.organizations.models import Affiliation, Membership, Person, PersonMerge, Position, Unit
from thongsuot.organizations.models.people import PersonQuerySet
from thongsuot.organizations.models.units import ValidityQuerySet
from thongsuot.organizations.reach import can, can_anywhere, reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

MOST_GROUPS = 200
MOST_LIKELY = 5


@dataclass(frozen=True)
class Line:
    """Somebody in a list: what they hold and belong to within what the person looking may see."""

    person: Person
    posts: Sequence[Position] = ()
    cells: Sequence[Membership] = ()
    organisations: Sequence[Affiliation] = ()


@dataclass(frozen=True)
class Alike:
    """Two entries that may be one person, and why one thinks so: "unit", "phone", "email"."""

    first: Person
    second: Person
    reasons: tuple[str, ...]


@dataclass
class PeopleFilter:
    """What a list of people is narrowed to."""

    text: str = ""
    only: str = ""  # "head", "post", "member" or "mass"
    title: str = ""
    unit: Unit | None = field(default=None)


def members_seen_by(user: Viewer) -> ValidityQuerySet[Membership]:
    """Memberships of the cells whose list a person keeps, or where they look after people; of any time."""
    seen = reach(user, Permission.MEMBERS_READ) | reach(user, Permission.PEOPLE_MANAGE)
    return Membership.objects.filter(seen)


def affiliations_seen_by(user: Viewer) -> ValidityQuerySet[Affiliation]:
    """Members of mass organisations, to those who keep the list of the branch or look after its people."""
    seen = reach(user, Permission.MEMBERS_READ) | reach(user, Permission.PEOPLE_MANAGE)
    return Affiliation.objects.filter(seen)


def posts_seen_by(user: Viewer) -> ValidityQuerySet[Position]:
    """Who holds or held which post in the units a person may look into."""
    return Position.objects.filter(reach(user, Permission.UNIT_READ))


def people_visible_to(user: Viewer) -> PersonQuerySet:
    """People with a post in a unit one looks into, members of cells whose list one keeps, and oneself."""
    mine = Q(user=user.pk) if user.is_authenticated else Q(pk__in=[])
    members = members_seen_by(user).filter(person=OuterRef("pk"))
    posts = posts_seen_by(user).filter(person=OuterRef("pk"))
    branches = affiliations_seen_by(user).filter(person=OuterRef("pk"))
    return Person.objects.filter(mine | Exists(posts) | Exists(members) | Exists(branches))


# Whoever looks after people, accounts or personal data needs to find those, too, whose data is restricted.
IN_NEED = (Permission.PEOPLE_MANAGE, Permission.ACCOUNT_MANAGE, Permission.PRIVACY_MANAGE)


def within_need(user: Viewer) -> Q:
    """For rows that place somebody in a unit: the condition that leaves out who asked to have their data restricted.

    Whoever needs to find them does so where they look after people, and nowhere else.
    """
    condition = Q(person__restricted_at=None)
    for permission in IN_NEED:
        if can_anywhere(user, permission):
            condition |= reach(user, permission)
    return condition


def kept_instead_of(key: int) -> int | None:
    """The entry that was kept when this one was joined with it."""
    return Person.objects.filter(pk=key).values_list("merged_into", flat=True).first()


def people_in(user: Viewer, chosen: PeopleFilter) -> PersonQuerySet | PeopleList:
    """The people of today of a unit and all below it, as far as one may see them, by given name."""
    posts, members, branches = _today(user, chosen.unit)
    if chosen.title:
        posts = posts.filter(title=chosen.title)
    if chosen.only == "head":
        posts = posts.filter(is_head=True)
    belonging: dict[str, ValidityQuerySet[Any]] = {"member": members, "mass": branches}
    kinds: list[ValidityQuerySet[Any]] = [] if chosen.only in belonging else [posts]
    for name, rows in belonging.items():
        if chosen.only == name or not (chosen.only or chosen.title):
            kinds.append(rows)
    wanted = within_need(user)
    everybody = PeopleList(tuple(kind.filter(wanted, person__merged_into=None) for kind in kinds))
    return everybody.called(chosen.text) if chosen.text else everybody


@dataclass(frozen=True)
class PeopleList:
    """People by given name, each once, whichever rows name them; what a page asks of it costs what the page shows.

    A province has 150,000: asked for as one set, all of them would be found and sorted for every page. Each kind
    of row is walked in the order of names by itself instead, as far as the page lies, and the ends are put together.
    """

    kinds: tuple[ValidityQuerySet[Any], ...]

    def count_up_to(self, most: int) -> int:
        """How many people there are; when there are more, so many."""
        found = max(kind.order_by().values("person").distinct()[:most].count() for kind in self.kinds)
        return found if found == most or len(self.kinds) == 1 else min(most, self._together().count())

    def __getitem__(self, wanted: slice) -> list[Person]:
        start, stop = wanted.start or 0, wanted.stop
        found = {row for kind in self.kinds for row in _first_of(kind, stop)}
        keys = [key for _name, key in sorted(found)[start:stop]]
        people = Person.objects.in_bulk(keys)
        return [people[key] for key in keys]

    def called(self, text: str) -> PersonQuerySet:
        """Those with these words in their names: words find few, each of whom is looked at."""
        is_one = Q(pk__in=[])
        for kind in self.kinds:
            is_one |= Q(Exists(kind.filter(person=OuterRef("pk"))))
        return Person.objects.search(text).filter(is_one).order_by("sort_key", "pk")

    def _together(self) -> PersonQuerySet:
        first, *others = (kind.order_by().values("person") for kind in self.kinds)
        return Person.objects.filter(pk__in=first.union(*others))


def _first_of(rows: ValidityQuerySet[Any], most: int) -> Iterable[tuple[str, int]]:
    in_order = rows.order_by("person__sort_key", "person_id")
    return in_order.values_list("person__sort_key", "person_id").distinct()[:most]


def titles_in(user: Viewer, unit: Unit, most: int = 60) -> list[str]:
    """The posts held today in a unit and below, to choose from."""
    posts, _members, _branches = _today(user, unit)
    return list(posts.order_by("title").values_list("title", flat=True).distinct()[:most])


def lines_of(user: Viewer, people: Iterable[Person], unit: Unit | None = None) -> list[Line]:
    """The people with what they hold today, in three queries."""
    rows = list(people)
    posts, members, branches = _today(user, unit)
    held: dict[int, list[Position]] = defaultdict(list)
    cells: dict[int, list[Membership]] = defaultdict(list)
    for post in posts.filter(person__in=rows).select_related("unit").order_by("-is_head", "pk"):
        held[post.person_id].append(post)
    for member in members.filter(person__in=rows).select_related("unit").order_by("pk"):
        cells[member.person_id].append(member)
    joined: dict[int, list[Affiliation]] = defaultdict(list)
    for branch in branches.filter(person__in=rows).select_related("unit").order_by("pk"):
        joined[branch.person_id].append(branch)
    return [Line(person, held[person.pk], cells[person.pk], joined[person.pk]) for person in rows]


def _today(
    user: Viewer, unit: Unit | None
) -> tuple[ValidityQuerySet[Position], ValidityQuerySet[Membership], ValidityQuerySet[Affiliation]]:
    posts, members = posts_seen_by(user).valid_on(), members_seen_by(user).valid_on()
    branches = affiliations_seen_by(user).valid_on()
    if unit:
        below = Q(unit__path__gte=unit.path, unit__path__lt=unit.path + "~")
        posts, members, branches = posts.filter(below), members.filter(below), branches.filter(below)
    return posts, members, branches


@dataclass(frozen=True)
class Life:
    """What a person holds and held, as far as it may be seen; ``knows`` says whether contacts may be."""

    posts: Sequence[Position]
    cells: Sequence[Membership]
    knows: bool
    organisations: Sequence[Affiliation] = ()
    merges: Sequence[PersonMerge] = ()


def life_of(user: Viewer, person: Person) -> Life:
    """Posts and memberships of all times, newest first, under whichever key they were noted."""
    keys = Person.objects.same_as(person)
    is_self = user.is_authenticated and person.user_id == user.pk
    posts = (Position.objects.all() if is_self else posts_seen_by(user)).filter(person__in=keys)
    cells = (Membership.objects.all() if is_self else members_seen_by(user)).filter(person__in=keys)
    posts_found = list(posts.select_related("unit").order_by("-valid_from", "-pk"))
    cells_found = list(cells.select_related("unit__parent").order_by("-valid_from", "-pk"))
    joined = (Affiliation.objects.all() if is_self else affiliations_seen_by(user)).filter(person__in=keys)
    branches = list(joined.select_related("unit__parent").order_by("-valid_from", "-pk"))
    units = [row.unit for row in posts_found]
    units += [*(row.unit for row in cells_found), *(row.unit for row in branches)]
    knows = (
        is_self
        or bool(cells_found or branches)
        or any(can(user, Permission.PEOPLE_MANAGE, unit) for unit in units)
    )
    if knows and person.restricted_at and not is_self:
        knows = any(can(user, permission, unit) for permission in IN_NEED for unit in units)
    merges = PersonMerge.objects.filter(kept=person, undone_at=None).select_related("duplicate", "by")
    return Life(posts_found, cells_found, knows, branches, list(merges.order_by("at")) if knows else [])


def units_of(person: Person) -> list[Unit]:
    """Where somebody holds a post or is a member today or later; where they last did, when there is none."""
    posts = Position.objects.filter(person=person).select_related("unit").order_by("pk")
    cells = Membership.objects.filter(person=person).select_related("unit").order_by("pk")
    branches = Affiliation.objects.filter(person=person).select_related("unit").order_by("pk")
    found = [(row.unit, row.valid_to) for row in (*posts, *cells, *branches)]
    lasting = [unit for unit, until in found if until is None or until > today()]
    return lasting or [unit for unit, _until in found]


def likely_same(user: Viewer, person: Person) -> list[Person]:
    """Others with the same name among those whose entries this person keeps."""
    others = Person.objects.current().filter(search_text=person.search_text).exclude(pk=person.pk)
    kept = reach(user, Permission.PEOPLE_MANAGE)
    posts = Position.objects.filter(kept, person=OuterRef("pk"))
    members = Membership.objects.filter(kept, person=OuterRef("pk"))
    branches = Affiliation.objects.filter(kept, person=OuterRef("pk"))
    return list(
        others.filter(Exists(posts) | Exists(members) | Exists(branches)).order_by("pk")[:MOST_LIKELY]
    )


def same_contacts(name_form: str, phone: str, email: str, unit: Unit) -> list[Person]:
    """Who is already here under this folded name with the same telephone, e-mail or unit."""
    same = Q(pk__in=[])
    if phone:
        same |= Q(phone=phone)
    if email:
        same |= Q(email__iexact=email)
    lasting = Q(valid_to=None) | Q(valid_to__gt=today())
    here = [
        Exists(model._default_manager.filter(lasting, unit=unit, person=OuterRef("pk")))
        for model in (Position, Membership, Affiliation)
    ]
    found = Person.objects.current().filter(same | here[0] | here[1] | here[2], search_text=name_form)
    return list(found.order_by("pk")[:MOST_LIKELY])


def alike_in(user: Viewer, unit: Unit) -> list[Alike]:
    """Entries below a unit with the same name and the same unit, telephone or e-mail: four queries."""
    posts, members, _branches = _today(user, unit)
    here = Person.objects.current().filter(pk__in=posts.values("person").union(members.values("person")))
    doubled = here.values("search_text").annotate(number=Count("pk")).filter(number__gt=1)
    names = list(doubled.order_by("search_text").values_list("search_text", flat=True)[:MOST_GROUPS])
    groups: dict[str, list[Line]] = defaultdict(list)
    people = here.filter(search_text__in=names).order_by("sort_key", "pk")
    for line in lines_of(user, people, unit):
        groups[line.person.search_text].append(line)
    pairs = (pair for lines in groups.values() for pair in itertools.combinations(lines, 2))
    return [
        Alike(first.person, second.person, reasons)
        for first, second in pairs
        if (reasons := _reasons(first, second))
    ]


def _reasons(first: Line, second: Line) -> tuple[str, ...]:
    one, other = first.person, second.person
    said = {
        "unit": bool(_units(first) & _units(second)),
        "phone": bool(one.phone) and one.phone == other.phone,
        "email": bool(one.email) and one.email.casefold() == other.email.casefold(),
    }
    return tuple(name for name, holds in said.items() if holds)


def _units(line: Line) -> set[int]:
    return {post.unit_id for post in line.posts} | {cell.unit_id for cell in line.cells}
