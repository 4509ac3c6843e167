"""A long list by its own order instead of by page numbers: the thousandth page costs what the first one does."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

OLDER, NEWER = "truoc", "sau"
SIZE = 50
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Stretch:
    """Some rows, newest first, and the addresses of what comes before and after them ("" where nothing does)."""

    rows: Sequence[Any]
    newer: str
    older: str


def stretch_of(rows: QuerySet[Any], asked: QueryDict, size: int = SIZE) -> Stretch:
    """The rows next to the place the address names; the newest ones when it names none. One query."""
    before, after = _place(asked.get(OLDER)), _place(asked.get(NEWER))
    if after and not before:
        found = list(rows.filter(_beyond(after, "gt")).order_by("at", "id")[: size + 1])
        shown = found[:size][::-1]
        return _stretch(asked, shown, has_newer=len(found) > size, has_older=True)
    if before:
        rows = rows.filter(_beyond(before, "lt"))
    found = list(rows.order_by("-at", "-id")[: size + 1])
    return _stretch(asked, found[:size], has_newer=bool(before), has_older=len(found) > size)


def _stretch(asked: QueryDict, rows: Sequence[Any], *, has_newer: bool, has_older: bool) -> Stretch:
    return Stretch(
        rows,
        newer=_address(asked, NEWER, rows[0]) if rows and has_newer else "",
        older=_address(asked, OLDER, rows[-1]) if rows and has_older else "",
    )


def _beyond(place: tuple[dt.datetime, uuid.UUID], side: str) -> Q:
    at, key = place
    # The first condition is implied by the second; it is what a database can begin an index scan with.
    return Q(**{f"at__{side}e": at}) & (Q(**{f"at__{side}": at}) | Q(at=at, **{f"id__{side}": key}))


def _address(asked: QueryDict, name: str, row: Any) -> str:
    query = asked.copy()
    query.pop(OLDER, None)
    query.pop(NEWER, None)
    microseconds = (row.at - EPOCH) // dt.timedelta(microseconds=1)
    query[name] = f"{microseconds}-{row.id.hex}"
    return f"?{query.urlencode()}"


def _place(text: str | None) -> tuple[dt.datetime, uuid.UUID] | None:
    microseconds, _, key = (text or "").partition("-")
    try:
        return EPOCH + dt.timedelta(microseconds=int(microseconds)), uuid.UUID(hex=key)
    except (ValueError, OverflowError):
        return None
