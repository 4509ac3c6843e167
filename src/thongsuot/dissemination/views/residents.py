"""Residents reached, as numbers: what was entered in one unit for a document, a short form, a correction."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from thongsuot.core.access import require as require_right
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import refusal_on
from thongsuot.dissemination import queries, services
from thongsuot.dissemination.forms.audience import CorrectNumberForm, ResidentForm
from thongsuot.dissemination.permissions import can_count_residents, can_see_coverage
from thongsuot.dissemination.queries.apart import resident_counts_of
from thongsuot.dissemination.views._asked import who
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit
from thongsuot.organizations.queries import units_visible_to


def residents(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """The list, with the form for whoever keeps it."""
    user, (document, place) = who(request), _asked(request, pk, unit)
    may_count = can_count_residents(user, place)
    require_right(may_count if request.method == "POST" else may_count or can_see_coverage(user, place))
    form = ResidentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            services.count_residents(by=user, document=document, unit=place, **form.cleaned_data)
            messages.success(request, _("Noted."))
            return redirect("dissemination:residents", pk=document.pk, unit=place.pk)
    context = {
        "document": document,
        "name": queries.name_of(document),
        "unit": place,
        "form": form,
        "page": paginate(request, resident_counts_of(document, place)),
        "may_count": may_count,
    }
    return render(request, "dissemination/residents.html", context, status=422 if form.errors else 200)


def correct_residents(request: HttpRequest, pk: int, unit: int, key: UUID) -> HttpResponse:
    """Another number for the same event, with a reason."""
    user, (document, place) = who(request), _asked(request, pk, unit)
    require_right(can_count_residents(user, place))
    row = get_object_or_404(resident_counts_of(document, place), id=key)
    form = CorrectNumberForm(
        request.POST if request.method == "POST" else None, initial={"number": row.number}
    )
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            services.correct_residents(by=user, unit=place, key=key, **form.cleaned_data)
            messages.success(request, _("Corrected. The earlier number stays below, struck out."))
            return redirect("dissemination:residents", pk=document.pk, unit=place.pk)
    context = {
        "document": document,
        "name": queries.name_of(document),
        "unit": place,
        "form": form,
        "row": row,
    }
    return render(
        request, "dissemination/correct_residents.html", context, status=422 if form.errors else 200
    )


def _asked(request: HttpRequest, pk: int, unit: int) -> tuple[Document, Unit]:
    document: Document = get_object_or_404(Document.objects.visible_to(who(request)), pk=pk)
    place: Unit = get_object_or_404(units_visible_to(who(request)), pk=unit)
    return document, place
