"""Founding a commune, a province or the nation from the official list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thongsuot.core.refusals import refusal_on
from thongsuot.organizations.catalogue.rows import how_many, is_committee_of
from thongsuot.organizations.catalogue.services import found_from_catalogue
from thongsuot.organizations.forms.catalogue import CatalogueForm
from thongsuot.organizations.imports.queries import units_to_import_into
from thongsuot.organizations.models import ImportSubject
from thongsuot.organizations.views.who import person_acting

if TYPE_CHECKING:
    from thongsuot.organizations.models import Unit


@require_http_methods(["GET", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """Choose, see how many units it makes, then look at each of them or have them made at once."""
    user = person_acting(request)
    units = units_to_import_into(user)[ImportSubject.UNITS]
    if not units:
        raise PermissionDenied
    act = request.POST.get("act", "")
    is_sure = act in ("preview", "found")
    form = CatalogueForm(request.POST if request.method == "POST" else None, units=units, is_sure=is_sure)
    if is_sure and form.is_valid():
        with refusal_on(form):
            batch = found_from_catalogue(
                by=user,
                unit=form.cleaned_data["unit"],
                choice=form.choice(),
                at_once=act == "found",
            )
            return redirect(batch)
    context = {"form": form, **_told(form, units)}
    return render(request, "organizations/catalogue.html", context, status=422 if form.errors else 200)


def _told(form: CatalogueForm, units: list[Unit]) -> dict[str, Any]:
    """How many units the choice makes, and where they will hang."""
    if form.is_bound and not form.is_valid():
        return {}
    unit = form.cleaned_data["unit"] if form.is_bound else units[0]
    choice = form.choice()
    if choice.only and is_committee_of(unit, choice.only):
        where = _("“%(unit)s” is this commune itself: its bodies are founded directly below it.")
    elif not choice.only and any(is_committee_of(unit, one) for one in choice.provinces):
        where = _("“%(unit)s” is this province itself: the communes are founded directly below it.")
    else:
        where = _("Everything is founded below “%(unit)s”.")
    return {
        "number": how_many(choice, unit),
        "communes": 1 if choice.only else sum(len(one.communes) for one in choice.provinces),
        "where": where % {"unit": unit.name},
    }
