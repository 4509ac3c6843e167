"""My work: everything one person has to do, whichever subject it comes from, by the day it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import SOON_DAYS, today
from thongsuot.core.ui.items import Duty, Text
from thongsuot.core.ui.words import count, quantity
from thongsuot.dissemination.queries import my_papers, my_readings, my_sessions
from thongsuot.documents.queries.dispatch import arrived_count
from thongsuot.organizations.reach import can_anywhere
from thongsuot.tasks import queries as tasks
from thongsuot.tasks.models import Task, TaskState

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

MOST = 40


@dataclass(frozen=True)
class MyWork:
    """Duties by when they are due; ``more`` says how many tasks did not fit on the page."""

    late: Sequence[Duty]
    soon: Sequence[Duty]
    later: Sequence[Duty]
    waiting: Sequence[Duty]
    done: Sequence[Duty]
    more: int

    @property
    def is_empty(self) -> bool:
        return not (self.late or self.soon or self.later or self.waiting or self.done)


def my_work(user: Viewer, day: dt.date | None = None) -> MyWork:
    """The person's tasks, readings and sessions: overdue, in the next days, later, handed in, done this month."""
    day = day or today()
    mine = tasks.my_tasks(user)
    working = list(tasks.in_order(mine.filter(state__in=tasks.AT_WORK))[: MOST + 1])
    more = tasks.own_counts(user).at_work - MOST if len(working) > MOST else 0
    duties = (
        [_duty(task) for task in working[:MOST]] + my_readings(user) + my_papers(user) + my_sessions(user)
    )
    duties.sort(key=lambda duty: duty.due or dt.date.max)
    soon_until = day + dt.timedelta(SOON_DAYS)
    done = Q(state=TaskState.DONE, done_on__gte=day.replace(day=1))
    handed_in = list(
        mine.filter(done | Q(state=TaskState.SUBMITTED)).order_by("-submitted_at", "-pk")[: 2 * MOST]
    )
    return MyWork(
        late=[duty for duty in duties if duty.due and duty.due < day],
        soon=[duty for duty in duties if duty.due and day <= duty.due <= soon_until],
        later=[duty for duty in duties if not duty.due or duty.due > soon_until],
        waiting=[_waits(task) for task in handed_in if task.state == TaskState.SUBMITTED],
        done=[_done(task) for task in handed_in if task.state == TaskState.DONE],
        more=more,
    )


def overdue_count(user: Viewer) -> int:
    """The number beside "My work": the person's tasks that are overdue."""
    return tasks.own_counts(user).late


def _duty(task: Task) -> Duty:
    return Duty(
        title=task.text,
        note=_note(task),
        due=task.due,
        url=task.get_absolute_url(),
        icon="undo" if task.state == TaskState.RETURNED else "camera",
        act_label=_("Take a photo and report"),
        act_url=reverse("tasks:report", args=[task.pk]),
    )


def _note(task: Task) -> str:
    """What to bring, in one line: where it comes from, how far the figure is, that it was returned or urged."""
    said = [str(task.document)] if task.document else []
    if task.measure_goal:
        done, goal = quantity(task.measure_done), quantity(task.measure_goal)
        said.append(f"{done}/{goal} {task.measure_unit}".strip())
    elif task.product:
        said.append(task.product)
    if task.state == TaskState.RETURNED:
        said.append(_("returned: see what is missing"))
    elif task.urged_at:
        said.append(_("urged"))
    return " · ".join(said)


def _waits(task: Task) -> Duty:
    return Duty(
        title=task.text,
        note=_("Handed in, waiting to be accepted"),
        due=task.due,
        url=task.get_absolute_url(),
        icon="clock",
        when=_("waiting to be accepted"),
    )


def _done(task: Task) -> Duty:
    return Duty(task.text, "", task.due, task.get_absolute_url(), "check", done_on=task.done_on)


@dataclass(frozen=True)
class TrayLine:
    """What waits for the unit's leader or clerk, with the rows it counts."""

    count: int
    text: Text
    url: str
    icon: str
    act: Text


def in_tray(user: Viewer) -> list[TrayLine]:
    """Deliveries to receive, tasks to begin or pass on, work to accept; only what there is."""
    lines = []
    if can_anywhere(user, Permission.DOCUMENT_RECEIVE) and (number := arrived_count(user)):
        text = ngettext("%(count)s document to receive", "%(count)s documents to receive", number)
        lines.append(_line(number, text, reverse("documents:inbox"), "inbox", _("Receive")))
    rows = reverse("tasks:list")
    counts = tasks.own_counts(user)
    if can_anywhere(user, Permission.TASK_ASSIGN) and (number := counts.assigned):
        text = ngettext(
            "%(count)s task not begun: pass it on or do it",
            "%(count)s tasks not begun: pass them on or do them",
            number,
        )
        lines.append(_line(number, text, f"{rows}?xem=toi&trang-thai=assigned", "people", _("Pass on")))
    if number := counts.to_accept:
        text = ngettext("%(count)s report to accept", "%(count)s reports to accept", number)
        lines.append(_line(number, text, f"{rows}?xem=giao&trang-thai=submitted", "check", _("Look at them")))
    return lines


def _line(number: int, text: str, url: str, icon: str, act: str) -> TrayLine:
    return TrayLine(number, text % {"count": count(number)}, url, icon, act)
