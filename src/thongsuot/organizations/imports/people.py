"""What rows about people mean: who is meant, what changes, and writing it. Planning never writes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.core.search import searchable
from thongsuot.core.text import fold, nfc
from thongsuot.core.ui.words import day as in_words
from thongsuot.organizations.imports.places import Places, same_name
from thongsuot.organizations.imports.roles import HeldRole, RolesOfFile, WantedRole, roles_held
from thongsuot.organizations.imports.values import (
    Result,
    Row,
    WrongRowError,
    check_email,
    check_lengths,
    day_of,
    yes_of,
)
from thongsuot.organizations.letting_in.rights import whom_may_invite
from thongsuot.organizations.models import Membership, Person, Position, RowState, Unit, UnitKind
from thongsuot.organizations.services.people import MOST_DAYS_AHEAD

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Import

LONGEST = {"name": 120, "code": 40, "phone": 40, "email": 254, "title": 120, "appointed_by": 120}
CONTACTS = ("code", "phone", "email")


@dataclass
class Known:
    """A person as they will be after the rows read so far."""

    person: Person
    memberships: list[Membership] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    roles: list[HeldRole] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)  # what changed, with what it was

    @property
    def is_new(self) -> bool:
        return self.person.pk is None


@dataclass(frozen=True)
class Wanted:
    """A row understood: every value is in order and every unit is there."""

    row: Row
    cell: Unit | None
    member_since: dt.date
    unit: Unit | None
    is_head: bool
    since: dt.date
    until: dt.date | None
    role: WantedRole | None = None

    def get(self, name: str) -> str:
        return self.row.get(name)


@dataclass
class Writing:
    """What a part writes, in the order in which it is written."""

    people: list[Known] = field(default_factory=list)
    changed: dict[int, Known] = field(default_factory=dict)
    memberships: list[Membership] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    closed: list[Membership] = field(default_factory=list)
    ended: list[Position] = field(default_factory=list)
    ended_before: dict[int, str | None] = field(default_factory=dict)
    roles: list[tuple[Known, WantedRole]] = field(default_factory=list)


class PeoplePlan:
    """Looks through the rows part by part; ``seen`` remembers over the parts who was already named in this file."""

    def __init__(self, batch: Import, by: User, *, is_preview: bool) -> None:
        self.places = Places(by, batch.unit, Permission.PEOPLE_MANAGE)
        self.by, self.since = by, batch.since
        self.roles = RolesOfFile(by, self.places)
        self.is_preview = is_preview
        self.seen: dict[Any, tuple[int, str]] = {}
        self.later: dict[str, tuple[Any, ...]] = {}
        self.heads: dict[int, list[tuple[dt.date, dt.date | None]]] = {}
        self.day_ahead = today() + dt.timedelta(days=MOST_DAYS_AHEAD)

    def plan(self, rows: Sequence[Row]) -> tuple[list[Result], Writing]:
        writing = Writing()
        wanted = [self._understood(row) for row in rows]
        self._load([one for one in wanted if isinstance(one, Wanted)])
        results = [
            Result.wrong(one) if isinstance(one, WrongRowError) else self._result(one, writing)
            for one in wanted
        ]
        return results, writing

    # --- one row by itself -------------------------------------------------------------------------------------

    def _understood(self, row: Row) -> Wanted | WrongRowError:
        try:
            return self._checked(row)
        except WrongRowError as error:
            return error

    def _checked(self, row: Row) -> Wanted:
        if not row.get("name"):
            raise WrongRowError("no_name")
        check_lengths(row.values, LONGEST)
        check_email(row.get("email"))
        code = row.get("code")
        if len(code) == 12 and code.isdigit():
            raise WrongRowError("citizen_number")
        cell = self.places.get(row.get("cell")) if row.get("cell") else None
        title = row.get("title")
        unit = self.places.get(row.get("unit")) if row.get("unit") else cell
        if unit is None:
            raise WrongRowError("belongs_nowhere")
        if row.get("unit") and not title:
            raise WrongRowError("no_title")
        since, until = day_of(row.get("valid_from"), self.since), day_of(row.get("valid_to"))
        joined = day_of(row.get("member_since"), self.since)
        assert since is not None  # noqa: S101  # the batch has a day
        assert joined is not None  # noqa: S101
        self._check_days(cell, joined, unit if title else None, since, until)
        if cell and cell.kind != UnitKind.CELL:
            raise WrongRowError("no_cell", value=cell.name)
        head = yes_of(row.get("is_head"))
        role = self.roles.understood(row, unit)
        return Wanted(row, cell, joined, unit if title else None, head, since, until, role)

    def _check_days(
        self, cell: Unit | None, joined: dt.date, unit: Unit | None, since: dt.date, until: dt.date | None
    ) -> None:
        if until and until <= since:
            raise WrongRowError("ends_before")
        for place, begins in ((cell, joined), (unit, since)):
            if place is None:
                continue
            if begins > self.day_ahead:
                raise WrongRowError("too_far_ahead")
            if begins < place.valid_from:
                raise WrongRowError("before_unit", day=in_words(place.valid_from), unit=place.name)
            if place.valid_to:
                raise WrongRowError("unit_ends", day=in_words(place.valid_to), unit=place.name)

    # --- who is meant ------------------------------------------------------------------------------------------

    def _load(self, wanted: Sequence[Wanted]) -> None:
        """Everybody these rows may mean, in five queries whatever their number."""
        codes = {one.get("code") for one in wanted if one.get("code")}
        people = {person.pk: person for person in Person.objects.filter(code__in=codes)}
        units = {place.pk for one in wanted for place in (one.cell or one.unit,) if place}
        words = {searchable(one.get("name")) for one in wanted}
        here = Membership.objects.filter(unit__in=units, valid_to=None).values("person")
        there = Position.objects.valid_on().filter(unit__in=units).values("person")
        named = Person.objects.current().filter(search_text__in=words)
        people |= {person.pk: person for person in named.filter(pk__in=here.union(there))}
        self.known = {key: Known(person) for key, person in people.items()}
        for member in Membership.objects.filter(person__in=people).order_by("valid_from"):
            self.known[member.person_id].memberships.append(member)
        for position in Position.objects.filter(person__in=people).order_by("valid_from"):
            self.known[position.person_id].positions.append(position)
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
            for place in _places_of(known):
                self.by_name[same_name(known.person.name), place].append(known)
        self._load_heads(wanted)
        for one in wanted:
            if one.get("code") in self.later and one.get("code") not in self.by_code:
                self._remember(self._as_planned(one.get("code")))

    def _load_heads(self, wanted: Sequence[Wanted]) -> None:
        units = {one.unit.pk for one in wanted if one.unit and one.is_head} - self.heads.keys()
        self.heads |= {key: [] for key in units}
        for row in Position.objects.filter(unit__in=units, is_head=True):
            self.heads[row.unit_id].append((row.valid_from, row.valid_to))

    def _remember(self, known: Known) -> None:
        if known.person.code:
            self.by_code[known.person.code] = known
        for place in _places_of(known):
            self.by_name[same_name(known.person.name), place].append(known)

    def _as_planned(self, code: str) -> Known:
        """Somebody whom an earlier part of the file would make: a preview has written nothing."""
        name, members, posts, roles = self.later[code]
        return Known(
            Person(name=name, code=code),
            [Membership(unit_id=unit, valid_from=since) for unit, since in members],
            [
                Position(unit_id=unit, title=title, valid_from=since, valid_to=until)
                for unit, title, since, until in posts
            ],
            roles,
        )

    def _meant(self, one: Wanted) -> Known | None:
        code, name = one.get("code"), same_name(one.get("name"))
        if code and code in self.by_code:
            return self.by_code[code]
        place = one.cell or one.unit
        found = self.by_name.get((name, place.pk), []) if place else []
        # Whoever has another code is somebody else.
        found = [known for known in found if not code or not known.person.code]
        if len(found) > 1:
            raise WrongRowError("ambiguous_person", count=len(found))
        return found[0] if found else None

    # --- what changes ------------------------------------------------------------------------------------------

    def _result(self, one: Wanted, writing: Writing) -> Result:
        try:
            known = self._meant(one)
            self._check_seen(one, known)
            result = Result()
            if known is None:
                known, result.state = _new(one), RowState.NEW
            else:
                self._check_reach(known)
                self._check_letters(one, known)
            self._apply(one, known, result, writing)
            self._note_seen(one, known, result)
        except WrongRowError as error:
            return Result.wrong(error)
        return result

    def _key(self, one: Wanted) -> Any:
        place = one.cell or one.unit
        return one.get("code") or (same_name(one.get("name")), place.pk if place else None)

    def _check_seen(self, one: Wanted, known: Known | None) -> None:
        before = self.seen.get(self._key(one))
        if before and before[1] != same_name(one.get("name")):
            raise WrongRowError("other_name", row=before[0])
        if before and not _brings_news(one, known):
            raise WrongRowError("twice", row=before[0])

    def _note_seen(self, one: Wanted, known: Known, result: Result) -> None:
        if not self.is_preview:
            return
        self.seen.setdefault(self._key(one), (one.row.number, same_name(one.get("name"))))
        if known.is_new and known.person.code:
            members = [(row.unit_id, row.valid_from) for row in known.memberships]
            posts = [(row.unit_id, row.title, row.valid_from, row.valid_to) for row in known.positions]
            self.later[known.person.code] = (known.person.name, members, posts, known.roles)

    def _check_reach(self, known: Known) -> None:
        if known.person.merged_into_id:
            raise WrongRowError("merged")
        places = _places_of(known)
        if not known.is_new and not places & self.places.units.keys():
            raise WrongRowError("elsewhere")

    def _check_letters(self, one: Wanted, known: Known) -> None:
        person, email = known.person, one.get("email")
        if person.user_id in (None, self.by.pk) or not email or email == person.email:
            return
        if person.pk not in self.led:
            raise WrongRowError("letters")

    def _apply(self, one: Wanted, known: Known, result: Result, writing: Writing) -> None:
        """Everything is checked before anything is noted, so that a wrong row leaves nothing behind."""
        move = self._move(one, known)
        post, ended = self._post(one, known)
        role = self.roles.to_give(one.role, known.person, known.roles)
        is_first = result.state == RowState.NEW
        if is_first:
            writing.people.append(known)
        else:
            self._contacts(one, known, result, writing)
        if move and one.cell:
            left, joined = move
            if left:
                left.valid_to = one.member_since
                if left.pk:
                    writing.closed.append(left)
            before = self.places.units[left.unit_id].name if left else ""
            result.change("cell", before, one.cell.name)
            joined.person = known.person
            known.memberships.append(joined)
            writing.memberships.append(joined)
        if ended:
            result.change("valid_to", in_words(ended.valid_to), in_words(one.until))
            if ended.pk:
                writing.ended_before.setdefault(ended.pk, str(ended.valid_to) if ended.valid_to else None)
                writing.ended.append(ended)
            ended.valid_to = one.until
        if post and one.unit:
            result.change("title", "", f"{post.title}, {one.unit.name}")
            post.person = known.person
            known.positions.append(post)
            writing.positions.append(post)
            if post.is_head:
                self.heads[one.unit.pk].append((post.valid_from, post.valid_to))
        if role and role.since:
            result.change("role", "", f"{role.role.label}, {role.unit.name}")
            known.roles.append(HeldRole(role.role.pk, role.unit.pk, role.since, role.until))
            writing.roles.append((known, role))
        if is_first:
            result.notes.clear()
        if is_first or "code" in known.fields:
            self._remember(known)

    def _contacts(self, one: Wanted, known: Known, result: Result, writing: Writing) -> None:
        wanted = {"name": nfc(one.get("name"))} | {name: one.get(name) for name in CONTACTS}
        for name, value in wanted.items():
            before = getattr(known.person, name)
            if value and value != before:
                known.fields.setdefault(name, before)
                setattr(known.person, name, value)
                result.change(name, before, value)
        if known.fields and known.person.pk:
            writing.changed[known.person.pk] = known

    def _move(self, one: Wanted, known: Known) -> tuple[Membership | None, Membership] | None:
        if one.cell is None:
            return None
        lasting = [
            row for row in known.memberships if row.valid_to is None or row.valid_to > one.member_since
        ]
        current = next(iter(lasting), None)
        joined = Membership(unit=one.cell, valid_from=one.member_since)
        if current is None:
            return None, joined
        if current.unit_id == one.cell.pk and current.valid_to is None:
            return None
        if current.valid_to or current.valid_from >= one.member_since or len(lasting) > 1:
            raise WrongRowError("noted_already", day=in_words(current.valid_to or current.valid_from))
        if current.unit_id not in self.places.units:
            raise WrongRowError("elsewhere")
        return current, joined

    def _post(self, one: Wanted, known: Known) -> tuple[Position | None, Position | None]:
        """A new post, or one that is held already and ends now."""
        if one.unit is None:
            return None, None
        title = nfc(one.get("title"))
        for row in known.positions:
            if row.unit_id == one.unit.pk and fold(row.title) == fold(title) and _overlap(row, one):
                if one.until and row.valid_to != one.until:
                    if one.until <= row.valid_from:
                        raise WrongRowError("ends_before")
                    return None, row
                return None, None
        if one.is_head and any(_meet(since, until, one) for since, until in self.heads[one.unit.pk]):
            raise WrongRowError("has_a_head", unit=one.unit.name)
        post = Position(
            unit=one.unit,
            title=title,
            is_head=one.is_head,
            appointed_by=nfc(one.get("appointed_by")),
            valid_from=one.since,
            valid_to=one.until,
        )
        return post, None


def _new(one: Wanted) -> Known:
    """Somebody new; the words they are found by are made when they are written."""
    values = {name: one.get(name) for name in CONTACTS}
    return Known(Person(name=nfc(one.get("name")), **values))


def _places_of(known: Known) -> set[int]:
    """Where somebody belongs and will belong: what has ended does not count."""
    rows: Iterable[Membership | Position] = (*known.memberships, *known.positions)
    return {row.unit_id for row in rows if row.valid_to is None or row.valid_to > today()}


def _brings_news(one: Wanted, known: Known | None) -> bool:
    """Whether a further row about somebody says something the rows before did not: another post or cell."""
    if known is None or (one.role and not any(held.meets(one.role) for held in known.roles)):
        return True
    if one.unit and not any(
        row.unit_id == one.unit.pk and fold(row.title) == fold(one.get("title")) and _overlap(row, one)
        for row in known.positions
    ):
        return True
    return bool(one.cell) and all(row.unit_id != one.cell.pk for row in known.memberships if one.cell)


def _overlap(row: Position, one: Wanted) -> bool:
    return _meet(row.valid_from, row.valid_to, one)


def _meet(since: dt.date, until: dt.date | None, one: Wanted) -> bool:
    return (until is None or until > one.since) and (one.until is None or since < one.until)
