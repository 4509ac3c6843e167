"""What is kept about a Party member, in clear, and who may read it. One person at a time: there are no lists."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.organizations.models import Evaluation, Grade, Membership, PartyRecord, Person, Unit
from thongsuot.organizations.models.party import EvaluationQuerySet, last_memberships
from thongsuot.organizations.queries.people import people_visible_to
from thongsuot.organizations.reach import can

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


@dataclass(frozen=True)
class EvaluatedYear:
    """One year as it stands; ``corrected`` holds what it replaces, newest first."""

    key: uuid.UUID
    year: int
    grade: Grade
    note: str
    unit: Unit
    decided_on: dt.date
    decided_by: str
    entered_at: dt.datetime
    corrected: tuple[EvaluatedYear, ...] = ()


@dataclass(frozen=True)
class MemberRecord:
    """Everything the product keeps about somebody as a Party member, decrypted."""

    admitted_on: dt.date | None
    official_on: dt.date | None
    note: str
    changed_at: dt.datetime | None
    years: tuple[EvaluatedYear, ...]

    @property
    def is_empty(self) -> bool:
        return self.changed_at is None and not self.years


def party_record_of(person: Person) -> MemberRecord:
    """The record of a person, entries joined with this one included; the right to it is asked for by the caller."""
    kept = record_kept(person)
    years = _years(evaluations_of(person))
    if kept is None:
        return MemberRecord(None, None, "", None, years)
    return MemberRecord(kept.admitted_on, kept.official_on, kept.note, kept.changed_at, years)


def record_kept(person: Person) -> PartyRecord | None:
    """The row under the person's own key, else under one joined with it: it stays where it was written."""
    rows = list(PartyRecord.objects.filter(person__in=Person.objects.same_as(person)).order_by("pk"))
    return next((row for row in rows if row.pk == person.pk), rows[0] if rows else None)


def evaluations_of(person: Person) -> EvaluationQuerySet:
    rows = Evaluation.objects.filter(person__in=Person.objects.same_as(person)).select_related("unit")
    return rows.order_by("-year", "-entered_at", "-pk")


def _years(rows: Iterable[Evaluation]) -> tuple[EvaluatedYear, ...]:
    every = {row.pk: row for row in rows}
    replaced = {row.supersedes_id for row in every.values()}
    return tuple(_year(row, every) for row in every.values() if row.pk not in replaced)


def _year(row: Evaluation, every: dict[uuid.UUID, Evaluation]) -> EvaluatedYear:
    corrected: list[EvaluatedYear] = []
    before = every.get(row.supersedes_id) if row.supersedes_id else None
    if before:
        earlier = _year(before, every)
        corrected = [earlier, *earlier.corrected]
    return EvaluatedYear(
        row.pk,
        row.year,
        Grade(row.grade),
        row.note,
        row.unit,
        row.decided_on,
        row.decided_by,
        row.entered_at,
        tuple(corrected),
    )


def cells_answering_for(person: Person) -> list[Unit]:
    """The cell whose committees keep the record: that of today, or the last one."""
    rows = last_memberships().filter(person=person).select_related("unit").order_by("pk")
    return [row.unit for row in rows]


def can_see_party_record(user: Viewer, person: Person) -> bool:
    """The person, and whoever reads the records of their cell."""
    if user.is_authenticated and person.user_id == user.pk:
        return True
    return any(_reads(user, person, cell) for cell in cells_answering_for(person))


def _reads(user: Viewer, person: Person, cell: Unit) -> bool:
    """Who asked to have their data restricted is read by whoever keeps the records, and by nobody else."""
    if can(user, Permission.PARTY_RECORD_MANAGE, cell):
        return True
    return person.restricted_at is None and can(user, Permission.PARTY_RECORD_READ, cell)


def can_keep_party_record(user: Viewer, person: Person) -> bool:
    """Whoever keeps the records of the cell, but nobody their own."""
    if not user.is_authenticated or person.user_id == user.pk or person.erased_at:
        return False
    return any(can(user, Permission.PARTY_RECORD_MANAGE, cell) for cell in cells_answering_for(person))


def leads_to_record(user: Viewer, person: Person, cells: Sequence[Membership]) -> bool:
    """The same as seeing it, from memberships that are read already, newest first; no query."""
    begun = next((row for row in cells if row.valid_from <= today()), None)
    if begun is None:
        return False
    is_self = user.is_authenticated and person.user_id == user.pk
    return is_self or _reads(user, person, begun.unit)


def person_with_record(user: Viewer, key: int) -> Person | None:
    """Somebody the user knows of, or whose record they may read; nobody for everybody else."""
    person = Person.objects.current().filter(pk=key).first()
    if person is None or can_see_party_record(user, person):
        return person
    return people_visible_to(user).filter(pk=key).first()
