"""One step in the life of a task, settled by the database, and the fact that tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils.translation import gettext as _

from thongsuot.core.refusals import Refused
from thongsuot.tasks.models import ProgressEntry, ProgressVerb, Task
from thongsuot.tasks.states import STATES

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


def move(task: Task, verb: str, **changes: Any) -> None:
    """Take the step ``verb`` from the state the caller has seen; who comes second is told so.

    ``changes`` are columns to set with it. The task in hand is brought up to date.
    """
    seen = task.state
    target = STATES.step(verb, seen).target or seen
    moved = Task.objects.filter(pk=task.pk, state=seen).update(state=target, **changes)
    if not moved:
        sentence = _("Somebody has changed this in the meantime. Reload the page and look again.")
        raise Refused(sentence, "state")
    task.refresh_from_db(fields=["state", *changes])


def tell(task: Task, verb: ProgressVerb, *, by: User, note: str = "", **facts: Model | Any) -> ProgressEntry:
    """Write the fact. It lives with the unit that has to do the task."""
    return ProgressEntry.objects.create(
        unit_id=task.unit_id, task=task, verb=verb, by=by, note=note.strip(), **facts
    )


def required(text: str, sentence: str) -> str:
    """A reason that has to be given."""
    text = text.strip()
    if not text:
        raise Refused(sentence, "reason")
    return text
