"""The preview of the next run, changing a period, holds, and what earlier runs did."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.core.access import require
from thongsuot.core.pages import page_or_fragment, paginate
from thongsuot.core.refusals import refusal_on
from thongsuot.core.retention import DataClass
from thongsuot.organizations.views.who import person_acting
from thongsuot.privacy.models import LegalHold
from thongsuot.privacy.permissions import can_manage_privacy_everywhere, can_see_privacy
from thongsuot.privacy.retention import queries, services
from thongsuot.privacy.retention.forms import HoldForm, LiftForm, PeriodForm, scope_of

RUNS_ON_A_PAGE = 20


@require_GET
def preview(request: HttpRequest) -> HttpResponse:
    """What the next run will remove, of which class, and when; what is held back."""
    require(can_see_privacy(request.user))
    page = paginate(request, queries.holds_in_force(request.user))
    context = {
        "preview": queries.preview(),
        "page": page,
        "holds": [(hold, scope_of(hold), services.may_lift(request.user, hold)) for hold in page],
        "may_change": can_manage_privacy_everywhere(request.user),
    }
    return render(request, "privacy/retention/preview.html", context)


@require_http_methods(["GET", "POST"])
def period(request: HttpRequest, name: str) -> HttpResponse:
    """How long one class is kept."""
    require(can_manage_privacy_everywhere(request.user))
    data_class = _class(name)
    line = queries.line_of(data_class)
    initial = {"days": line.days, "was": line.days}
    form = PeriodForm(_posted(request), initial=initial, data_class=data_class)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            services.change_period(by=person_acting(request), data_class=data_class, **form.cleaned_data)
            told = {"what": data_class.label, "days": form.cleaned_data["days"]}
            messages.success(request, _("%(what)s: kept for %(days)s days from now on.") % told)
            return redirect("privacy:retention")
    context = {"form": form, "line": line}
    return render(request, "privacy/retention/period.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest) -> HttpResponse:
    """Keep something from being removed."""
    require(can_see_privacy(request.user))
    form = HoldForm(_posted(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            services.place_hold(by=person_acting(request), **form.cleaned_data)
            messages.success(request, _("Nothing of this is removed until the hold ends."))
            return redirect("privacy:retention")
    return render(request, "privacy/retention/hold.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """End a hold, with the reason."""
    require(can_see_privacy(request.user))
    rows = LegalHold.objects.visible_to(request.user).select_related("unit", "placed_by")
    held = get_object_or_404(rows, pk=pk)
    require(services.may_lift(request.user, held))
    form = LiftForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            services.lift_hold(by=person_acting(request), hold=held, **form.cleaned_data)
            messages.success(request, _("The hold is lifted."))
            return redirect("privacy:retention")
    context = {"form": form, "hold": held, "scope": scope_of(held)}
    return render(request, "privacy/retention/lift.html", context, status=422 if form.errors else 200)


@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    """What earlier runs removed, newest first."""
    require(can_see_privacy(request.user))
    page = paginate(request, queries.runs(), RUNS_ON_A_PAGE)
    context = {"page": page, "runs": queries.runs_of(list(page))}
    return page_or_fragment(request, "privacy/retention/runs.html", "_runs", context)


def _class(name: str) -> DataClass:
    found = queries.class_named(name)
    if found is None:
        raise Http404
    return found


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
