"""A paper between being handed in and being registered: which page it has at this moment."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from thongsuot.core.refusals import Refused
from thongsuot.documents import services
from thongsuot.documents.models import Intake
from thongsuot.documents.queries.intake import on_their_way, standing_of, was_secret
from thongsuot.documents.reading import sentence_of
from thongsuot.documents.views.review import review
from thongsuot.documents.views.viewer import viewer


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the paper is, why it was not taken in, or the page on which it is checked."""
    user = viewer(request)
    intake = on_their_way(user).filter(pk=pk).first()
    if intake is not None:
        return _standing(request, intake)
    try:
        return review(request, pk)
    except Http404:
        # The row of a State secret is gone; whoever handed it in is told once more why.
        if was_secret(user, pk):
            return render(
                request, "documents/not_taken_in.html", {"intake": None, "sentence": sentence_of("secret")}
            )
        raise


@require_GET
def reading_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar that asks for itself; when there is more to see than a bar, the page is loaded anew."""
    user = viewer(request)
    intake = on_their_way(user).filter(pk=pk).first()
    if intake is not None:
        standing = standing_of(intake)
        if not standing.refusal:
            return render(request, "documents/_reading.html", {"intake": intake, "standing": standing})
    elif not was_secret(user, pk):
        get_object_or_404(Intake.objects.visible_to(user).only("pk"), pk=pk)
    address = reverse("documents:review", args=[pk])
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


@require_POST
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the paper read by the newer reader; what was decided is still there afterwards."""
    user = viewer(request)
    intake = get_object_or_404(Intake.objects.visible_to(user).select_related("unit", "document"), pk=pk)
    try:
        if services.read_again(by=user, intake=intake):
            messages.success(request, _("The paper has been read again. What had been decided is unchanged."))
        else:
            messages.success(
                request, _("The paper is being read again. Look at this page again in a moment.")
            )
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect(intake)


def _standing(request: HttpRequest, intake: Intake) -> HttpResponse:
    standing = standing_of(intake)
    context = {"intake": intake, "standing": standing, "sentence": standing.refusal}
    template = "documents/not_taken_in.html" if standing.refusal else "documents/being_read.html"
    return render(request, template, context)
