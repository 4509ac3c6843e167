"""Reporting, passing on and giving tasks: the forms that make something new."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from thongsuot.accounts.roles import Permission
from thongsuot.core.access import require
from thongsuot.core.keys import number_in
from thongsuot.core.refusals import Refused
from thongsuot.core.ui.words import count
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import own_units
from thongsuot.tasks import permissions, queries, services
from thongsuot.tasks.forms import GiveForm, MeasureForm, ReportForm, ShareFormSet
from thongsuot.tasks.models import ProgressVerb, Task
from thongsuot.tasks.services.sharing import latest_due
from thongsuot.tasks.states import STATES
from thongsuot.tasks.views.who import person_acting


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(queries.visible_task(request.user), pk=pk)
    require(permissions.can_report(request.user, task))
    form = ReportForm(request.POST, request.FILES) if request.method == "POST" else ReportForm()
    if form.is_bound and form.is_valid():
        hand_in = "hand_in" in request.POST
        try:
            services.report_progress(
                by=person_acting(request),
                task=task,
                note=form.cleaned_data["note"],
                figure=form.cleaned_data["figure"],
                photo=form.content(),
                hand_in=hand_in,
            )
        except Refused as refused:
            form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
        else:
            done = _("Handed in. It now waits to be accepted.") if hand_in else _("The report is kept.")
            messages.success(request, done)
            return redirect(task)
    parts = list(queries.parts_of(task))
    last = queries.entries_of(task).filter(verb=ProgressVerb.RETURN).first()
    context = {
        "task": task,
        "form": form,
        "measure": queries.measure_of(task, parts),
        "returned": last if task.state == "returned" else None,
        "open": STATES.allows("report", task.state),
    }
    return render(request, "tasks/report.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """First who (the address names them), then what each has to do; both work without script."""
    task = get_object_or_404(queries.visible_task(request.user), pk=pk)
    require(permissions.can_share(request.user, task))
    chosen = queries.chosen_recipients(task, request.GET.getlist("ai"))
    if request.method == "POST" or chosen:
        return _write_shares(request, task, chosen)
    recipients = queries.recipients_for(task)
    cell = Unit.objects.under(task.unit).filter(pk=number_in(request.GET.get("chi-bo")) or 0).first()
    return render(
        request,
        "tasks/assign.html",
        {
            "task": task,
            "open": STATES.allows("share", task.state),
            "recipients": recipients,
            "has_cells": any(not one.is_person for one in recipients),
            "cell": cell,
            "members": queries.people_of(cell) if cell else [],
            "unchosen": "chon" in request.GET,
        },
    )


def _write_shares(request: HttpRequest, task: Task, chosen: list[queries.Recipient]) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    shared: dict[str, object] = {"text": task.text, "due": latest_due(task), "measure_goal": None}
    forms = ShareFormSet(posted, initial=[shared | {"recipient": one.key} for one in chosen])
    measure = MeasureForm(
        posted, initial={"measure_name": task.measure_name, "measure_unit": task.measure_unit}
    )
    refusal = ""
    if posted is not None and forms.is_valid() and measure.is_valid():
        try:
            made = services.assign_task(
                by=person_acting(request), task=task, shares=_shares(task, forms, measure.cleaned_data)
            )
        except Refused as refused:
            refusal = refused.sentence
        else:
            sentence = ngettext(
                "The task is passed on to %(count)s recipient.",
                "The task is passed on to %(count)s recipients.",
                len(made),
            )
            messages.success(request, sentence % {"count": count(len(made))})
            return redirect(task)
    if posted is not None and not chosen:
        chosen = queries.chosen_recipients(task, [form["recipient"].value() or "" for form in forms])
    names = {one.key: one for one in chosen}
    rows = [(names.get(form["recipient"].value()), form) for form in forms]
    context = {"task": task, "forms": forms, "rows": rows, "measure": measure, "refusal": refusal}
    wrong = posted is not None
    return render(request, "tasks/assign_texts.html", context, status=422 if wrong else 200)


def _shares(task: Task, forms: Any, measure: dict[str, str]) -> list[services.Share]:
    values = [form.cleaned_data for form in forms]
    chosen = {one.key: one for one in queries.chosen_recipients(task, [row["recipient"] for row in values])}
    if len(chosen) < len({row["recipient"] for row in values}):
        raise Refused(_("A task is passed on to units below and to members only."), "unit")
    return [
        services.Share(
            unit=chosen[row["recipient"]].unit,
            assignee=chosen[row["recipient"]].person,
            text=row["text"],
            due=row["due"],
            measure_goal=row["measure_goal"],
            **measure,
        )
        for row in values
    ]


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """A task that comes from no document, to one or more units directly below."""
    givers = own_units(request.user, Permission.TASK_ASSIGN)
    if not givers:
        raise PermissionDenied
    wanted = number_in(request.GET.get("don-vi"))
    giver = next((unit for unit in givers if unit.pk == wanted), givers[0])
    form = GiveForm(giver, request.POST) if request.method == "POST" else GiveForm(giver)
    if form.is_bound and form.is_valid():
        fields: dict[str, Any] = dict(form.cleaned_data)
        units = list(fields.pop("units"))
        try:
            with transaction.atomic():
                for unit in units:
                    services.give_task(by=person_acting(request), giver=giver, unit=unit, **fields)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            sentence = ngettext(
                "The task is given to %(count)s unit.", "The task is given to %(count)s units.", len(units)
            )
            messages.success(request, sentence % {"count": count(len(units))})
            return redirect(reverse("tasks:list") + "?xem=giao")
    context = {"form": form, "giver": giver, "givers": givers}
    return render(request, "tasks/give.html", context, status=422 if form.errors else 200)
