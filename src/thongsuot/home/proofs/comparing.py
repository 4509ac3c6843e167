"""Walking two sides of a claim in the order of their key, never holding the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models import Count

Row = tuple[object, ...]


def grouped(rows: models.QuerySet[models.Model], **measures: Count) -> Iterator[Row]:
    """The rows counted per unit and document, in the order of the key."""
    counted = rows.order_by("unit_id", "document_id").values_list("unit_id", "document_id")
    return iter(counted.annotate(**measures).values_list("unit_id", "document_id", *measures).iterator())


def plain(rows: models.QuerySet[models.Model], names: Iterable[str]) -> Iterator[Row]:
    return iter(rows.values_list("unit_id", "document_id", *names).iterator())


def differences(
    counted: Iterator[Row],
    rows: Iterator[Row],
    names: tuple[str, ...],
    key_names: tuple[str, str] = ("unit", "document"),
) -> Iterator[str]:
    """Walk both in the order of their key, two numbers; a side that is missing counts nothing."""
    nothing = (0,) * len(names)
    left, right = next(counted, None), next(rows, None)
    while left or right:
        key = min(_key(side) for side in (left, right) if side)
        found, expected = nothing, nothing
        if left and _key(left) == key:
            found, left = left[2:], next(counted, None)  # type: ignore[assignment]  # numbers
        if right and _key(right) == key:
            expected, right = right[2:], next(rows, None)  # type: ignore[assignment]  # numbers
        for name, was, should in zip(names, found, expected, strict=True):
            if was != should:
                yield f"{key_names[0]} {key[0]}, {key_names[1]} {key[1]}: {name} {was}, the rows say {should}"


def _key(row: Row) -> tuple[int, int]:
    return (row[0], row[1])  # type: ignore[return-value]  # a key of two numbers
