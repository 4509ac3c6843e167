"""A list of tasks as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from thongsuot.core.sheets import csv_lines
from thongsuot.core.ui.words import day, quantity
from thongsuot.tasks.queries import doer_of
from thongsuot.tasks.standing import standing_of

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer
    from thongsuot.tasks.models import Task


def lines(tasks: Iterable[Task], user: Viewer) -> Iterator[str]:
    """The file line by line."""
    return csv_lines(
        [
            _("Document"),
            _("Task"),
            _("Unit"),
            _("Person"),
            _("Given by"),
            _("First deadline"),
            _("Deadline"),
            _("State of the task"),
            _("Standing"),
            _("Done on"),
            _("Figure reported"),
            _("Figure to reach"),
            _("Unit of measure"),
        ],
        (_cells(task, user) for task in tasks),
    )


def _cells(task: Task, user: Viewer) -> list[str]:
    return [
        str(task.document or ""),
        task.text,
        task.unit.name,
        doer_of(user, task),
        task.giver.name,
        day(task.first_due),
        day(task.due),
        task.get_state_display(),
        standing_of(task).text,
        day(task.done_on),
        quantity(task.measure_done) if task.measure_done else "",
        quantity(task.measure_goal) if task.measure_goal else "",
        task.measure_unit,
    ]
