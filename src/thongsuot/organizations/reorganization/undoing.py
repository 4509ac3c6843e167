"""Undoing a reorganisation within some days, as long as nothing was written that depends on it.

Every row it changed is compared with what it left there; then each gets back what it had, and what was made goes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.organizations.hooks import (
    Handover,
    Heir,
    Succession,
    against_undoing,
    tree_changed,
    units_restored,
)
from thongsuot.organizations.models import (
    ObligationsRule,
    Reorganization,
    ReorganizationState,
    StepKind,
    Unit,
    UnitSuccession,
)
from thongsuot.organizations.reach import can
from thongsuot.organizations.reorganization.carrying_out import take_turn
from thongsuot.organizations.reorganization.rows import CHUNK, TABLES, chunks, image_of

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


def can_still_be_undone(reorganization: Reorganization) -> bool:
    """Whether the days for it have not passed. What else may speak against it is said by trying."""
    ended = reorganization.ended_at
    if reorganization.state != ReorganizationState.DONE or ended is None:
        return False
    return now() < ended + dt.timedelta(days=settings.REORGANIZATION_UNDO_DAYS)


def undo(*, by: User, reorganization: Reorganization) -> Reorganization:
    """Put every row back as it was. Refused with a sentence for each thing that depends on it."""
    require(can(by, Permission.UNIT_REORGANIZE, reorganization.scope))
    with transaction.atomic():
        take_turn()
        current = Reorganization.objects.select_for_update().get(pk=reorganization.pk)
        if not can_still_be_undone(current):
            sentence = _("A reorganisation can be undone within %(days)s days of being carried out.")
            raise Refused(sentence % {"days": settings.REORGANIZATION_UNDO_DAYS}, "too_late")
        handover = handover_of(current)
        merged = _merged(current)
        sentences = [*against_undoing(handover), *_changed_since(merged)]
        if sentences:
            raise Refused(" ".join(sentences[:10]), "depends")
        units_restored(handover)
        _restore(merged)
        tree_changed(current.pk)
        current.state = ReorganizationState.UNDONE
        current.undone_at, current.undone_by = now(), by
        current.save(update_fields=["state", "undone_at", "undone_by"])
        record("reorganization.undone", by=by, on=current, unit_id=current.scope_id)
        for unit in Unit.objects.filter(pk__in=handover.old_ids).order_by("pk"):
            record("unit.restored", by=by, on=unit, unit_id=unit.pk, reorganization=current.pk)
    return current


def handover_of(reorganization: Reorganization) -> Handover:
    """The handover of a reorganisation that has been carried out, from what it wrote."""
    made = reorganization.changes.filter(before__isnull=True)
    written = UnitSuccession.objects.filter(pk__in=made.filter(table="unitsuccession").values("row"))
    heirs: dict[int, list[Heir]] = {}
    for row in written.order_by("old_id", "pk"):
        heirs.setdefault(row.old_id, []).append(Heir(row.new_id, row.share, row.is_main))
    by_share = set(
        reorganization.steps.filter(kind=StepKind.SPLIT, obligations=ObligationsRule.SHARES).values_list(
            "unit_id", flat=True
        )
    )
    units = reorganization.changes.filter(table="unit")
    moved = units.filter(before__has_key="path").values_list("row", flat=True)
    return Handover(
        reorganization_id=reorganization.pk,
        day=reorganization.effective_on,
        at=reorganization.ended_at or now(),
        by_id=reorganization.scheduled_by_id or reorganization.created_by_id,
        successions=tuple(
            Succession(old, tuple(rows), old in by_share) for old, rows in sorted(heirs.items())
        ),
        founded_ids=tuple(units.filter(before__isnull=True).order_by("row").values_list("row", flat=True)),
        moved_ids=tuple(moved.order_by("row")),
    )


@dataclass
class _Row:
    """All changes of one row laid over each other."""

    made: bool = False
    gone: bool = False
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def _merged(reorganization: Reorganization) -> dict[str, dict[int, _Row]]:
    tables: dict[str, dict[int, _Row]] = {name: {} for name in TABLES}
    for change in reorganization.changes.order_by("pk").iterator():
        row = tables[change.table].setdefault(change.row, _Row(made=change.before is None))
        if change.after is None:
            row.gone = True
        row.before = {**(change.before or {}), **row.before}
        row.after |= change.after or {}
    return tables


def _changed_since(tables: dict[str, dict[int, _Row]]) -> Iterable[str]:
    """One sentence a unit that is not as the reorganisation left it; rows of people count for their unit."""
    faulty: set[int] = set()
    for name, rows in tables.items():
        model = TABLES[name]
        for keys in chunks([key for key, row in rows.items() if not row.gone]):
            there = model._default_manager.in_bulk(keys)
            for key in keys:
                row, wanted = there.get(key), rows[key].after
                if row is None or not _is_as_left(row, wanted):
                    unit = wanted.get("unit_id") or getattr(row, "unit_id", None)
                    faulty.add(key if model is Unit else unit or 0)
    if faulty:
        names = Unit.objects.filter(pk__in=faulty).order_by("path").values_list("name", flat=True)[:10]
        sentence = _("These units were changed after it was carried out: %(units)s.")
        yield sentence % {"units": "; ".join(names)}


def _is_as_left(row: models.Model, wanted: dict[str, Any]) -> bool:
    """Compared as values: "1" and "1.0000" are one share."""
    model, image = type(row), image_of(row, wanted)
    return all(
        _value(model, column, image[column]) == _value(model, column, value)
        for column, value in wanted.items()
    )


def _restore(tables: dict[str, dict[int, _Row]]) -> None:
    for name, model in TABLES.items():
        if model is not Unit:
            _delete(model, [key for key, row in tables[name].items() if row.made])
    for name, model in TABLES.items():
        _put_back(model, {key: row for key, row in tables[name].items() if not row.made and not row.gone})
    for name, model in TABLES.items():
        lost = [row.before for row in tables[name].values() if row.gone]
        model._default_manager.bulk_create([_row_of(model, image) for image in lost])
    founded = [key for key, row in tables["unit"].items() if row.made]
    # One that was founded below another founded one would hold that one back.
    Unit.objects.filter(pk__in=founded).update(parent=None)
    _delete(Unit, founded)


def _delete(model: type[models.Model], keys: list[int]) -> None:
    try:
        for chunk in chunks(keys):
            model._default_manager.filter(pk__in=chunk).delete()
    except ProtectedError as error:
        kinds = sorted({str(row._meta.verbose_name) for row in error.protected_objects})
        sentence = _("A unit it founded is already in use (%(kinds)s).")
        raise Refused(sentence % {"kinds": ", ".join(kinds)}, "depends") from error


def _put_back(model: type[models.Model], rows: dict[int, _Row]) -> None:
    """The old values, in bulk for all rows in which the same columns were changed."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for key, row in rows.items():
        alike.setdefault(tuple(sorted(row.before)), []).append(key)
    for columns, keys in alike.items():
        names = [_field(model, column).name for column in columns]
        for chunk in chunks(keys):
            there = model._default_manager.in_bulk(chunk)
            for key, found in there.items():
                for column in columns:
                    setattr(found, column, _value(model, column, rows[key].before[column]))
            model._default_manager.bulk_update(there.values(), names, batch_size=CHUNK // len(names))


def _row_of(model: type[models.Model], image: dict[str, Any]) -> models.Model:
    return model(**{column: _value(model, column, value) for column, value in image.items()})


def _field(model: type[models.Model], column: str) -> models.Field[Any, Any]:
    return next(one for one in model._meta.concrete_fields if one.attname == column)


def _value(model: type[models.Model], column: str, value: Any) -> Any:
    one = _field(model, column)
    return one.to_python(value) if not isinstance(one, models.ForeignKey) else value
