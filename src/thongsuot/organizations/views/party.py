"""The record of one Party member. Whoever opens any of these pages is noted."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.audit.services import note_reading
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.refusals import refusal_on
from thongsuot.organizations.forms.party import CorrectionForm, EvaluationForm, PartyRecordForm
from thongsuot.organizations.models import Person
from thongsuot.organizations.queries import party, people
from thongsuot.organizations.services.party import (
    correct_evaluation,
    enter_evaluation,
    keep_party_record,
)
from thongsuot.organizations.views.who import person_acting


def _shown(request: HttpRequest, pk: int) -> Person:
    """The person whose record is shown, which is noted; somebody unknown does not exist here."""
    person = party.person_with_record(request.user, pk)
    if person is None:
        raise Http404
    require(party.can_see_party_record(request.user, person))
    cells = party.cells_answering_for(person)
    if cells and person.user_id != request.user.pk:
        note_reading(
            by=person_acting(request),
            what="party_record.read",
            unit_id=cells[0].pk,
            count=1,
            on=person,
            person_id=person.pk,
        )
    return person


def _to_keep(request: HttpRequest, pk: int) -> Person:
    person = _shown(request, pk)
    require(party.can_keep_party_record(request.user, person))
    return person


@never_cache
@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    kept = people.kept_instead_of(pk)
    if kept:  # an old link leads to the entry that was kept
        _shown(request, kept)
        return redirect("people:party_record", kept)
    person = _shown(request, pk)
    context = {
        "person": person,
        "record": party.party_record_of(person),
        "cells": party.cells_answering_for(person),
        "keeps": party.can_keep_party_record(request.user, person),
        "as_of": now(),
    }
    return render(request, "organizations/party/record.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = _to_keep(request, pk)
    kept = party.party_record_of(person)
    known = {"admitted_on": kept.admitted_on, "official_on": kept.official_on, "note": kept.note}
    form = PartyRecordForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            keep_party_record(by=person_acting(request), person=person, **form.cleaned_data)
            messages.success(request, _("The Party record was kept."))
            return redirect("people:party_record", pk)
    return render(request, "organizations/party/edit.html", {"person": person, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def evaluate(request: HttpRequest, pk: int) -> HttpResponse:
    person = _to_keep(request, pk)
    form = EvaluationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            enter_evaluation(by=person_acting(request), person=person, **form.cleaned_data)
            messages.success(request, _("The evaluation was entered."))
            return redirect("people:party_record", pk)
    return render(request, "organizations/party/evaluate.html", {"person": person, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int, evaluation: uuid.UUID) -> HttpResponse:
    person = _to_keep(request, pk)
    wrong = get_object_or_404(party.evaluations_of(person), pk=evaluation)
    known = {name: getattr(wrong, name) for name in ("grade", "note", "decided_on", "decided_by")}
    form = CorrectionForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            correct_evaluation(by=person_acting(request), evaluation=wrong, **form.cleaned_data)
            messages.success(request, _("The evaluation was corrected; the older one stays below it."))
            return redirect("people:party_record", pk)
    context = {"person": person, "form": form, "wrong": wrong}
    return render(request, "organizations/party/evaluate.html", context)
