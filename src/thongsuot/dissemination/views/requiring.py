"""Opening a requirement: of whom, where, by when; how many people it means is said before it is done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from thongsuot.core.access import require as require_right
from thongsuot.core.clock import today
from thongsuot.core.keys import number_in
from thongsuot.core.refusals import refusal_on
from thongsuot.dissemination import queries, services
from thongsuot.dissemination.audience.whom import HowMany, how_many, titles_under
from thongsuot.dissemination.forms.audience import RequireForm, in_ten_days
from thongsuot.dissemination.permissions import can_require
from thongsuot.dissemination.views._asked import who
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit

MOST_TITLES = 12


def require(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; the number alone, as it is filled in; and the act, once the number has been seen."""
    user = who(request)
    document = get_object_or_404(Document.objects.visible_to(user), pk=pk)
    unit = queries.overview_unit(user)
    require_right(unit is not None and can_require(user, unit))
    assert unit is not None  # noqa: S101  # said by the line above, for the type checker
    targets = list(queries.units_to_require(unit))
    titles = titles_under([target.pk for target in targets], today(), MOST_TITLES)
    initial = {"units": [target.pk for target in targets], "due": in_ten_days()}
    is_sent = request.method == "POST" and not {"asking", "count"} & set(request.POST)
    form = RequireForm(request.POST or None, units=targets, titles=titles, initial=initial)
    count = _count(form, unit, targets, document)
    context: dict[str, Any] = {"document": document, "unit": unit, "form": form, "count": count}
    context["name"] = queries.name_of(document)
    if request.method == "POST" and "asking" in request.POST:
        return render(request, "dissemination/_require_count.html", context)
    if is_sent and form.is_valid():
        expected = request.POST.get("expected")
        if expected is not None and number_in(expected or "0") != count.people:
            # Ticks changed since the number was shown: it is seen before anybody is asked.
            return render(request, "dissemination/require.html", context | {"is_asked_again": True})
        if _require(request, document, unit, targets, form):
            return redirect("dissemination:coverage", pk=document.pk)
    status = 422 if is_sent and form.errors else 200
    return render(request, "dissemination/require.html", context, status=status)


def _count(form: RequireForm, unit: Unit, targets: list[Unit], document: Document) -> HowMany:
    ticked = {str(key) for key in form["units"].value() or []}
    keys = [target.pk for target in targets if str(target.pk) in ticked]
    known = {title for title, _label in form.fields["titles"].choices}  # type: ignore[attr-defined]
    if not set(form.wanted.titles) <= known:
        return HowMany()
    return how_many(unit, keys, form.wanted, document, today())


def _require(
    request: HttpRequest, document: Document, unit: Unit, targets: list[Unit], form: RequireForm
) -> bool:
    given = form.cleaned_data
    chosen = [target for target in targets if target.pk in given["units"]]
    terms = services.Terms(
        wanted=form.wanted,
        key_due=given["key_due"],
        forms=tuple(given["asked_forms"]),
        papers=tuple(given["papers"]),
        papers_due=given["papers_due"],
    )
    with refusal_on(form):
        services.require_dissemination(
            by=who(request), document=document, unit=unit, units=chosen, due=given["due"], terms=terms
        )
        messages.success(request, _("Required. They find the document in their own list."))
        return True
    return False
