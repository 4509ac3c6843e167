"""Days from one up to, not including, another: which of them are free."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db import models

Span = tuple[dt.date, dt.date | None]


def free_days(begin: dt.date, end: dt.date | None, taken: Iterable[Span]) -> list[Span]:
    """The parts of the days from ``begin`` up to ``end`` that are not taken, in order."""
    free: list[Span] = []
    for since, until in sorted(taken, key=lambda span: span[0]):
        if end is not None and since >= end:
            break
        if since > begin:
            free.append((begin, since))
        if until is None:
            return free
        begin = max(begin, until)
    return free if end is not None and begin >= end else [*free, (begin, end)]


def reaching_past(model: type[Any], units: Collection[int], day: dt.date) -> models.QuerySet[Any]:
    past = models.Q(valid_to=None) | models.Q(valid_to__gt=day)
    rows: models.QuerySet[Any] = model._default_manager.filter(past, unit__in=units)
    return rows
