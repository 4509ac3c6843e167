"""Extending, urging and stopping: what the giver does while the work is under way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import day_of, now, today
from thongsuot.core.refusals import Refused
from thongsuot.tasks.models import ProgressEntry, ProgressVerb, Task, TaskState
from thongsuot.tasks.permissions import can_accept, can_urge
from thongsuot.tasks.services.moving import move, required, tell
from thongsuot.tasks.states import AT_WORK, STATES

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def extend_task(*, by: User, task: Task, due: dt.date, reason: str) -> Task:
    """Set a later deadline, with the reason; the first one stays beside it.

    Late stays late: a deadline that has passed unmet makes the task late before it is replaced. It was met when
    the work was handed in by then and came back only afterwards: a slow acceptance makes nobody late.
    """
    require(can_accept(by, task))
    reason = required(reason, _("Say why the deadline is moved."))
    if due < today():
        raise Refused(_("The new deadline has already passed."), "due")
    if task.due and due <= task.due:
        raise Refused(_("The new deadline has to be later than the present one."), "due")
    before = task.due
    move(
        task,
        "extend",
        due=due,
        first_due=task.first_due or due,
        is_late=task.is_late or _passed_unmet(task),
    )
    tell(task, ProgressVerb.EXTEND, by=by, note=reason, due_before=before, due_after=due)
    was = before.isoformat() if before else ""
    record(
        "task.extended", by=by, on=task, reason=reason, before={"due": was}, after={"due": due.isoformat()}
    )
    return task


def _passed_unmet(task: Task) -> bool:
    if task.due is None or today() <= task.due:
        return False
    if task.state != TaskState.RETURNED or task.submitted_at is None:
        return True
    returned = ProgressEntry.objects.filter(unit=task.unit_id, task=task, verb=ProgressVerb.RETURN)
    last = returned.order_by("-at", "-id").values_list("at", flat=True).first()
    was_in_time = day_of(task.submitted_at) <= task.due
    return not (was_in_time and last is not None and day_of(last) > task.due)


@transaction.atomic
def urge(*, by: User, task: Task, note: str = "") -> Task:
    """Ask whoever has to do the task to get on with it."""
    require(can_urge(by, task))
    move(task, "urge", urged_at=now())
    tell(task, ProgressVerb.URGE, by=by, note=note)
    record("task.urged", by=by, on=task)
    return task


@transaction.atomic
def urge_all(*, by: User, tasks: Sequence[Task], note: str = "") -> int:
    """Urge many at once and say how many: those the person may urge, that are still being worked on and were
    not urged today already. Two statements however many there are. Give the tasks with ``giver``.
    """
    day, moment = today(), now()
    wanted = [
        task
        for task in tasks
        if STATES.allows("urge", task.state)
        and can_urge(by, task)
        and not (task.urged_at and day_of(task.urged_at) == day)
    ]
    ids = [task.pk for task in wanted]
    Task.objects.filter(pk__in=ids, state__in=AT_WORK).update(urged_at=moment)
    ProgressEntry.objects.bulk_create(
        [
            ProgressEntry(
                unit_id=task.unit_id, task=task, verb=ProgressVerb.URGE, by=by, at=moment, note=note
            )
            for task in wanted
        ],
        batch_size=1000,
    )
    if wanted:
        record("task.many_urged", by=by, on=wanted[0].giver, unit_id=wanted[0].giver_id, tasks=len(wanted))
    return len(wanted)


@transaction.atomic
def stop_task(*, by: User, task: Task, reason: str) -> Task:
    """End a task that is no longer needed, with the reason; what is below it ends too."""
    require(can_accept(by, task))
    reason = required(reason, _("Say why the task is stopped."))
    for under in [*_open_below(task), task]:
        move(under, "stop", closed_at=now())
        tell(under, ProgressVerb.STOP, by=by, note=reason)
        record("task.stopped", by=by, on=under, reason=reason)
    return task


def _open_below(task: Task) -> list[Task]:
    below: list[Task] = []
    level = [task]
    while level:
        level = list(Task.objects.filter(parent__in=level).order_by("pk"))
        below += [child for child in level if STATES.allows("stop", child.state)]
    return below
