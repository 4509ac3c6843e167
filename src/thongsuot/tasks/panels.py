"""What the pages of a document and of a unit show of their tasks."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from thongsuot.accounts.roles import Permission
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import can
from thongsuot.tasks import queries
from thongsuot.tasks.permissions import can_list_tasks


def tasks_of_document(request: HttpRequest, subject: object) -> str | None:
    """The figures of a document's tasks for this person, and the first thing to do: pass on what waits."""
    if not isinstance(subject, Document) or not can_list_tasks(request.user):
        return None
    figures = queries.task_states(queries.tasks_of_my_units(request.user).filter(document=subject.pk))
    waiting = list(queries.to_share(request.user).filter(document=subject.pk).order_by("pk")[:2])
    own = f"{reverse('tasks:list')}?van-ban={subject.pk}"
    shareable = ""
    if waiting:
        one = reverse("tasks:assign", args=[waiting[0].pk])
        shareable = one if len(waiting) == 1 else f"{own}&xem=toi&trang-thai=assigned"
    url = f"{own}&xem=don-vi"
    context = {"figures": figures, "url": url, "everything": f"{url}&trang-thai=all", "shareable": shareable}
    return render_to_string("tasks/panel_document.html", context, request)


def tasks_of_unit(request: HttpRequest, subject: object) -> str | None:
    """The figures of the tasks of a unit and everything below it, each with the way to its rows."""
    if not isinstance(subject, Unit) or not can(request.user, Permission.TASK_READ, subject):
        return None
    below = queries.tasks_of_my_units(request.user).filter(
        unit__path__gte=subject.path, unit__path__lt=subject.path + "~"
    )
    url = f"{reverse('tasks:list')}?don-vi={subject.pk}&xem=don-vi"
    context = {
        "figures": queries.task_states(below),
        "url": url,
        "everything": f"{url}&trang-thai=all",
        "of_unit": True,
    }
    return render_to_string("tasks/panel_document.html", context, request)
