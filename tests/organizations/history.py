"""Changes of the tree written by hand, as a reorganisation writes them: for pages that read the past."""

from __future__ import annotations

import datetime as dt

from thongsuot.organizations.models import Unit, UnitKind, UnitSuccession, UnitVersion
from thongsuot.organizations.models.units import segment_of
from thongsuot.organizations.services import found_units


def many_cells(ward: Unit, number: int) -> list[Unit]:
    """Cells of schools in a ward, in an order that is not that of their keys."""
    return found_units(
        [
            Unit(
                parent=ward,
                kind=UnitKind.CELL,
                name=f"Chi bộ trường học {n:05d}",
                short_name=f"Trường học {n:05d}",
                valid_from=dt.date(2016, 1, 1),
            )
            for n in range(number, 0, -1)
        ]
    )


def _next_version(unit: Unit, day: dt.date) -> None:
    UnitVersion.objects.filter(unit=unit, valid_to=None).update(valid_to=day)
    version = UnitVersion.of(unit)
    version.valid_from = day
    version.save()


def rename(unit: Unit, name: str, day: dt.date) -> None:
    unit.name = name
    unit.save()
    _next_version(unit, day)


def move(unit: Unit, parent: Unit, day: dt.date) -> None:
    """Hang a unit without units below elsewhere."""
    unit.parent, unit.path = parent, parent.path + segment_of(unit.pk)
    unit.save()
    _next_version(unit, day)


def end(unit: Unit, day: dt.date, *heirs: Unit) -> None:
    """End a unit and all below it; it hangs below its first heir from then on."""
    ended = list(Unit.objects.under(unit).order_by("path"))
    old = unit.path
    new = heirs[0].path + segment_of(unit.pk)
    UnitVersion.objects.filter(unit__in=ended, valid_to=None).update(valid_to=day)
    for one in ended:
        one.path, one.valid_to = new + one.path.removeprefix(old), day
        one.parent = heirs[0] if one == unit else one.parent
        one.save()
    for number, heir in enumerate(heirs):
        UnitSuccession.objects.create(
            old=unit, new=heir, effective_on=day, share=1 / len(heirs), is_main=number == 0
        )
    unit.refresh_from_db()
