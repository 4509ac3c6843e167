"""What tasks can tell a person about themselves."""

from __future__ import annotations

from thongsuot.core.holdings import Holding
from thongsuot.tasks.models import ProgressEntry, Task

HOLDINGS = (
    Holding(
        Task,
        lambda who: Task.objects.filter(assignee__in=who.person_ids).order_by("-pk"),
        ("text", "unit", "due", "state"),
    ),
    Holding(
        ProgressEntry,
        lambda who: ProgressEntry._default_manager.filter(by=who.user_id).order_by("-at", "-id"),
        ("at", "verb", "task", "note"),
        costly=True,
    ),
)
