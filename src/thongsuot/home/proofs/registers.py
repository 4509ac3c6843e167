"""Numbers in the books."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Max, Min

from thongsuot.documents.models import Book, RegisterEntry


def registers() -> Iterator[str]:
    """Numbers run from 1 to the last one of the book, none missing, none beyond."""
    books = {
        (unit, register, period): last
        for unit, register, period, last in Book._default_manager.values_list(
            "unit_id", "register", "period", "last_number"
        )
    }
    kept = RegisterEntry.objects.values_list("unit_id", "register", "period").annotate(
        n=Count("number"), first=Min("number"), last=Max("number")
    )
    for unit, register, period, n, first, last in kept.order_by("unit_id", "register", "period"):
        given = books.pop((unit, register, period), 0)
        if (n, first, last) != (given, 1, given):
            yield f"unit {unit}, {register} {period}: {n} numbers from {first} to {last}, the book says {given}"
    for (unit, register, period), last in books.items():
        if last:
            yield f"unit {unit}, {register} {period}: no entries, the book says {last}"
