"""Reporting, handing in, accepting and returning."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import day_of, now, today
from thongsuot.core.refusals import Refused
from thongsuot.documents.services.steps import work_begun, work_done
from thongsuot.files.services import store_photo
from thongsuot.tasks.models import ProgressVerb, Task
from thongsuot.tasks.permissions import can_accept, can_report
from thongsuot.tasks.services.moving import move, required, tell
from thongsuot.tasks.states import OPEN, STATES

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

LARGEST = (
    Decimal(10) ** 11
)  # one digit less than a column holds: reports at the same moment cannot overflow it


def report_progress(
    *,
    by: User,
    task: Task,
    note: str = "",
    figure: Decimal | None = None,
    photo: tuple[bytes, str] | None = None,
    hand_in: bool = False,
) -> Task:
    """Write what has been done since the last report; with ``hand_in`` the giver is asked to accept it.

    A figure is what was done this time and is added up; a wrong one is taken back by a negative one. Handing in
    counts on its own day: after the deadline the task is late, and stays so whatever happens later. A hand-in
    in time that is returned has to be handed in again, and counts on that day.
    """
    require(can_report(by, task))
    verb = "submit" if hand_in else "report"
    STATES.step(verb, task.state)
    if not hand_in and not note.strip() and figure is None and photo is None:
        raise Refused(_("Write what was done, or add a figure or a photo."), "empty")
    if figure is not None and abs(task.measure_done + figure) >= LARGEST:
        raise Refused(_("The figure is too large. Look at the number and its unit again."), "figure")
    # Drawing the picture again takes a while: before the transaction. A race lost below leaves an unused file.
    kept = store_photo(by=by, content=photo[0], name=photo[1]) if photo else None
    with transaction.atomic():
        move(task, verb, **_changes(task, figure, hand_in))
        tell(
            task,
            ProgressVerb.SUBMIT if hand_in else ProgressVerb.REPORT,
            by=by,
            note=note,
            figure=figure,
            photo=kept,
        )
        if task.document_id and task.parent_id is None:
            work_begun(by=by, unit_id=task.unit_id, document_id=task.document_id)
        record("task.handed_in" if hand_in else "task.reported", by=by, on=task)
    return task


def _changes(task: Task, figure: Decimal | None, hand_in: bool) -> dict[str, Any]:
    moment = now()
    changes: dict[str, Any] = {}
    if task.started_at is None:
        changes["started_at"] = moment
    if figure is not None:
        changes["measure_done"] = F("measure_done") + figure
    if hand_in:
        changes["submitted_at"] = moment
        if task.due and today() > task.due:
            changes["is_late"] = True
    return changes


@transaction.atomic
def accept_task(*, by: User, task: Task) -> Task:
    """Say that the work is done. Its day is the day it was handed in, however long this took."""
    require(can_accept(by, task))
    moment = now()
    move(task, "accept", done_on=day_of(task.submitted_at or moment), closed_at=moment)
    tell(task, ProgressVerb.ACCEPT, by=by)
    _tell_the_sender(by, task)
    record("task.accepted", by=by, on=task)
    return task


def _tell_the_sender(by: User, task: Task) -> None:
    """With the last of what the document demands of the unit, the unit is done with the document."""
    if task.document_id is None or task.parent_id is not None:
        return
    demanded = Task.objects.filter(document=task.document_id, unit=task.unit_id, parent=None)
    if not demanded.filter(state__in=OPEN).exists():
        work_done(by=by, unit_id=task.unit_id, document_id=task.document_id)


@transaction.atomic
def return_task(*, by: User, task: Task, reason: str) -> Task:
    """Give the work back with what is missing."""
    require(can_accept(by, task))
    reason = required(reason, _("Say what is missing, so that it can be put right."))
    move(task, "return")
    tell(task, ProgressVerb.RETURN, by=by, note=reason)
    record("task.returned", by=by, on=task, reason=reason)
    return task
