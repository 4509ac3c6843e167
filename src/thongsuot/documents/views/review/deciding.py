"""Checking what was read: each act is a POST that answers with the changed panel, or with the page again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.core.refusals import Refused
from thongsuot.documents import items, services
from thongsuot.documents.forms.review import form_for, form_to_add
from thongsuot.documents.models.intake import Decision
from thongsuot.documents.queries.review import next_waiting, section_at
from thongsuot.documents.views.review.page import ADDABLE, Shown, leads_to, mine, page, refused, span_in
from thongsuot.documents.views.viewer import viewer


@require_POST
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    intake = mine(request, pk)
    item = get_object_or_404(intake.items, ordinal=number)
    decision = request.POST.get("decision", "")
    if decision not in Decision.values:
        return leads_to(request, intake, number)
    value, form = None, None
    if decision == Decision.EDITED:
        form = form_for(item, request.POST)
        if not form.is_valid():
            return page(request, intake, Shown(number, editing=form))
        value = form.entered()
    seen = request.POST.get("seen")
    try:
        services.decide(by=viewer(request), item=item, decision=decision, value=value, seen=seen)
    except Refused as refusal:
        # What was typed stays in the form; to save it a second time is to know what it replaces.
        return refused(request, intake, refusal, Shown(number, editing=form))
    return leads_to(request, intake, number if decision == Decision.PENDING else next_waiting(intake, number))


@require_POST
def accept_certain(request: HttpRequest, pk: int) -> HttpResponse:
    intake = mine(request, pk)
    try:
        services.accept_certain(by=viewer(request), intake=intake)
    except Refused as refusal:
        return refused(request, intake, refusal)
    return leads_to(request, intake, next_waiting(intake, 0))


@require_POST
def undo(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take back what was decided last about an item, and open it again."""
    intake = mine(request, pk)
    item = get_object_or_404(intake.items, ordinal=number)
    try:
        left = services.undo(by=viewer(request), item=item, seen=request.POST.get("seen"))
    except Refused as refusal:
        return refused(request, intake, refusal, Shown(number))
    return leads_to(request, intake, items.in_order(left)[0].ordinal if left else number, redraws=True)


@require_POST
def add_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what the reader did not see."""
    intake = mine(request, pk)
    kind = request.POST.get("kind", "")
    if kind not in ADDABLE:
        return leads_to(request, intake, None)
    span = span_in(request.POST, intake)
    form = form_to_add(intake, kind, request.POST)
    shown = Shown(adding=form, adding_kind=kind, place=span)
    if not form.is_valid():
        return page(request, intake, shown)
    section = section_at(intake, span[0]) if span else ""
    try:
        item = services.add_item(
            by=viewer(request), intake=intake, kind=kind, value=form.entered(), span=span, section=section
        )
    except Refused as refusal:
        return refused(request, intake, refusal, shown)
    return leads_to(request, intake, item.ordinal, redraws=True)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    intake = mine(request, pk)
    try:
        services.discard_intake(by=viewer(request), intake=intake)
    except Refused as refusal:
        return refused(request, intake, refusal)
    messages.success(request, _("The paper has been put aside; it is not in the register."))
    return redirect("documents:take_in")


@require_POST
def register_intake(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the book. Whatever stops it, all decisions stay as they are."""
    intake = mine(request, pk)
    try:
        document = services.register_intake(by=viewer(request), intake=intake)
    except Refused as refusal:
        return refused(request, intake, refusal)
    except ValidationError as error:
        return refused(request, intake, Refused(" ".join(error.messages), "invalid"))
    entry = document.entries.filter(unit_id=intake.unit_id).first()
    number = entry.number if entry else document.symbol
    messages.success(request, _("Registered under number %(number)s.") % {"number": number})
    return redirect(document)
