"""Guests of a session: who came without being called, and one taken back who was noted by mistake."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.audit.services import note_reading
from thongsuot.core.access import require as require_right
from thongsuot.core.pages import paginate
from thongsuot.dissemination.forms.calling import ReasonForm
from thongsuot.dissemination.models import Session
from thongsuot.dissemination.permissions import can_show_screen
from thongsuot.dissemination.queries import attending as queries
from thongsuot.dissemination.services.attending import take_back_guest
from thongsuot.dissemination.views._asked import who
from thongsuot.dissemination.views.sessions import visible


@require_GET
def guests(request: HttpRequest, pk: int) -> HttpResponse:
    """By name, for whoever lets them in."""
    shown = _let_in_by(request, pk)
    page = paginate(request, queries.guests_of(shown))
    for unit_id, count in Counter(row.unit_id for row in page).items():
        note_reading(by=who(request), what="members.guests", unit_id=unit_id, count=count, on=shown)
    return render(request, "dissemination/guests.html", {"session": shown, "page": page})


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """One guest, with a reason."""
    shown = _let_in_by(request, pk)
    guest = get_object_or_404(queries.guests_of(shown), person=person)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        take_back_guest(by=who(request), session=shown, person_id=person, reason=form.cleaned_data["reason"])
        messages.success(request, _("The guest is taken back."))
        return redirect("dissemination:guests", shown.pk)
    context = {"session": shown, "guest": guest, "form": form}
    return render(request, "dissemination/take_back_guest.html", context, status=422 if form.errors else 200)


def _let_in_by(request: HttpRequest, pk: int) -> Session:
    shown = visible(request, pk)
    require_right(can_show_screen(who(request), shown))
    return shown
