"""What a document demanded ends where the document is taken back, however many units that are."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.documents.hooks import Recalled, Replaced
from thongsuot.documents.models import Delivery, Document
from thongsuot.documents.models.dispatch import OVER
from thongsuot.tasks.models import ProgressEntry, ProgressVerb, Task, TaskState
from thongsuot.tasks.states import OPEN, STATES

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

AT_ONCE = 500


def stop_tasks_of_recall(recalled: Recalled) -> None:
    """End it with the reason of the recall, and what was passed on from it. The moment marks these tasks."""
    document = recalled.recall.document
    units = recalled.deliveries.values("unit_id")
    demanded = Q(unit__in=units)
    live = Delivery.objects.filter(document=document).exclude(state__in=OVER)
    if not live.exists():
        # Nobody has it any more: units it names without having been sent it are free as well.
        demanded |= Q(giver=recalled.recall.unit_id) & ~Q(unit__in=live.values("unit_id"))
    tasks = Task.objects.filter(demanded, document=document, parent=None, state__in=OPEN)
    _end(tasks, document, by=recalled.by, note=recalled.recall.reason, at=recalled.at)


def stop_tasks_of_replacement(replaced: Replaced) -> None:
    """End what the replaced document still demands, wherever."""
    tasks = Task.objects.filter(document=replaced.old, parent=None, state__in=OPEN)
    note = _("Replaced by %(document)s.") % {"document": replaced.new}
    _end(tasks, replaced.old, by=replaced.by, note=note, at=replaced.at)


def _end(tasks: QuerySet[Task], document: Document, *, by: User, note: str, at: dt.datetime) -> None:
    ended = _with_parts(sorted(tasks.values_list("pk", flat=True)), Q(state__in=OPEN))
    _move(ended, "stop", by=by, note=note, closed_at=at)
    if ended:
        record("document.tasks_stopped", by=by, on=document, tasks=len(ended))


def reopen_tasks_of_recall(recalled: Recalled) -> None:
    """Give back what the recall had ended. The deadlines stay, as after a refusal."""
    document = recalled.recall.document
    moments = set(recalled.deliveries.values_list("recalled_at", flat=True))
    marked = Q(state=TaskState.STOPPED, closed_at__in=moments)
    tasks = Task.objects.filter(marked, document=document, parent=None)
    opened = _with_parts(sorted(tasks.values_list("pk", flat=True)), marked)
    _move(opened, "reopen", by=recalled.by, note="", closed_at=None)
    if opened:
        record("document.tasks_opened", by=recalled.by, on=document, tasks=len(opened))


def _with_parts(tasks: list[int], condition: Q) -> list[int]:
    """These tasks and, level by level, the parts they were passed on as."""
    found, level = list(tasks), tasks
    while level:
        above, level = level, []
        for start in range(0, len(above), AT_ONCE):
            parts = Task.objects.filter(condition, parent__in=above[start : start + AT_ONCE])
            level += sorted(parts.values_list("pk", flat=True))
        found += level
    return found


def _move(tasks: list[int], verb: str, *, by: User, note: str, closed_at: dt.datetime | None) -> None:
    step = STATES.by_verb[verb]
    told = ProgressVerb.STOP if verb == "stop" else ProgressVerb.ASSIGN
    for start in range(0, len(tasks), AT_ONCE):
        some = Task.objects.filter(pk__in=tasks[start : start + AT_ONCE])
        rows = list(some.values_list("pk", "unit_id"))
        some.filter(state__in=step.sources).update(state=step.target, closed_at=closed_at)
        ProgressEntry.objects.bulk_create(
            [ProgressEntry(task_id=pk, unit_id=unit, verb=told, by=by, note=note) for pk, unit in rows]
        )
