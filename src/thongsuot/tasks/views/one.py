"""One task: its page, and what the giver decides about it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thongsuot.core.refusals import Refused
from thongsuot.files.services import response_of
from thongsuot.tasks import permissions, queries, services
from thongsuot.tasks.forms import ExtendForm, ReturnForm, StopForm, UrgeForm
from thongsuot.tasks.models import Origin, ProgressEntry, ProgressVerb, Task
from thongsuot.tasks.states import STATES
from thongsuot.tasks.views.who import person_acting


@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _task(request, pk))


def _task(request: HttpRequest, pk: int) -> Task:
    return get_object_or_404(queries.visible_task(request.user), pk=pk)


def _page(request: HttpRequest, task: Task, status: int = 200, **bound: forms.Form) -> HttpResponse:
    parts = list(queries.parts_of(task))
    entries = queries.history_of(task)
    returned = next(
        (e for e in entries if isinstance(e, ProgressEntry) and e.verb == ProgressVerb.RETURN), None
    )
    context: dict[str, Any] = {
        "task": task,
        "parts": parts,
        "open_parts": set(queries.visible_task(request.user).filter(parent=task).values_list("pk", flat=True))
        if parts
        else set(),
        "parts_figures": queries.task_states(Task.objects.filter(parent=task)) if parts else None,
        "measure": queries.measure_of(task, parts),
        "entries": entries,
        "returned": returned if task.state == "returned" else None,
        "document": queries.document_of(request.user, task.document_id),
        "parent": queries.visible_task(request.user).filter(pk=task.parent_id or 0).first(),
        "coordinators": task.coordinators.select_related("unit").order_by("unit__sort_key"),
        "may": _acts(request, task),
        "return_form": ReturnForm(),
        "extend_form": ExtendForm(),
        "stop_form": StopForm(),
    }
    return render(request, "tasks/task.html", context | bound, status=status)


def _acts(request: HttpRequest, task: Task) -> dict[str, bool]:
    """What this person can do with the task as it stands."""
    user, state = request.user, task.state
    giver, doer = permissions.can_accept(user, task), permissions.can_report(user, task)
    return {
        "report": doer and STATES.allows("report", state),
        "share": permissions.can_share(user, task) and STATES.allows("share", state),
        # A requirement of a conclusion is closed where the inspection is, so that its own record says so.
        "judge": giver and task.origin != Origin.CONCLUSION and STATES.allows("accept", state),
        "extend": giver and STATES.allows("extend", state),
        "urge": permissions.can_urge(user, task) and STATES.allows("urge", state),
        "stop": giver and STATES.allows("stop", state),
    }


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    task = _judged_here(_task(request, pk))
    services.accept_task(by=person_acting(request), task=task)
    messages.success(request, _("The work is accepted as done."))
    return redirect(task)


def _judged_here(task: Task) -> Task:
    if task.origin == Origin.CONCLUSION:
        sentence = _("A requirement of a conclusion is closed or returned on the page of the inspection.")
        raise Refused(sentence, "conclusion")
    return task


@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    _judged_here(_task(request, pk))
    return _decide(request, pk, "return_form", ReturnForm, services.return_task, _("The work is returned."))


@require_POST
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("The deadline is moved; the first one stays beside it.")
    return _decide(request, pk, "extend_form", ExtendForm, services.extend_task, done)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, pk, "stop_form", StopForm, services.stop_task, _("The task is stopped."))


@require_POST
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("Whoever has to do the task sees that it was urged.")
    return _decide(request, pk, "urge_form", UrgeForm, services.urge, done)


def _decide(
    request: HttpRequest,
    pk: int,
    name: str,
    form_class: type[forms.Form],
    service: Callable[..., object],
    done: str,
) -> HttpResponse:
    """Call a service with what the form holds; what it refuses is said in the form, with the words kept."""
    task = _task(request, pk)
    form = form_class(request.POST)
    if form.is_valid():
        try:
            service(by=person_acting(request), task=task, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, done)
            return redirect(task)
    return _page(request, task, status=422, **{name: form})


@require_GET
def photo(request: HttpRequest, pk: int, key: uuid.UUID) -> FileResponse:
    """A photo of a report, to whoever may see the task."""
    task = _task(request, pk)
    entry = queries.entries_of(task).filter(photo=key).first()
    if entry is None or entry.photo is None:
        raise Http404
    return response_of(entry.photo, inline=True)
