"""Attendance from the list of a meeting system: the file, what it says, the decision."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from thongsuot.audit.services import note_reading
from thongsuot.core.access import require as require_right
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import refusal_on
from thongsuot.dissemination import queries, services
from thongsuot.dissemination.forms.online import ListForm, ReadAsForm, answers_in
from thongsuot.dissemination.meetings.online.matching import Called, Matched
from thongsuot.dissemination.models import AttendanceList, Session, SessionState
from thongsuot.dissemination.views._asked import who
from thongsuot.dissemination.views.sessions import visible

SHOWN = 50


@require_http_methods(["GET", "POST"])
def take_in_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a meeting system."""
    user, shown = who(request), visible(request, pk)
    require_right(bool(queries.audience_of(user, shown)))
    if shown.state == SessionState.CANCELLED:
        raise Http404
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            batch = services.take_in_list(by=user, session=shown, content=form.cleaned_data["file"].read())
            return redirect("dissemination:attendance_list", shown.pk, batch.pk)
    context = {"session": shown, "form": form, "waiting": queries.lists_of(user, shown).first()}
    return render(request, "dissemination/online/file.html", context, status=422 if form.errors else 200)


def _list(request: HttpRequest, pk: int, batch: int) -> AttendanceList:
    return get_object_or_404(queries.lists_of(who(request), visible(request, pk)), pk=batch)


@require_http_methods(["GET", "POST"])
def attendance_list(request: HttpRequest, pk: int, batch: int) -> HttpResponse:
    """Which column is which, what the list then says, and what has to be asked."""
    user, found = who(request), _list(request, pk, batch)
    form = ReadAsForm(request.POST or None, batch=found)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            services.read_list_as(
                by=user,
                batch=found,
                columns=form.columns,
                least_share=form.cleaned_data["least_share"],
                minutes=form.cleaned_data["minutes"],
            )
            return redirect("dissemination:attendance_list", pk, batch)
    called = {one.person_id: one for one in queries.audience_of(user, found.session)}
    context = {"session": found.session, "batch": found, "form": form, **_said(request, found, called)}
    return render(request, "dissemination/online/list.html", context, status=422 if form.errors else 200)


def _said(request: HttpRequest, found: AttendanceList, called: dict[int, Called]) -> dict[str, object]:
    matched: Matched = queries.look_through(found, called.values())
    least = found.least_share * found.minutes / 100
    rows = [
        (one, matched.found[key], matched.found[key].is_enough(least))
        for key, one in called.items()
        if key in matched.found
    ]
    page = paginate(request, rows)
    for unit_id, count in Counter(one.unit_id for one, _stay, _enough in page).items():
        note_reading(
            by=who(request), what="members.attendance", unit_id=unit_id, count=count, on=found.session
        )
    return {
        "page": page,
        "enough": sum(enough for _one, _stay, enough in rows),
        "found": len(rows),
        "called": len(called),
        "asked": matched.asked,
        "strangers": matched.strangers[:SHOWN],
        "strangers_count": len(matched.strangers),
        "least": round(least),
    }


@require_POST
def take_over_list(request: HttpRequest, pk: int, batch: int) -> HttpResponse:
    found = _list(request, pk, batch)
    shown: Session = found.session
    changed = services.take_over_list(
        by=who(request),
        batch=found,
        answers=answers_in(request.POST),
        absent_too="absent_too" in request.POST,
    )
    if changed:
        sentence = ngettext(
            "Attendance of %(count)s member noted from the list.",
            "Attendance of %(count)s members noted from the list.",
            changed,
        )
        messages.success(request, sentence % {"count": changed})
    else:
        messages.success(request, _("The list says nothing that was not noted already."))
    return redirect(shown)


@require_POST
def give_up_list(request: HttpRequest, pk: int, batch: int) -> HttpResponse:
    found = _list(request, pk, batch)
    shown: Session = found.session
    services.give_up_list(by=who(request), batch=found)
    messages.success(request, _("The list is forgotten. Nothing has changed."))
    return redirect(shown)
