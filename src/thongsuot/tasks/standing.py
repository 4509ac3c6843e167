"""How a task stands in words: its deadline while it is worked on, its state where that says more."""

from __future__ import annotations

from django.utils.translation import gettext as _

from thongsuot.core.clock import today
from thongsuot.core.ui.words import Standing, day, standing
from thongsuot.tasks.models import Task, TaskState


def standing_of(task: Task) -> Standing:
    """The mark of a task. What was late says so, even when a later extension would have covered it."""
    if task.state == TaskState.STOPPED:
        return Standing("quiet", _("stopped"))
    if task.state == TaskState.SUBMITTED:
        sentence = (
            _("handed in late on %(date)s, waiting to be accepted")
            if task.is_late
            else _("handed in on %(date)s, waiting to be accepted")
        )
        return Standing("late" if task.is_late else "run", sentence % {"date": day(task.submitted_at)})
    if (
        task.state == TaskState.DONE
        and task.is_late
        and task.due
        and task.done_on
        and task.done_on <= task.due
    ):
        return Standing("done", _("done on %(date)s, late") % {"date": day(task.done_on)})
    plain = standing(task.due, task.done_on, today())
    if task.state == TaskState.RETURNED:
        return Standing(
            "late" if plain.state == "late" else "back",
            _("returned, %(deadline)s") % {"deadline": plain.text},
        )
    return plain
