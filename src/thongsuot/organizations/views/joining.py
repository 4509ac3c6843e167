"""Members of mass organisations: joining a branch, leaving it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thongsuot.accounts.roles import Permission
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.refusals import refusal_on
from thongsuot.organizations.forms.people import JoinForm, LeaveForm
from thongsuot.organizations.models import MASS_KINDS
from thongsuot.organizations.queries import people
from thongsuot.organizations.queries.choices import units_to_choose
from thongsuot.organizations.reach import can
from thongsuot.organizations.services import join_organisation, leave_organisation
from thongsuot.organizations.views.person import offered_near, to_keep
from thongsuot.organizations.views.who import person_acting


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """A further organisation; whoever is a member of one already may be one of another."""
    found = to_keep(request, pk)
    units = units_to_choose(request.user, Permission.PEOPLE_MANAGE, MASS_KINDS)
    form = JoinForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        with refusal_on(form):
            join_organisation(
                by=person_acting(request), person=found, unit=entered["unit"], since=entered["since"]
            )
            messages.success(request, _("The membership was noted."))
            return redirect("people:person", pk)
    context = {"person": found, "form": form} | offered_near(request, found, MASS_KINDS)
    return render(request, "organizations/people/join.html", context)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, pk: int, affiliation: int) -> HttpResponse:
    found = to_keep(request, pk)
    rows = people.affiliations_seen_by(request.user).select_related("unit", "person")
    row = get_object_or_404(rows, pk=affiliation, person=found)
    require(can(request.user, Permission.PEOPLE_MANAGE, row.unit))
    form = LeaveForm(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            leave_organisation(by=person_acting(request), affiliation=row, on=form.cleaned_data["on"])
            messages.success(request, _("The membership ends on that day."))
            return redirect("people:person", pk)
    context = {"person": found, "affiliation": row, "form": form}
    return render(request, "organizations/people/leave.html", context)
