"""Whom rows about people may mean: everybody of that code, or of that name at that place."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thongsuot.core.clock import today
from thongsuot.core.search import searchable
from thongsuot.organizations.imports.people.rows import Wanted
from thongsuot.organizations.imports.places import same_name
from thongsuot.organizations.imports.roles import HeldRole, roles_held
from thongsuot.organizations.imports.values import WrongRowError
from thongsuot.organizations.letting_in.rights import whom_may_invite
from thongsuot.organizations.models import Affiliation, Membership, Person, Position

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@dataclass
class Known:
    """A person as they will be after the rows read so far."""

    person: Person
    memberships: list[Membership] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    roles: list[HeldRole] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)  # what changed, with what it was

    @property
    def is_new(self) -> bool:
        return self.person.pk is None


class KnownPeople:
    """Loaded part by part; ``later`` remembers whom earlier parts of a file would make, ``heads`` who leads when."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.later: dict[str, tuple[Any, ...]] = {}
        self.heads: dict[int, list[tuple[dt.date, dt.date | None]]] = {}

    def load(self, wanted: Sequence[Wanted], *, lock: bool) -> None:
        """Everybody these rows may mean, in seven queries at most, whatever their number.

        ``lock``: what will be written over stays as it is read, an erasure at the same moment waits or is seen.
        """
        # In the order of keys, so that two who lock the same people wait for each other instead of for ever.
        rows = Person.objects.order_by("pk")
        if lock:
            rows = rows.select_for_update(no_key=True, of=("self",))
        codes = {one.get("code") for one in wanted if one.get("code")}
        people = {person.pk: person for person in rows.filter(code__in=codes)}
        units = {place.pk for one in wanted for place in (one.place,) if place}
        words = {searchable(one.get("name")) for one in wanted}
        here = Membership.objects.filter(unit__in=units, valid_to=None).values("person")
        there = Position.objects.valid_on().filter(unit__in=units).values("person")
        belonging = Affiliation.objects.filter(unit__in=units, valid_to=None).values("person")
        named = rows.filter(merged_into=None, search_text__in=words)
        people |= {person.pk: person for person in named.filter(pk__in=here.union(there, belonging))}
        self.known = {key: Known(person) for key, person in people.items()}
        for member in Membership.objects.filter(person__in=people).order_by("valid_from"):
            self.known[member.person_id].memberships.append(member)
        for position in Position.objects.filter(person__in=people).order_by("valid_from"):
            self.known[position.person_id].positions.append(position)
        for row in Affiliation.objects.filter(person__in=people).order_by("valid_from"):
            self.known[row.person_id].affiliations.append(row)
        if any(one.role for one in wanted):
            held = roles_held([known.person for known in self.known.values()])
            for known in self.known.values():
                known.roles = held.get(known.person.user_id or 0, [])
        # Letters to an account, a new password among them, are led elsewhere by those who may let it in only.
        accounts = [known.person for known in self.known.values() if known.person.user_id]
        self.led = whom_may_invite(self.by, accounts) if accounts else set()
        self.by_code = {known.person.code: known for known in self.known.values() if known.person.code}
        self.by_name: dict[tuple[str, int], list[Known]] = defaultdict(list)
        for known in self.known.values():
            for place in places_of(known):
                self.by_name[same_name(known.person.name), place].append(known)
        self._load_heads(wanted)
        for one in wanted:
            if one.get("code") in self.later and one.get("code") not in self.by_code:
                self.remember(self._as_planned(one.get("code")))

    def _load_heads(self, wanted: Sequence[Wanted]) -> None:
        units = {one.unit.pk for one in wanted if one.unit and one.is_head} - self.heads.keys()
        self.heads |= {key: [] for key in units}
        for row in Position.objects.filter(unit__in=units, is_head=True):
            self.heads[row.unit_id].append((row.valid_from, row.valid_to))

    def remember(self, known: Known) -> None:
        if known.person.code:
            self.by_code[known.person.code] = known
        for place in places_of(known):
            self.by_name[same_name(known.person.name), place].append(known)

    def _as_planned(self, code: str) -> Known:
        """Somebody whom an earlier part of the file would make: a preview has written nothing."""
        name, members, posts, roles, branches = self.later[code]
        return Known(
            Person(name=name, code=code),
            [Membership(unit_id=unit, valid_from=since) for unit, since in members],
            [
                Position(unit_id=unit, title=title, valid_from=since, valid_to=until)
                for unit, title, since, until in posts
            ],
            roles,
            [Affiliation(unit_id=unit, valid_from=since) for unit, since in branches],
        )

    def meant(self, one: Wanted) -> Known | None:
        code, name = one.get("code"), same_name(one.get("name"))
        if code and code in self.by_code:
            return self.by_code[code]
        place = one.place
        found = self.by_name.get((name, place.pk), []) if place else []
        # Whoever has another code is somebody else.
        found = [known for known in found if not code or not known.person.code]
        if len(found) > 1:
            raise WrongRowError("ambiguous_person", count=len(found))
        return found[0] if found else None


def places_of(known: Known) -> set[int]:
    """Where somebody belongs and will belong: what has ended does not count."""
    rows: Iterable[Membership | Affiliation | Position] = (
        *known.memberships,
        *known.affiliations,
        *known.positions,
    )
    return {row.unit_id for row in rows if row.valid_to is None or row.valid_to > today()}


def overlap(row: Position, one: Wanted) -> bool:
    return meet(row.valid_from, row.valid_to, one)


def meet(since: dt.date, until: dt.date | None, one: Wanted) -> bool:
    return (until is None or until > one.since) and (one.until is None or since < one.until)
