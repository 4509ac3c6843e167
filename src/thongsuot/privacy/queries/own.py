"""What is held about one person, asked of every subject, and who looked at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

from thongsuot.accounts.models import User
from thongsuot.audit.models import Reading
from thongsuot.audit.queries import NO_LISTS, readings_about
from thongsuot.core.clock import moment, now
from thongsuot.core.holdings import Holding, Subject, holdings
from thongsuot.core.personal import Entry, article_of, register
from thongsuot.core.retention import period_of
from thongsuot.organizations.models import Membership, Person, Unit
from thongsuot.organizations.models.units import ancestor_paths
from thongsuot.organizations.queries.people import kept_instead_of
from thongsuot.organizations.reach import person_of

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

SHOWN, MOST = 5, 5_000


@dataclass(frozen=True)
class Told:
    """What one subject holds: its newest rows as words, and whether there are more."""

    holding: Holding
    rows: Sequence[Sequence[str]]
    more: bool

    @property
    def title(self) -> str:
        return str(self.holding.held.title)

    @property
    def labels(self) -> list[str]:
        return [str(label) for label in self.holding.labels]

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """Each row with the label of each value beside it, for a phone."""
        return [list(zip(self.labels, row, strict=True)) for row in self.rows]

    @property
    def reasons(self) -> list[dict[str, str]]:
        """Field by field: what it is for, on which basis, until when."""
        return [_reason(name, self.holding) for name in self.holding.held.fields]


def _reason(name: str, holding: Holding) -> dict[str, str]:
    about = holding.held.fields[name]
    return {
        "data": str(holding.label(name)),
        "purpose": str(about.purpose),
        "basis": str(about.basis.label),
        "article": article_of(about.basis),
        "kind": str(about.kind.label),
        "keep": str(about.keep),
    }


def subject_of(user: Viewer) -> Subject:
    """Who signed in: the account, and every entry that was found to be this person."""
    person = person_of(user)
    keys = Person.objects.same_as(person).order_by("pk").values_list("pk", flat=True) if person else []
    return Subject(tuple(keys), user.pk or 0)


def entry_kept(person: Person) -> Person:
    """The entry that stands for this one, as it is now: it may have been joined with another one."""
    return Person.objects.select_related("user").get(pk=kept_instead_of(person.pk) or person.pk)


def subject_from(person: Person) -> Subject:
    """The same of somebody else, who may have no account."""
    return subjects_from(person)[0]


def subjects_from(person: Person) -> list[Subject]:
    """The same once for each account: an entry that was joined may have left a closed one, which still has a name."""
    person = entry_kept(person)
    entries = Person.objects.filter(pk__in=Person.objects.same_as(person)).order_by("pk")
    rows = dict(entries.values_list("pk", "user"))
    others = sorted({user for user in rows.values() if user} - {person.user_id})
    return [Subject(tuple(rows), user) for user in (person.user_id or 0, *others)]


def told_to(subject: Subject, *, most: int = SHOWN, everything: bool = False) -> list[Told]:
    """What each subject holds: one query each, whatever there is. ``everything``: what no index leads to as well."""
    told = []
    for holding in holdings():
        if holding.costly and not everything:
            continue
        rows = holding.newest(subject, most + 1)
        told.append(Told(holding, [holding.cells(row) for row in rows[:most]], len(rows) > most))
    return told


@dataclass(frozen=True)
class Trace:
    """A field that says this person did something: how often."""

    entry: Entry
    count: int


def traces_of(subject: Subject) -> Iterator[Trace]:
    """What is left of a person's work beside what is told row by row. Looks through whole tables: for the export."""
    told = {holding.model for holding in holdings()}
    for entry in register():
        field = entry.model._meta.get_field(entry.name)
        if not field.is_relation or field.related_model is not User or entry.model in told:
            continue
        rows: models.QuerySet[Any] = entry.model._default_manager.filter(**{entry.name: subject.user_id})
        if count := rows.count():
            yield Trace(entry, count)


def looks_at(subject: Subject) -> models.QuerySet[Reading]:
    """Who looked: at this person's data, or at a list of a unit in which they were then."""
    looks = readings_about(*subject.person_ids, lists=_lists_with(subject))
    return looks.exclude(by=subject.user_id) if subject.user_id else looks


def _lists_with(subject: Subject) -> models.Q:
    """Lists of each cell and of the units above it, from the day somebody joined to the day they left."""
    cells = Membership.objects.filter(person__in=subject.person_ids).select_related("unit").order_by("pk")
    paths = {path for cell in cells for path in ancestor_paths(cell.unit.path)}
    keys = dict(Unit.objects.filter(path__in=paths).values_list("path", "pk")) if paths else {}
    lists = NO_LISTS
    for cell in cells:
        units = [keys[path] for path in ancestor_paths(cell.unit.path) if path in keys]
        stay = models.Q(unit_id__in=units, at__gte=moment(cell.valid_from, 0))
        if cell.valid_to:
            stay &= models.Q(at__lt=moment(cell.valid_to, 0))
        lists |= stay
    return lists


def looks_known_since() -> dt.datetime:
    return now() - dt.timedelta(days=period_of("audit.readings"))
