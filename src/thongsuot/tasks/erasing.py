"""What an erasure leaves of somebody's tasks, and which have to be passed on first."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from thongsuot.core.erasing import Line, Part
from thongsuot.core.holdings import Subject
from thongsuot.tasks.models import CLOSED, Task


def preview(subject: Subject) -> Iterable[Line]:
    done = Task.objects.filter(assignee__in=subject.person_ids, state__in=CLOSED).count()
    why = _("as records of the office, under the number")
    yield Line(_("tasks that are closed, with their reports"), done, False, why)


def against(subject: Subject) -> Iterable[str]:
    count = Task.objects.filter(assignee__in=subject.person_ids).exclude(state__in=CLOSED).count()
    if count:
        yield ngettext(
            "This person has %(count)s open task. Give it to somebody else first.",
            "This person has %(count)s open tasks. Give them to somebody else first.",
            count,
        ) % {"count": count}


PART = Part("tasks", preview, against)
