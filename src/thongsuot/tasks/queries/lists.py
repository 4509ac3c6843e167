"""Lists of tasks. Each starts with rights: its condition is a part of ``visible_to``, narrow enough for an index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.core.prepared import Prepared
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person
from thongsuot.organizations.reach import own_unit_ids, person_of, reach
from thongsuot.tasks.models import CLOSED, Task, TaskQuerySet, TaskState
from thongsuot.tasks.states import AT_WORK

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def my_tasks(user: Viewer) -> TaskQuerySet:
    """What this person has to do: what was given to them by name, and what their own unit has to answer for."""
    return Task.objects.filter(_mine(user))


def _mine(user: Viewer) -> Q:
    return _of(person_of(user), own_unit_ids(user, Permission.TASK_REPORT))


def _of(person: Person | int | None, units: Iterable[int]) -> Q:
    by_name = Q(assignee__in=Person.objects.same_as(person))
    return by_name | Q(assignee=None, unit__in=units)


@dataclass(frozen=True)
class OwnCounts:
    """What waits for one person: tasks to do, of these not begun and overdue, work of others to accept."""

    at_work: int = 0
    assigned: int = 0
    late: int = 0
    to_accept: int = 0


def own_counts(user: Viewer) -> OwnCounts:
    """The numbers in one query, counted once for each request's user object: the rail asks on every page."""
    if not user.is_authenticated:
        return OwnCounts()
    known: OwnCounts | None = getattr(user, "_own_counts", None)
    if known is None:
        person = person_of(user)
        known = _counted(
            _COUNTS(
                person=person.pk if person else NOBODY,
                answers=tuple(own_unit_ids(user, Permission.TASK_REPORT)),
                accepts=tuple(own_unit_ids(user, Permission.TASK_ACCEPT)),
                day=today(),
            )
        )
        user._own_counts = known  # type: ignore[attr-defined]  # a cache that lives as long as the request's user
    return known


def _waiting(
    person: int, answers: Sequence[int], accepts: Sequence[int], day: dt.date
) -> QuerySet[Task, tuple[str, int, int]]:
    waiting = Task.objects.filter(_of(person, answers) & Q(state__in=AT_WORK) | _handed_in_to(accepts))
    return (
        waiting.order_by()
        .values_list("state")
        .annotate(number=Count("pk"), late=Count("pk", filter=Q(due__lt=day)))
    )


NOBODY = 0  # no row has this key
_COUNTS = Prepared[tuple[str, int, int]](_waiting)


def _counted(rows: Iterable[tuple[str, int, int]]) -> OwnCounts:
    """What was handed in waits for somebody to accept it; all else for whoever has to do it."""
    numbers = {state: (number, late) for state, number, late in rows}
    to_accept, _late = numbers.pop(TaskState.SUBMITTED, (0, 0))
    return OwnCounts(
        at_work=sum(number for number, _late in numbers.values()),
        assigned=numbers.get(TaskState.ASSIGNED, (0, 0))[0],
        late=sum(late for _number, late in numbers.values()),
        to_accept=to_accept,
    )


def tasks_of_my_units(user: Viewer) -> TaskQuerySet:
    """Tasks of the units a role reaches: the own one and, for those who answer for it, everything below."""
    return Task.objects.filter(reach(user, Permission.TASK_READ))


def tasks_given(user: Viewer) -> TaskQuerySet:
    """Tasks that the person's own unit has given."""
    return Task.objects.filter(giver__in=own_unit_ids(user, Permission.TASK_READ))


def to_accept(user: Viewer) -> TaskQuerySet:
    """Handed in, waiting for the person's own unit."""
    return Task.objects.filter(_to_accept(user))


def _to_accept(user: Viewer) -> Q:
    return _handed_in_to(own_unit_ids(user, Permission.TASK_ACCEPT))


def _handed_in_to(units: Iterable[int]) -> Q:
    return Q(giver__in=units, state=TaskState.SUBMITTED)


def to_share(user: Viewer) -> TaskQuerySet:
    """Given to the person's own unit and neither passed on nor begun."""
    units = own_unit_ids(user, Permission.TASK_ASSIGN)
    return Task.objects.filter(unit__in=units, assignee=None, state=TaskState.ASSIGNED)


def in_order(tasks: TaskQuerySet, *, mixed: bool = False) -> TaskQuerySet:
    """Overdue first: by deadline, those without one last; with all that a row shows.

    In a ``mixed`` list what is closed comes last; the plain order is that of an index.
    """
    related = tasks.select_related("unit", "giver", "assignee", "document").defer("document__text")
    by_deadline = (F("due").asc(nulls_last=True), "pk")
    if not mixed:
        return related.order_by(*by_deadline)
    return related.order_by(Case(When(state__in=CLOSED, then=1), default=0), *by_deadline)


def documents_with_tasks(tasks: TaskQuerySet) -> QuerySet[Document]:
    """The documents that occur in a list, for its filter; newest first."""
    found = Document.objects.filter(Exists(tasks.order_by().filter(document=OuterRef("pk"))))
    return found.only("symbol", "subject").order_by("-issued_on", "-pk")
