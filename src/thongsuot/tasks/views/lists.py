"""The list of tasks, its export, and urging many at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from thongsuot.accounts.roles import Permission
from thongsuot.audit.models import Way
from thongsuot.audit.services import note_reading
from thongsuot.core.clock import SOON_DAYS, today
from thongsuot.core.keys import number_in
from thongsuot.core.pages import paginate
from thongsuot.core.ui.items import Figure, Tab
from thongsuot.core.ui.words import count
from thongsuot.organizations.reach import can_anywhere, top_grant
from thongsuot.tasks import export as files
from thongsuot.tasks import queries, services
from thongsuot.tasks.filters import STATES, WHOSE, TaskFilters
from thongsuot.tasks.models import TaskQuerySet
from thongsuot.tasks.views.who import person_acting

MOST_AT_ONCE = 2000


@require_GET
def task_list(request: HttpRequest) -> HttpResponse:
    filters = TaskFilters(request.user, request.GET)
    figures = queries.task_states(filters.in_any_state)
    context = {
        "filters": filters,
        "states": STATES,
        "tabs": [
            Tab(WHOSE[name], _address(request, xem=name), name == filters.whose) for name in filters.offered
        ],
        "figures": _figures(request, figures),
        "page": paginate(request, filters.tasks),
        "can_urge": filters.whose != "toi" and _may_urge(request),
        "can_give": can_anywhere(request.user, Permission.TASK_ASSIGN),
        "plain": f"{request.path}?xem={filters.whose}",
    }
    return render(request, "tasks/list.html", context)


def _may_urge(request: HttpRequest) -> bool:
    return any(can_anywhere(request.user, right) for right in (Permission.URGE, Permission.TASK_ACCEPT))


def _address(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    query.pop("trang", None)
    for key, value in changes.items():
        query[key] = value
    return f"{request.path}?{query.urlencode()}"


def _state(request: HttpRequest, name: str) -> str:
    return _address(request, **{"trang-thai": name})


def _figures(request: HttpRequest, figures: queries.TaskFigures) -> list[Figure]:
    total = ngettext("of %(count)s task", "of %(count)s tasks", figures.total) % {
        "count": count(figures.total)
    }
    soon = _("in the next %(days)s days") % {"days": SOON_DAYS}
    done = _("%(in_time)s in time, %(late)s late") % {
        "in_time": count(figures.done_in_time),
        "late": count(figures.done_late),
    }
    return [
        Figure(figures.in_time, "run", _("In time"), _state(request, "in_time"), total),
        Figure(figures.soon, "soon", _("Due soon"), _state(request, "soon"), soon),
        Figure(figures.late, "late", _("Overdue"), _state(request, "late"), _("not yet accepted")),
        Figure(figures.done, "done", _("Done"), _state(request, "done"), done),
    ]


@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """All rows of the list as it is filtered, not only the page."""
    tasks = TaskFilters(request.user, request.GET).tasks
    _note_names(request, tasks)
    rows = tasks.iterator(chunk_size=500)
    response = StreamingHttpResponse(files.lines(rows, request.user), content_type="text/csv; charset=utf-8")
    name = f"nhiem-vu-{today():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _note_names(request: HttpRequest, tasks: TaskQuerySet) -> None:
    """Whoever takes tasks of other people out of the house is noted, in the highest unit whose tasks they read."""
    grant = top_grant(request.user, [Permission.TASK_READ])
    if grant:
        named = tasks.filter(assignee__isnull=False).order_by().count()
        note_reading(
            by=person_acting(request),
            what="tasks.people",
            unit_id=grant.unit_id,
            count=named,
            way=Way.EXPORT,
        )


@require_POST
def urge_many(request: HttpRequest) -> HttpResponse:
    """Urge the ticked rows, or everything that matches the filter the form was sent with."""
    tasks = TaskFilters(request.user, request.GET).tasks
    if not request.POST.get("all_matching"):
        ticked = [key for text in request.POST.getlist("task") if (key := number_in(text))]
        tasks = tasks.filter(pk__in=ticked)
    urged = services.urge_all(by=person_acting(request), tasks=list(tasks[:MOST_AT_ONCE]))
    if urged:
        sentence = ngettext("Urged %(count)s task.", "Urged %(count)s tasks.", urged)
        messages.success(request, sentence % {"count": count(urged)})
    else:
        messages.warning(
            request,
            _("Nothing to urge: what you chose is handed in, was urged today, or is not yours to urge."),
        )
    query = request.GET.urlencode()
    return redirect(reverse("tasks:list") + (f"?{query}" if query else ""))
