"""What rows about people change: a post, a cell, a role, contacts; checked before anything is noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thongsuot.accounts.roles import Permission
from thongsuot.core.text import fold, nfc
from thongsuot.core.ui.words import day as in_words
from thongsuot.organizations.imports.people.known import Known, KnownPeople, meet, overlap, places_of
from thongsuot.organizations.imports.people.rows import Understanding, Wanted
from thongsuot.organizations.imports.places import Places, same_name
from thongsuot.organizations.imports.roles import HeldRole, RolesOfFile, WantedRole
from thongsuot.organizations.imports.values import Result, Row, WrongRowError
from thongsuot.organizations.models import Affiliation, Membership, Person, Position, RowState

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Import

CONTACTS = ("code", "phone", "email")


@dataclass
class Writing:
    """What a part writes, in the order in which it is written."""

    people: list[Known] = field(default_factory=list)
    changed: dict[int, Known] = field(default_factory=dict)
    memberships: list[Membership] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    closed: list[Membership] = field(default_factory=list)
    ended: list[Position] = field(default_factory=list)
    ended_before: dict[int, str | None] = field(default_factory=dict)
    roles: list[tuple[Known, WantedRole]] = field(default_factory=list)


class PeoplePlan:
    """Looks through the rows part by part; ``seen`` remembers over the parts who was already named in this file."""

    def __init__(self, batch: Import, by: User, *, is_preview: bool) -> None:
        self.places = Places(by, batch.unit, Permission.PEOPLE_MANAGE)
        self.by = by
        self.roles = RolesOfFile(by, self.places)
        self.rows = Understanding(self.places, self.roles, batch.since)
        self.people = KnownPeople(by)
        self.is_preview = is_preview
        self.seen: dict[Any, tuple[int, str]] = {}

    def plan(self, rows: Sequence[Row]) -> tuple[list[Result], Writing]:
        writing = Writing()
        wanted = [self.rows.understood(row) for row in rows]
        self.people.load([one for one in wanted if isinstance(one, Wanted)], lock=not self.is_preview)
        results = [
            Result.wrong(one) if isinstance(one, WrongRowError) else self._result(one, writing)
            for one in wanted
        ]
        return results, writing

    def _result(self, one: Wanted, writing: Writing) -> Result:
        try:
            known = self.people.meant(one)
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
        place = one.place
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
            branches = [(row.unit_id, row.valid_from) for row in known.affiliations]
            posts = [(row.unit_id, row.title, row.valid_from, row.valid_to) for row in known.positions]
            self.people.later[known.person.code] = (known.person.name, members, posts, known.roles, branches)

    def _check_reach(self, known: Known) -> None:
        if known.person.merged_into_id:
            raise WrongRowError("merged")
        places = places_of(known)
        if not known.is_new and not places & self.places.units.keys():
            raise WrongRowError("elsewhere")

    def _check_letters(self, one: Wanted, known: Known) -> None:
        person, email = known.person, one.get("email")
        if person.user_id in (None, self.by.pk) or not email or email == person.email:
            return
        if person.pk not in self.people.led:
            raise WrongRowError("letters")

    def _apply(self, one: Wanted, known: Known, result: Result, writing: Writing) -> None:
        """Everything is checked before anything is noted, so that a wrong row leaves nothing behind."""
        move = self._move(one, known)
        joins = _joins(one, known)
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
        if joins:
            result.change("organisation", "", joins.unit.name)
            joins.person = known.person
            known.affiliations.append(joins)
            writing.affiliations.append(joins)
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
                self.people.heads[one.unit.pk].append((post.valid_from, post.valid_to))
        if role and role.since:
            result.change("role", "", f"{role.role.label}, {role.unit.name}")
            known.roles.append(HeldRole(role.role.pk, role.unit.pk, role.since, role.until))
            writing.roles.append((known, role))
        if is_first:
            result.notes.clear()
        if is_first or "code" in known.fields:
            self.people.remember(known)

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
            if row.unit_id == one.unit.pk and fold(row.title) == fold(title) and overlap(row, one):
                if one.until and row.valid_to != one.until:
                    if one.until <= row.valid_from:
                        raise WrongRowError("ends_before")
                    return None, row
                return None, None
        if one.is_head and any(meet(since, until, one) for since, until in self.people.heads[one.unit.pk]):
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


def _joins(one: Wanted, known: Known) -> Affiliation | None:
    """A further organisation; who is a member there, or will be, goes on being one."""
    if one.organisation is None or one.affiliated_since is None:
        return None
    lasting = (row for row in known.affiliations if row.unit_id == one.organisation.pk)
    if any(row.valid_to is None or row.valid_to > one.affiliated_since for row in lasting):
        return None
    return Affiliation(unit=one.organisation, valid_from=one.affiliated_since)


def _new(one: Wanted) -> Known:
    """Somebody new; the words they are found by are made when they are written."""
    values = {name: one.get(name) for name in CONTACTS}
    return Known(Person(name=nfc(one.get("name")), **values))


def _brings_news(one: Wanted, known: Known | None) -> bool:
    """Whether a further row about somebody says something the rows before did not: another post or cell."""
    if known is None or (one.role and not any(held.meets(one.role) for held in known.roles)):
        return True
    if one.unit and not any(
        row.unit_id == one.unit.pk and fold(row.title) == fold(one.get("title")) and overlap(row, one)
        for row in known.positions
    ):
        return True
    if one.organisation and all(row.unit_id != one.organisation.pk for row in known.affiliations):
        return True
    return bool(one.cell) and all(row.unit_id != one.cell.pk for row in known.memberships if one.cell)
