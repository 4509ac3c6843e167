"""Calling a make-up session."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from thongsuot.core.access import require as require_right
from thongsuot.core.clock import day_of, today
from thongsuot.core.refusals import refusal_on
from thongsuot.dissemination import queries, services
from thongsuot.dissemination.forms.calling import SessionForm
from thongsuot.dissemination.models import Session
from thongsuot.dissemination.permissions import can_call
from thongsuot.dissemination.views._asked import who
from thongsuot.dissemination.views.sessions import visible


def make_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day for those who have not heard: everything is filled in but the day and place."""
    user, shown = who(request), visible(request, pk)
    require_right(can_call(user, shown.unit))
    if not shown.can_be_made_up:
        raise Http404
    form = SessionForm(request.POST or None, initial=_initial(shown.makes_up or shown))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            made = services.call_make_up(by=user, session=shown, **form.given)
            messages.success(
                request, _("The make-up session is called. The members find it in their own list.")
            )
            return redirect(made)
    context = {"session": shown, "form": form, "missing": queries.missing_of(user, shown)}
    return render(request, "dissemination/make_up.html", context, status=422 if form.errors else 200)


def _initial(first: Session) -> dict[str, object]:
    return {
        "title": (_("%(session)s (make-up session)") % {"session": first.title})[:250],
        "form": first.form,
        "presenter": first.presenter,
        "day": max(today(), day_of(first.starts_at)) + dt.timedelta(days=2),
    }
