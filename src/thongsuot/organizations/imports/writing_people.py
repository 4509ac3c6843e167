"""Writing what a part of a file says of people, and taking it back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from thongsuot.core.search import searchable
from thongsuot.core.text import person_sort_key
from thongsuot.organizations.hooks import people_changed, people_taken_back
from thongsuot.organizations.imports.people import Writing
from thongsuot.organizations.imports.undoing import ChangedSinceError
from thongsuot.organizations.models import Affiliation, Membership, Person, Position
from thongsuot.organizations.services.people import require_leading_letters

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

WRITTEN = ("name", "code", "phone", "email", "search_text", "sort_key")
AT_ONCE = 500


def write_people(writing: Writing) -> dict[str, Any]:
    """Write it in sets; the answer is what undoing needs: keys, and what stood there before."""
    for known in (*writing.people, *writing.changed.values()):
        person = known.person
        person.search_text, person.sort_key = searchable(person.name), person_sort_key(person.name)
    people = Person.objects.bulk_create([known.person for known in writing.people], batch_size=AT_ONCE)
    changed = [known.person for known in writing.changed.values()]
    Person.objects.bulk_update(changed, WRITTEN, batch_size=100)
    Membership.objects.bulk_update(writing.closed, ["valid_to"], batch_size=AT_ONCE)
    Position.objects.bulk_update(writing.ended, ["valid_to"], batch_size=AT_ONCE)
    members = Membership.objects.bulk_create(writing.memberships, batch_size=AT_ONCE)
    branches = Affiliation.objects.bulk_create(writing.affiliations, batch_size=AT_ONCE)
    positions = Position.objects.bulk_create(writing.positions, batch_size=AT_ONCE)
    belonging = {row.person_id for row in (*writing.closed, *members)} | {row.person_id for row in branches}
    people_changed(sorted(belonging | {row.person_id for row in (*writing.ended, *positions)}))
    return {
        "people": [person.pk for person in people],
        "memberships": [row.pk for row in members],
        "affiliations": [row.pk for row in branches],
        "positions": [row.pk for row in positions],
        "closed": [[row.pk, str(row.valid_to)] for row in writing.closed],
        "ended": [[row.pk, writing.ended_before.get(row.pk), str(row.valid_to)] for row in writing.ended],
        "fields": [
            [key, {name: [before, getattr(known.person, name)] for name, before in known.fields.items()}]
            for key, known in writing.changed.items()
        ],
    }


def take_back_people(made: dict[str, Any], by: User) -> None:
    """Remove and restore; what was changed since, or is needed by something, stops it."""
    _refuse_erased(made)
    people_taken_back(made["people"])
    _gone(Position.objects.filter(pk__in=made["positions"]), len(made["positions"]))
    _gone(Membership.objects.filter(pk__in=made["memberships"]), len(made["memberships"]))
    branches = made.get("affiliations", [])  # not noted before there were any
    _gone(Affiliation.objects.filter(pk__in=branches), len(branches))
    for key, day in made["closed"]:
        if not Membership.objects.filter(pk=key, valid_to=dt.date.fromisoformat(day)).update(valid_to=None):
            raise ChangedSinceError
    for key, before, day in made["ended"]:
        rows = Position.objects.filter(pk=key, valid_to=dt.date.fromisoformat(day))
        if not rows.update(valid_to=dt.date.fromisoformat(before) if before else None):
            raise ChangedSinceError
    for key, fields in made["fields"]:
        person = Person.objects.get(pk=key)
        require_leading_letters(by, person, "email" in fields)
        _restore(person, fields)
    people = Person.objects.filter(pk__in=made["people"])
    if people.filter(user__isnull=False).exists() or people.filter(merged_into__isnull=False).exists():
        raise ChangedSinceError
    _gone(people, len(made["people"]))
    people_changed(_known_in(made))


def _known_in(made: dict[str, Any]) -> list[int]:
    """People who were here before, and have their memberships and posts back."""
    closed = [key for key, _day in made["closed"]]
    ended = [key for key, _before, _day in made["ended"]]
    members = Membership.objects.filter(pk__in=closed).values_list("person_id", flat=True)
    holders = Position.objects.filter(pk__in=ended).values_list("person_id", flat=True)
    return sorted({*members, *holders})


def _refuse_erased(made: dict[str, Any]) -> None:
    """Whose name was taken away since comes back into no cell and no post."""
    reopened = Q(memberships__in=[key for key, _day in made["closed"]])
    reopened |= Q(positions__in=[key for key, _before, _day in made["ended"]])
    if Person.objects.filter(reopened | Q(pk__in=made["people"]), erased_at__isnull=False).exists():
        raise ChangedSinceError


def _gone(rows: Any, expected: int) -> None:
    if expected and rows.delete()[1].get(rows.model._meta.label, 0) != expected:
        raise ChangedSinceError


def _restore(person: Person, fields: dict[str, list[str]]) -> None:
    for name, (before, after) in fields.items():
        if getattr(person, name) != after:
            raise ChangedSinceError
        setattr(person, name, before)
    person.search_text, person.sort_key = searchable(person.name), person_sort_key(person.name)
    person.save(update_fields=[*fields, "search_text", "sort_key"])
