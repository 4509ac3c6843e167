"""A unit that refuses a document has nothing to do for it, until it receives it after all."""

from __future__ import annotations

from thongsuot.audit.services import record
from thongsuot.documents.hooks import Answer
from thongsuot.tasks.models import ProgressVerb, Task, TaskState
from thongsuot.tasks.services.moving import move, tell
from thongsuot.tasks.states import OPEN


def stop_tasks_of_refusal(answer: Answer) -> None:
    """End what the document demands of the unit, with its reason. The moment of the refusal marks these tasks."""
    delivery = answer.delivery
    demanded = Task.objects.filter(document=delivery.document_id, unit=delivery.unit_id, parent=None)
    for task in demanded.filter(state__in=OPEN).order_by("pk"):
        move(task, "stop", closed_at=delivery.refused_at)
        tell(task, ProgressVerb.STOP, by=answer.by, note=delivery.reason)
        record("task.stopped", by=answer.by, on=task, reason=delivery.reason)


def reopen_tasks_of_refusal(answer: Answer) -> None:
    """Give back what the refusal had ended. The deadlines stay: time spent refusing is not given as a present."""
    delivery = answer.delivery
    ended = Task.objects.filter(
        document=delivery.document_id,
        unit=delivery.unit_id,
        parent=None,
        state=TaskState.STOPPED,
        closed_at=delivery.refused_at,
    )
    for task in ended.order_by("pk"):
        move(task, "reopen", closed_at=None)
        tell(task, ProgressVerb.ASSIGN, by=answer.by)
        record("task.reopened", by=answer.by, on=task)
