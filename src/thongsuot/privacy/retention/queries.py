"""What the next run will remove, what earlier ones did, and what is held back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Min, Q, QuerySet, Sum
from django.utils.functional import Promise

from thongsuot.core.clock import now
from thongsuot.core.jobs import next_run_of
from thongsuot.core.retention import DataClass, Due, due, registered, terms
from thongsuot.privacy.models import LegalHold, Outcome, RetentionEntry
from thongsuot.privacy.retention.jobs import remove_what_expired

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

A_RUN_IS_LATE = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Line:
    """One class: how long it is kept, what goes next, what is held, and what failed in the last run."""

    data_class: DataClass
    days: int
    is_chosen: bool
    due: Due
    failure: str
    error: str

    @property
    def name(self) -> str:
        return self.data_class.name

    @property
    def is_held(self) -> bool:
        return bool(self.due.held)


@dataclass(frozen=True)
class Preview:
    """The next run as it would be if nothing changed until then."""

    at: dt.datetime | None
    is_late: bool
    lines: list[Line]
    last: Run | None

    @property
    def count(self) -> int:
        return sum(line.due.count for line in self.lines)

    @property
    def failures(self) -> list[Line]:
        return [line for line in self.lines if line.failure or line.error]


@dataclass(frozen=True)
class Part:
    """What one run did to one class."""

    name: str
    label: str | Promise
    removed: int
    held: int
    days: int
    outcome: str
    failure: str


@dataclass(frozen=True)
class Run:
    at: dt.datetime
    removed: int
    parts: list[Part]

    @property
    def failed(self) -> int:
        return sum(part.outcome == Outcome.FAILED for part in self.parts)

    @property
    def is_unfinished(self) -> bool:
        """Ended by force: a class was begun and nobody wrote how it ended."""
        return any(not part.outcome for part in self.parts)


def preview() -> Preview:
    """Asked for the moment of the next run; a class that cannot be counted says so and hides no other."""
    at = next_run_of(remove_what_expired)
    moment = max(at or now(), now())
    last = next(iter(runs_of(list(runs()[:1]))), None)
    failures = {part.name: part.failure for part in last.parts} if last else {}
    by = terms()
    lines = [_line(one, moment, by, failures) for one in registered()]
    return Preview(at, at is None or at < now() - A_RUN_IS_LATE, lines, last)


def _line(data_class: DataClass, moment: dt.datetime, by: Any, failures: dict[str, str]) -> Line:
    told, error = Due(), ""
    try:
        with transaction.atomic():
            told = due(data_class, on=moment, by=by)
    except Exception as fault:  # shown on the page: of which kind, never what it said
        error = type(fault).__qualname__
    chosen = data_class.name in by.days
    return Line(data_class, by.days_of(data_class), chosen, told, failures.get(data_class.name, ""), error)


def class_named(name: str) -> DataClass | None:
    return next((one for one in registered() if one.name == name), None)


def line_of(data_class: DataClass) -> Line:
    return _line(data_class, now(), terms(), {})


def runs() -> QuerySet[RetentionEntry, Any]:
    """Newest first: when each began and how much it removed."""
    removed = Sum("count", filter=Q(outcome=Outcome.REMOVED), default=0)
    rows = RetentionEntry.objects.values("run").annotate(began=Min("at"), removed=removed)
    return rows.order_by("-began", "-run")


def runs_of(rows: Sequence[dict[str, Any]]) -> list[Run]:
    """These runs with their classes, in one more query."""
    entries = RetentionEntry.objects.filter(run__in=[row["run"] for row in rows]).order_by(
        "data_class", "at", "id"
    )
    by_run: dict[uuid.UUID, list[RetentionEntry]] = {}
    for entry in entries:
        by_run.setdefault(entry.run, []).append(entry)
    return [Run(row["began"], row["removed"], list(_parts(by_run.get(row["run"], ())))) for row in rows]


def _parts(entries: Iterable[RetentionEntry]) -> Iterable[Part]:
    labels = {one.name: one.label for one in registered()}
    by_class: dict[str, list[RetentionEntry]] = {}
    for entry in entries:
        by_class.setdefault(entry.data_class, []).append(entry)
    for name, rows in by_class.items():
        removed = sum(row.count for row in rows if row.outcome == Outcome.REMOVED)
        end = next((row for row in rows if row.outcome != Outcome.REMOVED), None)
        yield Part(
            name,
            labels.get(name, name),
            removed,
            end.count if end else 0,
            rows[-1].days,
            end.outcome if end else "",
            end.failure if end else "",
        )


def holds_in_force(user: Viewer) -> QuerySet[LegalHold]:
    rows = LegalHold.objects.in_force().visible_to(user)
    return rows.select_related("unit", "placed_by").order_by("-placed_at", "-pk")
