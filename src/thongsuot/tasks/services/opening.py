"""Where tasks come from: a document that is sent, or somebody who gives one."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.core.search import searchable
from thongsuot.documents.models.dispatch import Delivery, Dispatch, Purpose
from thongsuot.documents.models.register import Document, Part, Provision, ProvisionKind, ProvisionUnit
from thongsuot.organizations.models import Person, Unit
from thongsuot.tasks.models import Origin, ProgressVerb, Task, TaskCoordinator, TaskState
from thongsuot.tasks.permissions import can_give_from
from thongsuot.tasks.services.moving import tell

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

_TASK = Task._meta.db_table
_COORDINATOR = TaskCoordinator._meta.db_table
_PROVISION = Provision._meta.db_table
_NAMED = ProvisionUnit._meta.db_table
_DELIVERY = Delivery._meta.db_table
_NUMBER = re.compile(r"\d+(?:[.,]\d{1,2})?")


@transaction.atomic
def open_tasks_of_dispatch(dispatch: Dispatch) -> int:
    """Open what the document demands: for each task in it one for every unit it was sent to when it is for
    all recipients, else one for each unit it names as lead. How many tasks were opened.

    Two statements, however many units. Safe to repeat: a unit has a demand of a document once, so a second
    dispatch only adds the units that are new. What is sent for information demands nothing.
    """
    if dispatch.purpose != Purpose.CARRY_OUT:
        return 0
    provisions = list(Provision.objects.filter(document=dispatch.document_id, kind=ProvisionKind.TASK))
    if not provisions:
        return 0
    opened = _open_tasks(dispatch, provisions)
    _name_coordinators(dispatch)
    if opened:
        record("document.tasks_opened", by=dispatch.sent_by, on=dispatch.document, tasks=opened)
    return opened


def _open_tasks(dispatch: Dispatch, provisions: list[Provision]) -> int:
    # SQLite needs "WHERE true": it would read ON CONFLICT after a join as the condition of that join.
    # What Python has to make of a demand (folded words, the number in its text) joins in as one row for each.
    rows = ", ".join(["(%s, %s, %s)"] * len(provisions))
    made: list[Any] = []
    for provision in provisions:
        words = searchable(provision.text, provision.lead_text, dispatch.document.symbol)
        made += [provision.pk, words, _goal_of(provision)]
    moment = Task._meta.get_field("created_at").get_db_prep_value(now(), connection)
    key = Dispatch._meta.pk.get_db_prep_value(dispatch.pk, connection)
    sql = f"""
        INSERT INTO {_TASK} (origin, document_id, provision_id, giver_id, unit_id, section, text, product,
            deadline_text, first_due, due, measure_name, measure_unit, measure_goal, measure_done, state,
            created_at, created_by_id, is_late, search_text, sort_key)
        WITH made (provision_id, words, goal) AS (VALUES {rows}),
        wanted (provision_id, unit_id) AS (
            SELECT p.id, d.unit_id FROM {_PROVISION} p
            JOIN {_DELIVERY} d ON d.document_id = p.document_id AND d.dispatch_id = %s
            WHERE p.document_id = %s AND p.kind = %s AND p.for_recipients
            UNION
            SELECT p.id, n.unit_id FROM {_PROVISION} p
            JOIN {_NAMED} n ON n.provision_id = p.id AND n.part = %s
            WHERE p.document_id = %s AND p.kind = %s AND NOT p.for_recipients
        )
        SELECT %s, p.document_id, p.id, %s, w.unit_id, p.section, p.text, p.product,
            p.deadline_text, p.due, p.due, '', SUBSTR(p.measure_unit, 1, 40), CAST(m.goal AS numeric(14, 2)), 0, %s,
            %s, %s, %s, m.words, ''
        FROM wanted w JOIN {_PROVISION} p ON p.id = w.provision_id JOIN made m ON m.provision_id = p.id
        WHERE true
        ON CONFLICT DO NOTHING
    """  # noqa: S608  # our own names of tables, our own number of places
    document = dispatch.document_id
    parameters = [
        *made,
        *(key, document, ProvisionKind.TASK.value),
        *(Part.LEAD.value, document, ProvisionKind.TASK.value),
        *(
            Origin.DOCUMENT.value,
            dispatch.unit_id,
            TaskState.ASSIGNED.value,
            moment,
            dispatch.sent_by_id,
            False,
        ),
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def _goal_of(provision: Provision) -> str | None:
    """The number a demand names, where it is one number; the units report against it."""
    found = _NUMBER.fullmatch(provision.value.strip())
    return found[0].replace(",", ".") if found else None


def _name_coordinators(dispatch: Dispatch) -> None:
    sql = f"""
        INSERT INTO {_COORDINATOR} (task_id, unit_id)
        SELECT t.id, n.unit_id FROM {_TASK} t
        JOIN {_NAMED} n ON n.provision_id = t.provision_id AND n.part = %s AND n.unit_id <> t.unit_id
        WHERE t.document_id = %s AND t.parent_id IS NULL
        ON CONFLICT DO NOTHING
    """  # noqa: S608  # our own names of tables
    with connection.cursor() as cursor:
        cursor.execute(sql, [Part.COORDINATE.value, dispatch.document_id])


@transaction.atomic
def give_task(
    *,
    by: User,
    giver: Unit,
    unit: Unit,
    text: str,
    due: dt.date | None = None,
    assignee: Person | None = None,
    document: Document | None = None,
    parent: Task | None = None,
    product: str = "",
    measure_name: str = "",
    measure_unit: str = "",
    measure_goal: Decimal | None = None,
    origin: str = Origin.OWN,
) -> Task:
    """Give one task in the name of ``giver``, who alone accepts it as done.

    A unit gives tasks to itself and to those below it; a conclusion reaches whoever was inspected.
    """
    require(can_give_from(by, giver, origin))
    text = text.strip()
    if not text:
        raise Refused(_("Say what has to be done."), "text")
    if origin != Origin.CONCLUSION and not giver.contains(unit):
        raise Refused(_("A unit gives tasks to units below it only."), "unit")
    task = Task.objects.create(
        origin=origin,
        document=document,
        parent=parent,
        giver=giver,
        unit=unit,
        assignee=assignee,
        text=text,
        product=product,
        first_due=due,
        due=due,
        measure_name=measure_name,
        measure_unit=measure_unit,
        measure_goal=measure_goal,
        created_by=by,
        search_text=searchable(text, document),
    )
    tell(task, ProgressVerb.ASSIGN, by=by)
    record("task.given", by=by, on=task)
    return task
