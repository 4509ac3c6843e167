"""Writing what a file says of units, and taking it back."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from thongsuot.core.text import nfc
from thongsuot.organizations.imports.undoing import ChangedSinceError
from thongsuot.organizations.imports.units import UnitRow, in_levels
from thongsuot.organizations.models import RowState, Unit, UnitAlias, UnitVersion
from thongsuot.organizations.queries.one import aliases_of
from thongsuot.organizations.services.describing import describe_unit
from thongsuot.organizations.services.founding import found_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thongsuot.accounts.models import User


def write_units(lines: Sequence[UnitRow], by: User) -> dict[str, Any]:
    """Found level by level, then correct what is there; the answer is what undoing needs."""
    founded: list[int] = []
    for _depth, group in groupby(in_levels(lines), key=lambda pair: pair[0]):
        level = [line for _level, line in group]
        units = [_unit_of(line) for line in level]
        made = found_units(units, aliases=[line.aliases or () for line in level])
        for line, unit in zip(level, made, strict=True):
            line.unit = unit
        founded += [unit.pk for unit in made]
    changed = []
    for line in lines:
        if line.result.state == RowState.CHANGED and line.unit:
            before = {name: getattr(line.unit, name) for name in line.fields}
            aliases = [alias.name for alias in aliases_of(line.unit)]
            describe_unit(by=by, unit=line.unit, fields=line.fields, aliases=line.aliases)
            changed.append([line.unit.pk, before, line.fields, aliases if line.aliases is not None else None])
    return {"units": founded, "described": changed}


def _unit_of(line: UnitRow) -> Unit:
    parent = line.parent.unit if isinstance(line.parent, UnitRow) else line.parent
    name = nfc(line.row.get("name"))
    short = nfc(line.row.get("short_name")) or name[:80]
    assert line.since is not None  # noqa: S101  # a new unit has its day
    return Unit(
        parent=parent, name=name, short_name=short, kind=line.kind, valid_from=line.since, **line.fields
    )


def take_back_units(made: dict[str, Any], by: User) -> None:
    """Describe units as they were and remove the founded ones, lowest first, while nothing hangs on them."""
    for key, before, after, aliases in made["described"]:
        unit = Unit.objects.get(pk=key)
        if any(getattr(unit, name) != value for name, value in after.items()):
            raise ChangedSinceError
        describe_unit(by=by, unit=unit, fields=before, aliases=aliases)
    founded = Unit.objects.filter(pk__in=made["units"])
    if founded.count() != len(made["units"]) or founded.exclude(valid_to=None).exists():
        raise ChangedSinceError
    if UnitVersion.objects.filter(unit__in=made["units"]).count() != len(made["units"]):
        raise ChangedSinceError  # reorganised since
    depths = sorted(founded.values_list("depth", flat=True).distinct(), reverse=True)
    for depth in depths:
        keys = list(founded.filter(depth=depth).values_list("pk", flat=True))
        UnitVersion.objects.filter(unit__in=keys).delete()
        UnitAlias.objects.filter(unit__in=keys).delete()
        Unit.objects.filter(pk__in=keys).delete()
