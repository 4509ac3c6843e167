"""Proof that what a breach shows is what its steps say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from thongsuot.privacy.models import TELLING, Breach, BreachStep, StepKind


def faults_of_breaches() -> Iterator[str]:
    """The keys of breaches that show something else than the last telling, the first notification and the closing."""
    rows = Breach.objects.order_by("pk").prefetch_related("steps")
    for breach in rows.iterator(chunk_size=200):
        steps = sorted(breach.steps.all(), key=lambda step: (step.at, step.pk))
        if _shown(breach) != _told(steps):
            yield f"breach {breach.pk}"


def _shown(breach: Breach) -> tuple[Any, ...]:
    facts = (breach.title, breach.data_kinds, breach.people, breach.noticed_at)
    return (*facts, breach.notified_at, breach.closed_at is not None)


def _told(steps: list[BreachStep]) -> tuple[Any, ...]:
    facts: dict[str, Any] = {}
    notified_at = None
    for step in steps:
        if step.kind in TELLING:
            facts = step.facts
        elif step.kind == StepKind.AUTHORITY and notified_at is None:
            notified_at = step.happened_at
    told = tuple(facts.get(name) for name in ("title", "data_kinds", "people"))
    noticed = dt.datetime.fromisoformat(facts["noticed_at"]) if facts else None
    return (*told, noticed, notified_at, any(step.kind == StepKind.CLOSED for step in steps))
