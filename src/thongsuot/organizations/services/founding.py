"""Founding units and people: what the demonstration place and the tests are built with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from thongsuot.accounts.models import User
from thongsuot.accounts.roles import REACHES_SUBTREE, BuiltIn
from thongsuot.core.search import searchable
from thongsuot.core.text import fold, nfc, person_sort_key, sort_key
from thongsuot.organizations.models import Membership, Person, RoleGrant, Unit, UnitAlias, UnitVersion
from thongsuot.organizations.models.units import segment_of


@transaction.atomic
def found_units(units: Sequence[Unit], *, aliases: Sequence[Sequence[str]] = ()) -> list[Unit]:
    """Write new units of one level (their parents are already there) with path, search form, order and aliases."""
    for position, unit in enumerate(units):
        unit.name, unit.short_name = nfc(unit.name), nfc(unit.short_name)
        names = aliases[position] if position < len(aliases) else ()
        unit.search_text = unit.found_by(names)
        unit.sort_key = sort_key(unit.short_name)
        unit.depth = unit.parent.depth + 1 if unit.parent else 0
        # The path needs the key, which the database gives: a placeholder that cannot collide stands in for it.
        unit.path = f"?{id(unit):x}"
    made = Unit.objects.bulk_create(units)
    for unit in made:
        unit.path = (unit.parent.path if unit.parent else "") + segment_of(unit.pk)
    Unit.objects.bulk_update(made, ["path"], batch_size=500)
    UnitVersion.objects.bulk_create(map(UnitVersion.of, made), batch_size=1000)
    rows = [
        UnitAlias(unit=unit, name=nfc(name), folded=fold(name))
        for unit, names in zip(made, [*aliases, *[()] * (len(made) - len(aliases))], strict=False)
        for name in dict.fromkeys([unit.name, unit.short_name, *names])
    ]
    UnitAlias.objects.bulk_create(rows, ignore_conflicts=True)
    return made


@transaction.atomic
def enrol_people(people: Sequence[tuple[str, Unit | None]], *, since: dt.date) -> list[Person]:
    """Write people by name and, where a cell is given, their membership in it."""
    made = Person.objects.bulk_create(
        [
            Person(name=nfc(name), search_text=searchable(name), sort_key=person_sort_key(nfc(name)))
            for name, _cell in people
        ]
    )
    Membership.objects.bulk_create(
        [
            Membership(person=person, unit=cell, valid_from=since)
            for person, (_name, cell) in zip(made, people, strict=True)
            if cell
        ]
    )
    return made


def grant_role(*, user: User, unit: Unit, role: BuiltIn, since: dt.date) -> RoleGrant:
    """Give a role in a unit from a day on; whether it reaches the subtree follows the role."""
    return RoleGrant.objects.create(
        user=user, unit=unit, role_id=role, valid_from=since, reaches_subtree=role in REACHES_SUBTREE
    )
