"""Units, people and terms of the place are written."""

from __future__ import annotations

import random
from collections.abc import Iterable

from django.db import transaction

from thongsuot.demo.place.accounts import open_accounts
from thongsuot.demo.place.plan import (
    BOARDS,
    FAMILY,
    FOUNDED,
    GIVEN,
    MIDDLE,
    TERMS,
    VAM_CO,
    WARD,
    CommunePlan,
    Place,
)
from thongsuot.organizations.models import Person, Term, Unit, UnitKind
from thongsuot.organizations.services import enrol_people, found_units


@transaction.atomic
def found_place(communes: Iterable[CommunePlan] = VAM_CO, *, seed: int = 12) -> Place:
    """Write units, people and accounts. The same seed gives the same place."""
    plans = list(communes)
    chance = random.Random(seed)  # noqa: S311  # names, not secrets
    place = Place(city=_found_city())
    place.boards = _found_boards(place.city)
    place.communes = _found_communes(place.city, plans)
    for plan, commune in zip(plans, place.communes, strict=True):
        place.cells[commune.pk] = _found_cells(commune, plan)
    members = _enrol(place, plans, chance)
    _found_terms([place.city, *place.communes])
    open_accounts(place, members)
    return place


def _found_city() -> Unit:
    city = Unit(
        kind=UnitKind.CITY_COMMITTEE,
        name="Thành ủy Vàm Cỏ",
        short_name="Thành phố Vàm Cỏ",
        symbol="ThU",
        place="Vàm Cỏ",
        valid_from=FOUNDED,
    )
    return found_units(
        [city], aliases=[["Ban Thường vụ Thành ủy Vàm Cỏ", "Ban Chấp hành Đảng bộ thành phố Vàm Cỏ"]]
    )[0]


def _found_boards(city: Unit) -> dict[str, Unit]:
    units = [
        Unit(
            parent=city,
            kind=kind,
            name=name,
            short_name=name.replace(" Thành ủy", ""),
            symbol=symbol,
            place="Vàm Cỏ",
            valid_from=FOUNDED,
        )
        for _key, kind, name, symbol in BOARDS
    ]
    made = found_units(units)
    return {key: unit for (key, *_rest), unit in zip(BOARDS, made, strict=True)}


def _found_communes(city: Unit, plans: list[CommunePlan]) -> list[Unit]:
    units, aliases = [], []
    for plan in plans:
        kind = "phường" if plan.kind == WARD else "xã"
        units.append(
            Unit(
                parent=city,
                kind=plan.kind,
                name=f"Đảng ủy {kind} {plan.name}",
                short_name=plan.name,
                symbol="ĐU",
                place=plan.name,
                valid_from=FOUNDED,
            )
        )
        aliases.append(
            [
                f"{kind} {plan.name}",
                f"UBND {kind} {plan.name}",
                f"Ủy ban nhân dân {kind} {plan.name}",
                f"Ban Thường vụ Đảng ủy {kind} {plan.name}",
            ]
        )
    return found_units(units, aliases=aliases)


def _found_cells(commune: Unit, plan: CommunePlan) -> list[Unit]:
    area = "khu phố" if plan.kind == WARD else "ấp"
    return found_units(
        [
            Unit(
                parent=commune,
                kind=UnitKind.CELL,
                name=f"Chi bộ {area} {number}, {commune.name.removeprefix('Đảng ủy ')}",
                short_name=f"Chi bộ {area} {number}",
                symbol="CB",
                place=plan.name,
                valid_from=FOUNDED,
            )
            for number in range(1, plan.cells + 1)
        ]
    )


def _enrol(place: Place, plans: list[CommunePlan], chance: random.Random) -> dict[int, list[Person]]:
    """Members by cell key: the commune's number shared out as evenly as it goes."""
    wanted: list[tuple[str, Unit | None]] = []
    for plan, commune in zip(plans, place.communes, strict=True):
        cells = place.cells_of(commune)
        for number in range(plan.members):
            name = f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"
            wanted.append((name, cells[number % len(cells)]))
    members: dict[int, list[Person]] = {}
    for person, (_name, cell) in zip(enrol_people(wanted, since=FOUNDED), wanted, strict=True):
        members.setdefault(cell.pk if cell else 0, []).append(person)
    return members


def _found_terms(units: list[Unit]) -> None:
    Term.objects.bulk_create(
        Term(unit=unit, name=name, valid_from=since, valid_to=until)
        for unit in units
        for name, since, until in TERMS
    )
