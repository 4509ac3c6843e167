"""Walking two sides of a claim in the order of their key, never holding the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import Count, Sum

Row = tuple[object, ...]


def grouped(rows: models.QuerySet[models.Model], **measures: Count | Sum) -> Iterator[Row]:
    """The rows counted per unit and document, in the order of the key."""
    counted = rows.order_by("unit_id", "document_id").values_list("unit_id", "document_id")
    return iter(counted.annotate(**measures).values_list("unit_id", "document_id", *measures).iterator())


def plain(rows: models.QuerySet[models.Model], names: Iterable[str]) -> Iterator[Row]:
    return iter(rows.values_list("unit_id", "document_id", *names).iterator())


def differences(
    counted: Iterator[Row],
    rows: Iterator[Row],
    names: tuple[str, ...],
    key_names: tuple[str, ...] = ("unit", "document"),
) -> Iterator[str]:
    """Walk both in the order of their key, one value for each name; a side that is missing counts nothing."""
    nothing, width = (0,) * len(names), len(key_names)
    left, right = next(counted, None), next(rows, None)
    while left or right:
        key: Any = min(side[:width] for side in (left, right) if side)
        found, expected = nothing, nothing
        if left and left[:width] == key:
            found, left = left[width:], next(counted, None)  # type: ignore[assignment]  # numbers
        if right and right[:width] == key:
            expected, right = right[width:], next(rows, None)  # type: ignore[assignment]  # numbers
        for name, was, should in zip(names, found, expected, strict=True):
            if was != should:
                place = ", ".join(f"{what} {one}" for what, one in zip(key_names, key, strict=True))
                yield f"{place}: {name} {was}, the rows say {should}"
