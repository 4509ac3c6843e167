"""How a task stands, as one mark with words."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.template import Context

from thongsuot.accounts.models import User
from thongsuot.core.ui.words import quantity
from thongsuot.tasks.models import ProgressEntry, Task, TaskHandover
from thongsuot.tasks.queries import author_of, doer_of
from thongsuot.tasks.standing import standing_of

register = template.Library()


@register.inclusion_tag("tasks/_standing.html")
def task_standing(task: Task) -> dict[str, object]:
    return {"standing": standing_of(task)}


@register.simple_tag(takes_context=True)
def doer(context: Context, task: Task) -> str:
    return doer_of(context["user"], task)


@register.simple_tag(takes_context=True)
def author(context: Context, task: Task, by: User) -> str:
    return author_of(context["user"], task, by)


@register.simple_tag
def counted(part: Task) -> str:
    """The figure of a part: its own and what was reported below it, beside the one to reach."""
    done = quantity(part.measure_done + part.below)  # type: ignore[attr-defined]  # annotated by parts_of
    goal = f"/{quantity(part.measure_goal)}" if part.measure_goal else ""
    return f"{done}{goal} {part.measure_unit}".strip()


@register.filter
def with_unit(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name


@register.filter
def last_verb(entries: Sequence[ProgressEntry | TaskHandover]) -> str:
    """How the history begins: entries stand newest first."""
    return next((entry.verb for entry in reversed(entries) if isinstance(entry, ProgressEntry)), "")
