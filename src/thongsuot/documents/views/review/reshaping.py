"""Cutting an item, making one of two, and the units to choose from while a name is typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from thongsuot.core.keys import number_in
from thongsuot.core.refusals import Refused
from thongsuot.documents import services
from thongsuot.documents.items import shown_value
from thongsuot.documents.views.review.page import Shown, leads_to, mine, page, refused, split_form_of
from thongsuot.documents.views.viewer import viewer
from thongsuot.organizations.queries import suggest_units


@require_POST
def split(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Cut at an offered place (``at``), or at the line breaks somebody has typed; the second part is opened."""
    intake = mine(request, pk)
    item = get_object_or_404(intake.items, ordinal=number)
    at = number_in(request.POST.get("at"), digits=6)
    if at is not None:
        words = (shown_value(item) or {}).get("text", "")
        texts = [words[:at], words[at:]]
    else:
        form = split_form_of(item, request.POST)
        if not form.is_valid():
            return page(request, intake, Shown(number, splitting=form))
        texts = form.texts()
    try:
        made = services.split_item(by=viewer(request), item=item, parts=texts, seen=request.POST.get("seen"))
    except Refused as refusal:
        data = request.POST if at is None else None
        return refused(request, intake, refusal, Shown(number, splitting=split_form_of(item, data)))
    return leads_to(request, intake, made[1].ordinal, redraws=True)


@require_POST
def merge(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Make one of this task and the one the button named; the one it became is opened."""
    intake = mine(request, pk)
    item = get_object_or_404(intake.items, ordinal=number)
    other = get_object_or_404(intake.items, ordinal=number_in(request.POST.get("with"), digits=5) or 0)
    try:
        services.merge_items(by=viewer(request), item=item, other=other, seen=request.POST.get("seen"))
    except Refused as refusal:
        return refused(request, intake, refusal, Shown(number))
    return leads_to(request, intake, number, redraws=True)


@require_GET
def assignees(request: HttpRequest, pk: int) -> HttpResponse:
    """Units and classes of units that begin like what was typed, for the list under the control."""
    intake = mine(request, pk)
    typed = next((str(text) for key, text in request.GET.items() if key.endswith("_add")), "")
    found = suggest_units(typed[:100].rpartition(";")[2], within=intake.unit)
    return render(request, "documents/_assignees.html", {"suggestions": found, "typed": typed.strip()})
