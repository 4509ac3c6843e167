"""Where the rows of a model live when one database is no longer enough, and the check that keeps it possible.

``reference``: small, rarely written, copied to every node. ``leaf``: many, spread by the unit addressed at the
time of writing. ``local``: everything else. The rules are those of docs/architecture.md, "Growing".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import models


class Placement(StrEnum):
    REFERENCE = "reference"
    LEAF = "leaf"
    LOCAL = "local"


def our_models() -> Iterator[type[models.Model]]:
    """Every concrete model of the product itself."""
    for model in apps.get_models():
        if model.__module__.startswith("thongsuot."):
            yield model


def placement_of(model: type[models.Model]) -> Placement | None:
    return getattr(model, "placement", None)


def check_placements(app_configs: Sequence[AppConfig] | None = None, **_: Any) -> list[CheckMessage]:
    """Every model says where it lives, and every leaf keeps the rules that cannot be retrofitted."""
    errors: list[CheckMessage] = []
    for model in our_models():
        placement = placement_of(model)
        if placement not in set(Placement):
            errors.append(
                Error("Say where its rows live: placement = Placement.…", obj=model, id="placement.E001")
            )
        elif placement == Placement.LEAF:
            errors += _check_leaf(model)
        else:
            errors += _check_pointers(model)
    return errors


def _check_leaf(model: type[models.Model]) -> Iterator[CheckMessage]:
    key = model._meta.pk
    names: tuple[str, ...] = getattr(key, "field_names", ())
    if names[:1] != ("unit_id",):
        yield Error('The key of a leaf is CompositePrimaryKey("unit_id", …).', obj=model, id="placement.E002")
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and "unit" not in constraint.fields:
            yield Error(f"Unique {constraint.name} leaves out the unit.", obj=model, id="placement.E003")
    for field in model._meta.local_fields:
        if field.unique and not isinstance(field, models.CompositePrimaryKey):
            yield Error(f"{field.name} is unique without the unit.", obj=model, id="placement.E003")
        if isinstance(field, models.AutoField | models.BigAutoField):
            yield Error(f"{field.name} is numbered by the database.", obj=model, id="placement.E004")
        if isinstance(field, models.ForeignKey):
            yield from _check_leaf_pointer(model, field)
    if model._meta.local_many_to_many:
        yield Error("A leaf has no implicit many-to-many.", obj=model, id="placement.E005")


def _check_leaf_pointer(model: type[models.Model], field: Any) -> Iterator[CheckMessage]:
    target = field.remote_field.model
    if isinstance(target, type) and placement_of(target) == Placement.LEAF:
        yield Error(f"{field.name} points at a leaf.", obj=model, id="placement.E006")
    elif field.db_constraint and placement_of(target) != Placement.REFERENCE:
        yield Error(
            f"{field.name} is constrained to a table that is not a reference.", obj=model, id="placement.E006"
        )
    if field.remote_field.on_delete in (models.CASCADE, models.SET_NULL):
        yield Error(f"{field.name} would change leaves in request code.", obj=model, id="placement.E007")
    if field.db_index:
        yield Error(f"{field.name} has an index of its own: declare it.", obj=model, id="placement.E008")
    if field.name == "unit" and field.null:
        yield Error("The unit of a leaf is never empty.", obj=model, id="placement.E002")


def _check_pointers(model: type[models.Model]) -> Iterator[CheckMessage]:
    for field in model._meta.local_fields:
        target = field.remote_field.model if field.remote_field else None
        if isinstance(target, type) and placement_of(target) == Placement.LEAF:
            yield Error(f"{field.name} points at a leaf.", obj=model, id="placement.E006")
