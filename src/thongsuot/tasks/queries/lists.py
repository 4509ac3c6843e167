"""Lists of tasks. Each starts with rights: its condition is a part of ``visible_to``, narrow enough for an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from thongsuot.accounts.roles import Permission
from thongsuot.documents.models import Document
from thongsuot.organizations.reach import own_unit_ids, person_of, reach
from thongsuot.tasks.models import CLOSED, Task, TaskQuerySet, TaskState

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def my_tasks(user: Viewer) -> TaskQuerySet:
    """What this person has to do: what was given to them by name, and what their own unit has to answer for."""
    person = person_of(user)
    by_name = Q(assignee=person) if person else Q(pk__in=[])
    units = own_unit_ids(user, Permission.TASK_REPORT)
    return Task.objects.filter(by_name | Q(assignee=None, unit__in=units))


def tasks_of_my_units(user: Viewer) -> TaskQuerySet:
    """Tasks of the units a role reaches: the own one and, for those who answer for it, everything below."""
    return Task.objects.filter(reach(user, Permission.TASK_READ))


def tasks_given(user: Viewer) -> TaskQuerySet:
    """Tasks that the person's own unit has given."""
    return Task.objects.filter(giver__in=own_unit_ids(user, Permission.TASK_READ))


def to_accept(user: Viewer) -> TaskQuerySet:
    """Handed in, waiting for the person's own unit."""
    units = own_unit_ids(user, Permission.TASK_ACCEPT)
    return Task.objects.filter(giver__in=units, state=TaskState.SUBMITTED)


def to_share(user: Viewer) -> TaskQuerySet:
    """Given to the person's own unit and neither passed on nor begun."""
    units = own_unit_ids(user, Permission.TASK_ASSIGN)
    return Task.objects.filter(unit__in=units, assignee=None, state=TaskState.ASSIGNED)


def in_order(tasks: TaskQuerySet) -> TaskQuerySet:
    """Overdue first: open before closed, by deadline, those without one last; with all that a row shows."""
    related = tasks.select_related("unit", "giver", "assignee", "document").defer("document__text")
    closed = Case(When(state__in=CLOSED, then=1), default=0)
    return related.order_by(closed, F("due").asc(nulls_last=True), "pk")


def documents_with_tasks(tasks: TaskQuerySet) -> QuerySet[Document]:
    """The documents that occur in a list, for its filter; newest first."""
    found = Document.objects.filter(Exists(tasks.order_by().filter(document=OuterRef("pk"))))
    return found.only("symbol", "subject").order_by("-issued_on", "-pk")
