"""Writing what a plan says, in sets, and keeping each row as it was before.

Twelve thousand units hang elsewhere after some mergers: one statement a thousand of them, versions in bulk.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from thongsuot.organizations.models import (
    Affiliation,
    Delegation,
    Membership,
    Position,
    Reorganization,
    ReorganizationChange,
    RoleGrant,
    Unit,
    UnitAlias,
    UnitSuccession,
    UnitVersion,
)
from thongsuot.organizations.models.units import segment_of

CHUNK = 1000
COPIED_FIELDS = [name.removesuffix("_id") for name in UnitVersion.COPIED]
Item = TypeVar("Item")
# In the order in which undoing deletes what was made: whatever points at units first.
TABLES: dict[str, type[models.Model]] = {
    str(model._meta.model_name): model
    for model in (
        Membership,
        Affiliation,
        Position,
        RoleGrant,
        Delegation,
        UnitAlias,
        UnitSuccession,
        UnitVersion,
        Unit,
    )
}


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def image_of(row: models.Model, names: Iterable[str] | None = None) -> dict[str, Any]:
    """The columns of a row as they are kept in a change."""
    columns = names or [field.attname for field in row._meta.concrete_fields]
    plain = {name: getattr(row, name) for name in columns}
    kept: dict[str, Any] = json.loads(json.dumps(plain, cls=DjangoJSONEncoder))
    return kept


class Log:
    """Collects what was changed; written at the end in bulk."""

    def __init__(self, reorganization: Reorganization) -> None:
        self.reorganization = reorganization
        self.changes: list[ReorganizationChange] = []

    def made(self, rows: Iterable[models.Model]) -> None:
        for row in rows:
            self._note(type(row), row.pk, None, image_of(row))

    def changed(self, row: models.Model, **now: Any) -> None:
        """Set these columns in memory and note how they were; the caller writes the row."""
        before = image_of(row, now)
        for name, value in now.items():
            setattr(row, name, value)
        self._note(type(row), row.pk, before, image_of(row, now))

    def gone(self, row: models.Model) -> None:
        self._note(type(row), row.pk, image_of(row), None)

    def _note(
        self,
        model: type[models.Model],
        key: int,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> None:
        change = ReorganizationChange(
            reorganization=self.reorganization,
            table=str(model._meta.model_name),
            row=key,
            before=before,
            after=after,
        )
        self.changes.append(change)

    def write(self) -> None:
        ReorganizationChange.objects.bulk_create(self.changes, batch_size=CHUNK)


def place_below(parents: Mapping[int, int | None], log: Log) -> list[Unit]:
    """Hang these units below other parents, with everything below them; the units whose path has changed.

    ``parents``: the new parent by unit. Paths are worked out for the whole of the touched subtrees, because a unit
    inside one may be hung elsewhere in the same act.
    """
    tops = list(Unit.objects.filter(pk__in=parents).order_by("path").values_list("path", flat=True))
    units = {unit.pk: unit for chunk in chunks(_outermost(tops), 100) for unit in _below(chunk)}
    known = dict(
        Unit.objects.filter(pk__in={key for key in parents.values() if key}).values_list("pk", "path")
    )
    paths: dict[int, str] = {}

    def path_of(key: int) -> str:
        if key not in units:
            return known[key]
        if key not in paths:
            parent = parents.get(key, units[key].parent_id)
            paths[key] = (path_of(parent) if parent else "") + segment_of(key)
        return paths[key]

    moved = []
    for key, unit in units.items():
        path, parent = path_of(key), parents.get(key, unit.parent_id)
        if path != unit.path or parent != unit.parent_id:
            log.changed(unit, parent_id=parent, path=path, depth=len(path) // len(segment_of(key)) - 1)
            moved.append(unit)
    for chunk in chunks(moved):
        _write_places(chunk)
    return moved


def _outermost(paths: Sequence[str]) -> list[str]:
    """Paths in order without those below another one."""
    kept: list[str] = []
    for path in paths:
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def _below(tops: Sequence[str]) -> Iterable[Unit]:
    within = models.Q(pk__in=[])
    for top in tops:
        within |= models.Q(path__gte=top, path__lt=top + "~")
    return Unit.objects.filter(within).order_by("path").iterator()


def _write_places(units: Sequence[Unit]) -> None:
    """Parent, path and depth of many units by one statement. A path ends in its unit's own segment, so that no two
    can collide half-way."""
    table = Unit._meta.db_table
    rows = ", ".join(["(%s, %s, %s, %s)"] * len(units))
    sql = (
        f"WITH placed (id, parent_id, path, depth) AS (VALUES {rows}) "  # noqa: S608  # our own names and number of places
        f"UPDATE {table} SET parent_id = CAST(placed.parent_id AS bigint), path = placed.path, depth = placed.depth "
        f"FROM placed WHERE {table}.id = placed.id"
    )
    values = [value for unit in units for value in (unit.pk, unit.parent_id, unit.path, unit.depth)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def renew_versions(unit_ids: Iterable[int], renamed: set[int], day: dt.date, log: Log) -> None:
    """From the day on these units are described as they now are; until then as they were.

    A version that begins on the day or later is corrected where it is: it has no earlier part to keep.
    """
    for keys in chunks(sorted(unit_ids)):
        units = Unit.objects.in_bulk(keys)
        versions = UnitVersion.objects.filter(unit__in=keys).filter(
            models.Q(valid_to=None) | models.Q(valid_to__gt=day)
        )
        corrected, opened = [], []
        for version in versions.order_by("unit_id", "valid_from"):
            unit = units[version.unit_id]
            names = UnitVersion.COPIED if unit.pk in renamed else ("parent_id", "path", "depth")
            now = {name: getattr(unit, name) for name in names}
            if version.valid_from >= day:
                log.changed(version, **now)
                corrected.append(version)
            else:
                opened.append(_continued(version, day, now))
                log.changed(version, valid_to=day)
                corrected.append(version)
        _write_versions(corrected, opened, day)
        log.made(opened)


def _continued(version: UnitVersion, day: dt.date, now: Mapping[str, Any]) -> UnitVersion:
    copied = {name: getattr(version, name) for name in UnitVersion.COPIED} | dict(now)
    return UnitVersion(unit_id=version.unit_id, valid_from=day, valid_to=version.valid_to, **copied)


def _write_versions(corrected: Sequence[UnitVersion], opened: Sequence[UnitVersion], day: dt.date) -> None:
    closed = [version.pk for version in corrected if version.valid_from < day]
    UnitVersion.objects.filter(pk__in=closed).update(valid_to=day)
    others = [version for version in corrected if version.valid_from >= day]
    UnitVersion.objects.bulk_update(others, COPIED_FIELDS, batch_size=200)
    UnitVersion.objects.bulk_create(opened, batch_size=CHUNK)


def close_versions(unit_ids: Iterable[int], day: dt.date, log: Log) -> None:
    """These units are no more from the day on."""
    for keys in chunks(sorted(unit_ids)):
        open_ones = UnitVersion.objects.filter(unit__in=keys).filter(
            models.Q(valid_to=None) | models.Q(valid_to__gt=day)
        )
        for version in open_ones.order_by("pk"):
            log.changed(version, valid_to=day)
        open_ones.update(valid_to=day)
