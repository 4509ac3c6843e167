"""Checking what was read: each decision is a POST that answers with the changed panel, or with the page again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from thongsuot.core.keys import number_in
from thongsuot.core.pages import page_or_fragment
from thongsuot.core.refusals import Refused
from thongsuot.documents import items, services
from thongsuot.documents.forms.review import ItemForm, form_for, form_to_add
from thongsuot.documents.models import Intake
from thongsuot.documents.models.intake import Decision, IntakeState, ItemKind
from thongsuot.documents.queries.review import marked_paper, review_of
from thongsuot.documents.views.intake import link_of
from thongsuot.documents.views.viewer import viewer

ADDABLE = (ItemKind.TASK, ItemKind.TARGET, ItemKind.REFERENCE)


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper and its proposals."""
    intake = _mine(request, pk)
    if intake.document is not None:
        return redirect(intake.document)
    if intake.state != IntakeState.READY:
        return render(request, "documents/put_aside.html", {"intake": intake})
    number = number_in(request.GET.get("muc"), digits=5)
    editing = None
    if number is not None and "sua" in request.GET:
        editing = form_for(get_object_or_404(intake.items, ordinal=number))
    kind = request.GET.get("them", "")
    adding = form_to_add(intake, kind) if kind in ADDABLE else None
    return _page(request, intake, number, editing=editing, adding=adding, adding_kind=kind)


@require_POST
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    intake = _mine(request, pk)
    item = get_object_or_404(intake.items, ordinal=number)
    decision = request.POST.get("decision", "")
    if decision not in Decision.values:
        return _to(request, intake, number)
    value = None
    if decision == Decision.EDITED:
        form = form_for(item, request.POST)
        if not form.is_valid():
            return _page(request, intake, number, editing=form)
        value = form.entered()
    try:
        services.decide(by=viewer(request), item=item, decision=decision, value=value)
    except Refused as refusal:
        return _refused(request, intake, refusal, number)
    return _to(request, intake, number if decision == Decision.PENDING else _after(intake, number))


@require_POST
def accept_certain(request: HttpRequest, pk: int) -> HttpResponse:
    intake = _mine(request, pk)
    try:
        services.accept_certain(by=viewer(request), intake=intake)
    except Refused as refusal:
        return _refused(request, intake, refusal)
    return _to(request, intake, _after(intake, 0))


@require_POST
def add_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what the reader did not see."""
    intake = _mine(request, pk)
    kind = request.POST.get("kind", "")
    if kind not in ADDABLE:
        return _to(request, intake, None)
    form = form_to_add(intake, kind, request.POST)
    if not form.is_valid():
        return _page(request, intake, None, adding=form, adding_kind=kind)
    try:
        item = services.add_item(by=viewer(request), intake=intake, kind=kind, value=form.entered())
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, intake, None, adding=form, adding_kind=kind)
    return _to(request, intake, item.ordinal)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    intake = _mine(request, pk)
    try:
        services.discard_intake(by=viewer(request), intake=intake)
    except Refused as refusal:
        return _refused(request, intake, refusal)
    messages.success(request, _("The paper has been put aside; it is not in the register."))
    return redirect("documents:take_in")


@require_POST
def register_intake(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the book. Whatever stops it, all decisions stay as they are."""
    intake = _mine(request, pk)
    try:
        document = services.register_intake(by=viewer(request), intake=intake)
    except Refused as refusal:
        return _refused(request, intake, refusal)
    except ValidationError as error:
        return _refused(request, intake, Refused(" ".join(error.messages), "invalid"))
    entry = document.entries.filter(unit_id=intake.unit_id).first()
    number = entry.number if entry else document.symbol
    messages.success(request, _("Registered under number %(number)s.") % {"number": number})
    return redirect(document)


def _mine(request: HttpRequest, pk: int) -> Intake:
    visible = Intake.objects.visible_to(viewer(request)).select_related(
        "unit", "file", "document", "created_by"
    )
    return get_object_or_404(visible.defer("text", "pages"), pk=pk)


def _after(intake: Intake, number: int) -> int | None:
    """The next item to look at, from the beginning again when the end is reached."""
    left = [item.ordinal for item in items.waiting(intake.items.order_by("ordinal"))]
    return next((found for found in left if found > number), left[0] if left else None)


def _asked_for_a_part(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _to(request: HttpRequest, intake: Intake, number: int | None) -> HttpResponse:
    """Where a decision leads: the panel as it is now, or the page again at the next item."""
    if _asked_for_a_part(request):
        return _page(request, intake, number)
    address = intake.get_absolute_url()
    return HttpResponseRedirect(f"{address}?muc={number}#muc-{number}" if number else address)


def _refused(
    request: HttpRequest, intake: Intake, refusal: Refused, number: int | None = None
) -> HttpResponse:
    """The sentence on the page where it happened; when another clerk was first, on the page of the document."""
    intake = _mine(request, intake.pk)
    if intake.state == IntakeState.READY:
        return _page(request, intake, number, refusal=refusal)
    messages.warning(request, refusal.sentence)
    target = intake.document.get_absolute_url() if intake.document else intake.get_absolute_url()
    if _asked_for_a_part(request):
        return HttpResponse(headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _page(
    request: HttpRequest,
    intake: Intake,
    number: int | None,
    *,
    editing: ItemForm | None = None,
    adding: ItemForm | None = None,
    adding_kind: str = "",
    refusal: Refused | None = None,
) -> HttpResponse:
    shown = review_of(intake, number)
    part = _asked_for_a_part(request)
    context = {
        "intake": intake,
        "review": shown,
        "paper": [] if part else marked_paper(shown),
        "is_part": part,
        "editing": editing,
        "adding": adding,
        "adding_kind": adding_kind,
        "adding_label": ItemKind(adding_kind).label if adding else "",
        "refusal": refusal,
        "refusal_link": link_of(refusal),
        "panel_url": reverse("documents:review", args=[intake.pk]),
    }
    status = 409 if refusal is not None and not part else 200
    return page_or_fragment(request, "documents/review.html", "_review", context, status)
