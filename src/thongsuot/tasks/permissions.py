"""Who may do what with a task. The one who does the work never says that it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.organizations.models import UnitKind
from thongsuot.organizations.reach import can, can_anywhere, grants_of, holds, in_own_name, person_of
from thongsuot.tasks.models import Origin, Task

if TYPE_CHECKING:
    from thongsuot.organizations.models import Unit
    from thongsuot.organizations.reach import Viewer


def can_list_tasks(user: Viewer) -> bool:
    return can_anywhere(user, Permission.TASK_READ)


def can_give_from(user: Viewer, giver: Unit, origin: str = Origin.OWN) -> bool:
    """Give a task in the name of a unit; requirements of a conclusion are given by whoever inspects."""
    if origin == Origin.CONCLUSION and can(user, Permission.INSPECTION_CONDUCT, giver):
        return True
    return can(user, Permission.TASK_ASSIGN, giver)


def can_share(user: Viewer, task: Task) -> bool:
    """Pass a unit's task on to its cells and members. A person's own task goes no further."""
    return task.assignee_id is None and can(user, Permission.TASK_ASSIGN, task.unit)


def is_own(user: Viewer, task: Task) -> bool:
    """Whether the task was given to this person by name, under whichever key they were then written down."""
    return task.assignee is not None and task.assignee.is_same_as(person_of(user))


def can_report(user: Viewer, task: Task) -> bool:
    """Report and hand in: the person it was given to, or who answers in that very unit.

    Not from above: the ward may not report for its cell, because it is the ward that accepts.
    """
    if is_own(user, task):
        in_own_name(user)
        return True
    return holds(user, Permission.TASK_REPORT, task.unit_id)


def can_accept(user: Viewer, task: Task) -> bool:
    """Accept, return, extend, stop: the giver's side only, and never the person who has to do it.

    What a conclusion requires is judged by an inspector, and by nobody with a role in the inspected unit.
    """
    if is_own(user, task):
        return False
    if task.origin == Origin.CONCLUSION:
        has_a_part = any(grant.path.startswith(task.unit.path) for grant in grants_of(user))
        return not has_a_part and can(user, Permission.INSPECTION_CONDUCT, task.giver)
    return can(user, Permission.TASK_ACCEPT, task.giver)


def can_urge(user: Viewer, task: Task) -> bool:
    return can(user, Permission.URGE, task.giver) or can_accept(user, task)


def can_name_doer(user: Viewer, task: Task) -> bool:
    """A member by name only for the member, the cell and the leaders it reports to (Law 91/2025/QH15)."""
    if task.unit.kind != UnitKind.CELL or is_own(user, task):
        return True
    return can(user, Permission.MEMBERS_READ, task.unit)
