"""How many tasks are in time, due soon, late and done: always counted from the rows, in one query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import SOON_DAYS, end_of, today
from thongsuot.organizations.reach import reach
from thongsuot.tasks.models import HandedPart, Task, TaskHandover, TaskQuerySet, TaskState
from thongsuot.tasks.states import AT_WORK, OPEN

if TYPE_CHECKING:
    from thongsuot.organizations.models import Unit
    from thongsuot.organizations.queries.structure import Part, Structure
    from thongsuot.organizations.reach import Viewer


@dataclass(frozen=True)
class TaskFigures:
    """Every task that was not stopped, in exactly one of five parts."""

    in_time: int = 0
    soon: int = 0
    late: int = 0
    done_in_time: int = 0
    done_late: int = 0
    total: int = 0

    @property
    def done(self) -> int:
        return self.done_in_time + self.done_late

    @property
    def open(self) -> int:
        return self.in_time + self.soon + self.late


def bucket(name: str, day: dt.date) -> Q:
    """The condition behind a figure or a choice of the filter; unknown names mean all that was not stopped.

    Work that was handed in and waits to be accepted is in time or late by the day it was handed in.
    """
    soon_until = day + dt.timedelta(SOON_DAYS)
    working, waiting = Q(state__in=AT_WORK), Q(state=TaskState.SUBMITTED)
    done = Q(state=TaskState.DONE)
    conditions = {
        "in_time": (working & (Q(due=None) | Q(due__gt=soon_until))) | (waiting & Q(is_late=False)),
        "soon": working & Q(due__gte=day, due__lte=soon_until),
        "late": (working & Q(due__lt=day)) | (waiting & Q(is_late=True)),
        "done_in_time": done & Q(is_late=False),
        "done_late": done & Q(is_late=True),
        "done": done,
        "submitted": waiting,
        "assigned": Q(state=TaskState.ASSIGNED),
        "returned": Q(state=TaskState.RETURNED),
        "open": Q(state__in=OPEN),
    }
    return conditions.get(name, ~Q(state=TaskState.STOPPED))


PARTS = ("in_time", "soon", "late", "done_in_time", "done_late")


def _counts(day: dt.date) -> dict[str, Any]:
    counts = {f"n_{name}": Count("pk", filter=bucket(name, day)) for name in PARTS}
    return counts | {"n_total": Count("pk", filter=bucket("", day))}


def _figures(row: Mapping[str, Any]) -> TaskFigures:
    return TaskFigures(**{name: row[f"n_{name}"] for name in (*PARTS, "total")})


def task_states(tasks: TaskQuerySet, day: dt.date | None = None) -> TaskFigures:
    """The figures of a list of tasks, in one query."""
    return _figures(tasks.order_by().aggregate(**_counts(day or today())))


def tasks_by_document(
    user: Viewer, unit: Unit, *, document_id: int | None = None, day: dt.date | None = None
) -> dict[int | None, TaskFigures]:
    """By document, the tasks of a unit and everything below it, as far as the person's roles reach.

    Under ``None`` are those that come from no document, so that the parts add up to the whole.
    """
    tasks = _under(user, unit, document_id)
    rows = tasks.order_by().values("document_id").annotate(**_counts(day or today()))
    return {row["document_id"]: _figures(row) for row in rows}


def tasks_by_unit(
    user: Viewer, unit: Unit, *, document_id: int | None = None, day: dt.date | None = None
) -> dict[int, TaskFigures]:
    """By unit that has to do them, the tasks of a unit and everything below it."""
    tasks = _under(user, unit, document_id)
    rows = tasks.order_by().values("unit_id").annotate(**_counts(day or today()))
    return {row["unit_id"]: _figures(row) for row in rows}


def tasks_by_part(user: Viewer, structure: Structure) -> list[tuple[Part, TaskFigures]]:
    """By unit directly below, in today's structure or in that of a day, the tasks it and those below it have.

    On an earlier day a task is counted where it was to be done then, though it has passed to a successor since.
    """
    tasks = Task.objects.filter(reach(user, Permission.TASK_READ))
    if structure.day is None:
        parts = structure.parts(_under(user, structure.unit, None), **_counts(today()))
    else:
        passed = TaskHandover.objects.filter(
            task=OuterRef("pk"), part__in=(HandedPart.UNIT, HandedPart.SHARE), at__gt=end_of(structure.day)
        )
        before = Subquery(passed.order_by("at", "pk").values("from_unit")[:1])
        tasks = tasks.annotate(held_then=Coalesce(before, F("unit_id")))
        parts = structure.parts(tasks, held_by="held_then", **_counts(today()))
    return [(part, _figures(part.sums)) for part in parts]


def _under(user: Viewer, unit: Unit, document_id: int | None) -> TaskQuerySet:
    """The same rows as the list "my unit and below": what a figure counts is what it opens into."""
    tasks = Task.objects.filter(reach(user, Permission.TASK_READ))
    tasks = tasks.filter(unit__path__gte=unit.path, unit__path__lt=unit.path + "~")
    return tasks if document_id is None else tasks.filter(document=document_id)
