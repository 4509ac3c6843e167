"""Open work has somebody to do it."""

from __future__ import annotations

from collections.abc import Iterator

from thongsuot.core.clock import today
from thongsuot.tasks.models import Task
from thongsuot.tasks.states import OPEN


def open_tasks() -> Iterator[str]:
    """Every task not yet done is in the hands of a unit in force."""
    left = Task.objects.filter(state__in=OPEN, unit__valid_to__lte=today()).order_by("pk")
    for task, unit, until in left.values_list("pk", "unit_id", "unit__valid_to").iterator():
        yield f"task {task}: open in unit {unit}, which ended on {until}"
