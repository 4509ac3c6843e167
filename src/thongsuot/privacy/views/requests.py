"""Asking about one's own data, and the officer's side of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import note_reading
from thongsuot.core.access import require
from thongsuot.core.erasing import objections, preview
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import refusal_on
from thongsuot.core.search import searchable
from thongsuot.core.ui.items import Tab
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.queries.people import lines_of
from thongsuot.organizations.reach import own_unit_ids, person_of
from thongsuot.organizations.views.who import person_acting
from thongsuot.privacy.forms import AnswerForm, AskForm
from thongsuot.privacy.models import DataRequest, Kind, days_for
from thongsuot.privacy.permissions import (
    can_answer,
    can_erase,
    can_manage_privacy_in,
    can_see_privacy,
    is_about,
)
from thongsuot.privacy.queries import requests as queries
from thongsuot.privacy.queries.own import subject_from
from thongsuot.privacy.services import requests as services

AT_ONCE = 20
SIDES: dict[str, str | Promise] = {
    queries.OPEN: gettext_lazy("Waiting"),
    queries.LATE: gettext_lazy("Overdue"),
    queries.ANSWERED: gettext_lazy("Answered"),
}


@require_http_methods(["GET", "POST"])
def my_requests(request: HttpRequest) -> HttpResponse:
    """One's own requests with their clock, and the form for another one."""
    me = person_of(request.user)
    if me is None:  # an account of the program itself belongs to nobody
        return render(request, "privacy/my_requests.html", {"page": None, "form": None})
    form = _ask_form(request, me)
    if request.method == "POST" and form.is_valid() and _asked(request, me, form):
        return redirect("privacy:my_requests")
    context = {"form": form, "page": paginate(request, queries.own_requests(request.user)), "days": _days()}
    return render(request, "privacy/my_requests.html", context, status=422 if form.errors else 200)


def _ask_form(request: HttpRequest, person: Person) -> AskForm:
    return AskForm(request.POST or None, person=person, kind=request.GET.get("loai", ""))


def _days() -> list[tuple[str, int]]:
    return [(str(kind.label), days_for(kind)) for kind in Kind]


def _asked(request: HttpRequest, person: Person, form: AskForm) -> DataRequest | None:
    with refusal_on(form):
        made = services.ask(by=person_acting(request), person=person, **form.asked)
        messages.success(
            request, _("The request was handed in. The answer and the day it is due stand here.")
        )
        return made
    return None


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(queries.own_requests(request.user), pk=pk)
    services.withdraw(by=person_acting(request), request=found)
    messages.success(request, _("The request was taken back."))
    return redirect("privacy:my_requests")


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """What people asked within the officer's reach."""
    require(can_see_privacy(request.user))
    which = request.GET.get("xem", "")
    which = which if which in SIDES else queries.OPEN
    waiting = queries.waiting_for(request.user)
    counts = {queries.OPEN: waiting.open, queries.LATE: waiting.late}
    here = reverse("privacy:requests")
    tabs = [
        Tab(label, f"{here}?xem={name}" if name else here, name == which, counts.get(name))
        for name, label in SIDES.items()
    ]
    page = paginate(request, queries.to_answer(request.user, which))
    return render(request, "privacy/requests.html", {"page": page, "tabs": tabs})


@require_GET
def request_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, _found(request, pk), AnswerForm())


def _found(request: HttpRequest, pk: UUID) -> DataRequest:
    rows = DataRequest.objects.visible_to(request.user).select_related("person", "unit", "asked_by")
    return get_object_or_404(rows, pk=pk)


def _note_looking(request: HttpRequest, person: Person, unit: Unit) -> None:
    """Contacts, or what somebody asks, are shown to an officer: who looked is told to the person."""
    if not is_about(request.user, person):
        note_reading(
            by=person_acting(request),
            what="privacy.request",
            unit_id=unit.pk,
            count=1,
            on=person,
            person_id=person.pk,
        )


def _page(request: HttpRequest, found: DataRequest, form: AnswerForm) -> HttpResponse:
    answers = can_answer(request.user, found)
    _note_looking(request, found.person, found.unit)
    context: dict[str, Any] = {
        "asked": found,
        "form": form,
        "answers": answers,
        "is_mine": is_about(request.user, found.person),
        "steps": queries.steps_of(found),
        "lines": None,
        "proposed": [
            (_FIELDS[name], getattr(found.person, name), new) for name, new in found.proposed.items()
        ],
    }
    if answers and found.is_open and found.kind == Kind.ERASURE:
        subject = subject_from(found.person)
        against, reaches = objections(subject), can_erase(request.user, found.person)
        context |= {"lines": preview(subject), "against": against, "reaches": reaches}
        context["entered_it"] = found.asked_by_id == request.user.pk
        context["can_be_done"] = reaches and not against and not context["entered_it"]
    return render(request, "privacy/request.html", context, status=422 if form.errors else 200)


_FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("full name"),
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("telephone"),
}


@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Grant, refuse, move the day, or lift a restriction; an erasure only after its preview was confirmed."""
    found = _found(request, pk)
    require(can_answer(request.user, found))
    name = request.POST.get("viec", "")
    if name not in _ACTS:  # an answer is final: none is guessed
        raise Http404
    form, (act, done) = AnswerForm(request.POST), _ACTS[name]
    if (
        form.is_valid()
        and act is services.uphold
        and found.kind == Kind.ERASURE
        and not form.cleaned_data["is_seen"]
    ):
        form.add_error("is_seen", _("Read what goes and what stays, and tick this."))
    if form.is_valid():
        with refusal_on(form):
            act(by=person_acting(request), request=found, reason=form.cleaned_data["words"])
            messages.success(request, str(done))
            return redirect(found)
    return _page(request, found, form)


_ACTS: dict[str, tuple[Callable[..., object], str | Promise]] = {
    "uphold": (services.uphold, gettext_lazy("The request was granted.")),
    "refuse": (
        services.refuse,
        gettext_lazy("The request was refused; the reason stands on the person's page."),
    ),
    "prolong": (services.prolong, gettext_lazy("The day of the answer was moved.")),
    "lift": (services.lift_restriction, gettext_lazy("The restriction was lifted.")),
}


@require_GET
def whose(request: HttpRequest) -> HttpResponse:
    """Find the person for whom a request is entered: name and where they belong, noted as looked at."""
    require(can_see_privacy(request.user))
    by, text = person_acting(request), request.GET.get("q", "").strip()[:200]
    found = list(queries.people_in_care(by, text)[:AT_ONCE]) if searchable(text) else []
    unit = own_unit_ids(by, Permission.PRIVACY_MANAGE)[0]
    note_reading(by=by, what="people.list", unit_id=unit, count=len(found))
    return render(request, "privacy/whose.html", {"text": text, "lines": lines_of(by, found)})


@require_http_methods(["GET", "POST"])
def ask_for(request: HttpRequest, person_id: int) -> HttpResponse:
    """Enter what somebody asked on paper, or who has no account."""
    require(can_see_privacy(request.user))
    person = get_object_or_404(queries.people_in_care(request.user), pk=person_id)
    unit = services.unit_answering_for(person)
    # The form shows how to reach somebody who may have left this officer's units long ago.
    require(can_manage_privacy_in(request.user, unit))
    _note_looking(request, person, unit)
    form = _ask_form(request, person)
    if request.method == "POST" and form.is_valid() and (made := _asked(request, person, form)):
        return redirect(made)
    context = {"person": person, "form": form, "days": _days()}
    return render(request, "privacy/ask_for.html", context, status=422 if form.errors else 200)
