"""Passing a unit's task on to its cells and to named members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.refusals import Refused
from thongsuot.core.search import searchable
from thongsuot.documents.services.steps import work_assigned
from thongsuot.organizations.models import Membership, Person, Position, Unit
from thongsuot.tasks.models import ProgressEntry, ProgressVerb, Task
from thongsuot.tasks.permissions import can_share
from thongsuot.tasks.services.moving import move

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@dataclass(frozen=True)
class Share:
    """A part of a task for one unit, or for one person of it. What is empty is taken from the whole task."""

    unit: Unit
    assignee: Person | None
    text: str
    due: dt.date | None = None
    measure_goal: Decimal | None = None
    measure_name: str = ""
    measure_unit: str = ""
    product: str = ""


@transaction.atomic
def assign_task(*, by: User, task: Task, shares: Sequence[Share]) -> list[Task]:
    """Make a child task for each share, given by the task's unit, which alone accepts it.

    No share may end after the whole: the unit answers for the whole on its own day. What is passed on when that
    day is over is due today at the earliest.
    """
    require(can_share(by, task))
    if not shares:
        raise Refused(_("Choose at least one cell or member."), "nobody")
    _check(task, shares)
    moment = now()
    children = Task.objects.bulk_create([_child(task, share, by) for share in shares], batch_size=500)
    ProgressEntry.objects.bulk_create(
        [
            ProgressEntry(unit_id=child.unit_id, task=child, verb=ProgressVerb.ASSIGN, by=by, at=moment)
            for child in children
        ],
        batch_size=1000,
    )
    changes: dict[str, Any] = {} if task.started_at else {"started_at": moment}
    if not task.measure_name and not task.measure_unit:
        # The whole counts what its first parts count, so that their figures add up in it.
        changes |= {"measure_name": shares[0].measure_name, "measure_unit": shares[0].measure_unit}
    move(task, "share", **changes)
    if task.document_id:
        work_assigned(by=by, unit_id=task.unit_id, document_id=task.document_id)
    record("task.passed_on", by=by, on=task, tasks=len(children))
    return children


def _child(task: Task, share: Share, by: User) -> Task:
    due = share.due or latest_due(task)
    text = share.text.strip() or task.text
    return Task(
        origin=task.origin,
        document_id=task.document_id,
        provision_id=task.provision_id,
        parent=task,
        giver_id=task.unit_id,
        unit=share.unit,
        assignee=share.assignee,
        section=task.section,
        text=text,
        product=share.product or task.product,
        first_due=due,
        due=due,
        measure_name=share.measure_name or task.measure_name,
        measure_unit=share.measure_unit or task.measure_unit,
        measure_goal=share.measure_goal,
        created_by=by,
        search_text=searchable(text, task.document),
    )


def latest_due(task: Task) -> dt.date | None:
    """The last day a part of the task may have, which is also the one that is offered."""
    return max(task.due, today()) if task.due else None


def _check(task: Task, shares: Sequence[Share]) -> None:
    seen: set[tuple[int, int | None]] = set()
    for share in shares:
        if not task.unit.contains(share.unit) or (share.unit.pk == task.unit_id and not share.assignee):
            raise Refused(_("A task is passed on to units below and to members only."), "unit")
        key = (share.unit.pk, share.assignee.pk if share.assignee else None)
        if key in seen:
            raise Refused(_("The same recipient is chosen twice."), "twice")
        seen.add(key)
        if share.due and share.due < today():
            raise Refused(_("The deadline of a part has already passed."), "due")
        last = latest_due(task)
        if share.due and last and share.due > last:
            raise Refused(_("A part cannot end after the whole task."), "due")
    _check_people(shares)


def _check_people(shares: Sequence[Share]) -> None:
    people = {share.assignee.pk for share in shares if share.assignee}
    there: set[tuple[int, int]] = set()
    if people:
        for model in (Membership, Position):
            there |= set(model.objects.valid_on().filter(person__in=people).values_list("unit", "person"))
    for share in shares:
        if share.assignee and (share.unit.pk, share.assignee.pk) not in there:
            sentence = _("%(person)s does not belong to %(unit)s today.")
            raise Refused(
                sentence % {"person": share.assignee.name, "unit": share.unit.short_name}, "assignee"
            )
