"""Calling a session, its page, its attendance and its sheet to sign."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from thongsuot.accounts.models import User
from thongsuot.audit.queries import timeline_of
from thongsuot.audit.services import note_reading
from thongsuot.core.access import require as require_right
from thongsuot.core.clock import day_of, now, today
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import Refused, refusal_on
from thongsuot.dissemination import queries, services
from thongsuot.dissemination.forms.calling import CallForm, CorrectionForm, ReasonForm, read_marking
from thongsuot.dissemination.meetings.calendars import calendar_of
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    Session,
    SessionState,
    SessionUnit,
    Way,
)
from thongsuot.dissemination.paper.queries import sheets_of
from thongsuot.dissemination.permissions import can_call, can_mark, can_write_minutes
from thongsuot.dissemination.queries.attending import attending_of
from thongsuot.dissemination.views._asked import number, who
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.reach import person_of

CELL_PAGE = 100
SHEET_PAGE = 300
LATEST_SHEETS = 20
CORRECTIONS_PAGE = 20


def call(request: HttpRequest) -> HttpResponse:
    """A new session; from a document its title and agenda are filled in, and everybody below is ticked."""
    user = who(request)
    units = queries.calling_units(user)
    require_right(bool(units))
    asked = number(request, "don-vi")
    unit = next((unit for unit in units if unit.pk == asked), units[0])
    chosen = number(request, "van-ban")
    documents = queries.documents_to_disseminate(user, unit, [chosen] if chosen else [])
    targets = list(queries.targets_of(unit))
    first = next((document for document in documents if document.pk == chosen), None)
    form = CallForm(
        request.POST or None, documents=documents, units=targets, initial=_initial(first, targets)
    )
    if request.method == "POST" and form.is_valid():
        made = _call(user, unit, form, documents, targets)
        if made is not None:
            messages.success(request, _("The session is called. The members find it in their own list."))
            return redirect(made)
    context = {"unit": unit, "units": units, "document": first, "form": form}
    return render(request, "dissemination/call.html", context, status=422 if form.errors else 200)


def _initial(document: Document | None, targets: list[Unit]) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "cells": [target.pk for target in targets],
        "day": today() + dt.timedelta(days=2),
    }
    if document is not None:
        title = _("Dissemination of %(document)s") % {"document": queries.name_of(document)}
        initial |= {"documents": [document.pk], "title": title}
    return initial


def _call(
    user: User, unit: Unit, form: CallForm, documents: list[Document], targets: list[Unit]
) -> Session | None:
    given = form.cleaned_data
    with refusal_on(form):
        return services.call_session(
            by=user,
            unit=unit,
            cells=queries.cells_under([target for target in targets if target.pk in given["cells"]]),
            documents=[document for document in documents if document.pk in given["documents"]],
            **form.given,
        )
    return None


def visible(request: HttpRequest, pk: int) -> Session:
    return get_object_or_404(
        Session.objects.visible_to(who(request)).select_related("unit", "makes_up"), pk=pk
    )


def session(request: HttpRequest, pk: int) -> HttpResponse:
    """The session: agenda, cells with their counts, and the attendance of one cell."""
    user, shown = who(request), visible(request, pk)
    cells = queries.cells_called(user, shown)
    place = _chosen(request, cells)
    if request.method == "POST":
        return _mark(request, shown, place)
    people = _people(request, shown, place) if place and can_mark(user, place.unit) else None
    if people and place:
        note_reading(
            by=user, what="members.attendance", unit_id=place.unit_id, count=len(people.object_list), on=shown
        )
    page = paginate(request, cells)
    context = {
        "session": shown,
        "agenda": [row.document for row in shown.agenda.select_related("document").order_by("pk")],
        "changed": queries.changed_since(shown),
        "page": page,
        "sums": cells.aggregate(*[Sum(n) for n in ("called", "present", "excused", "absent")]),
        "place": place,
        "people": people,
        "same_mark": _same_mark(people),
        "mine": Attendance.objects.filter(
            session=shown, person__in=Person.objects.same_as(person_of(user))
        ).first(),
        "states": [AttendanceState.PRESENT, AttendanceState.EXCUSED, AttendanceState.ABSENT],
        "has_begun": day_of(shown.starts_at) <= today(),
        "is_planned": shown.state == SessionState.PLANNED,
        "is_under_way": shown.starts_at <= now(),
        "is_over": shown.closes_at <= now(),
        "is_cancelled": shown.state == SessionState.CANCELLED,
        "may_call": can_call(user, shown.unit),
        "may_write_minutes": shown.state == SessionState.HELD and can_write_minutes(user, shown.unit),
        "may_mark_all": can_mark(user, shown.unit),
        "missing": _missing(user, shown),
        "attending": attending_of(user, shown),
        "series": queries.series_of(user, shown) if page.paginator.count else None,
        "history": timeline_of(shown),
        "programme": queries.programme_of(user, shown),
        **_corrections(request, shown),
    }
    return render(request, "dissemination/session.html", context)


def _corrections(request: HttpRequest, shown: Session) -> dict[str, object]:
    """What was corrected, and whether the next correction has to say why."""
    user = who(request)
    page = Paginator(queries.corrections_of(user, shown), CORRECTIONS_PAGE).get_page(request.GET.get("sua"))
    for unit_id, count in Counter(row.unit_id for row in page).items():
        note_reading(by=user, what="members.corrections", unit_id=unit_id, count=count, on=shown)
    return {
        "corrections": page,
        "why": CorrectionForm() if shown.state == SessionState.HELD else None,
        "must_say_why": services.needs_reason(shown),
    }


def _missing(user: User, shown: Session) -> int:
    """Whom a make-up session would call; asked only for those who may call it."""
    may_make_up = shown.state == SessionState.HELD and can_call(user, shown.unit)
    return queries.missing_of(user, shown) if may_make_up else 0


def _chosen(request: HttpRequest, cells: QuerySet[SessionUnit]) -> SessionUnit | None:
    """The cell named in the address, else the first one of those the person sees."""
    asked = number(request, "chibo")
    return get_object_or_404(cells, unit_id=asked) if asked else cells.first()


def _people(request: HttpRequest, shown: Session, place: SessionUnit) -> Page[Attendance]:
    return Paginator(queries.attendance_in(shown, place.unit), CELL_PAGE).get_page(request.GET.get("nguoi"))


def _same_mark(people: Page[Attendance] | None) -> Attendance | None:
    """A whole list noted at once says so once, above, and not in every row."""
    rows = list(people) if people else []
    marks = {(row.way, row.marked_by_id, row.marked_at) for row in rows}
    first = rows[0] if len(rows) > 1 and len(marks) == 1 else None
    return first if first and first.way and first.way != Way.CODE else None


def _mark(request: HttpRequest, shown: Session, place: SessionUnit | None) -> HttpResponse:
    require_right(place is not None)
    assert place is not None  # noqa: S101  # said by the line above, for the type checker
    marking = read_marking(request.POST)
    if not marking.among:
        messages.warning(request, _("No choice was made. Nothing has changed."))
        return redirect(request.get_full_path())
    try:
        services.mark_attendance(
            by=who(request),
            session=shown,
            unit=place.unit,
            present=marking.present,
            excused=marking.excused,
            among=marking.among,
            reason=request.POST.get("why", "")[:500],
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Attendance noted."))
    return redirect(request.get_full_path())


def sign_in_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The list to print and sign."""
    shown = visible(request, pk)
    rows = queries.sign_in_rows(who(request), shown)
    require_right(rows.exists())
    page = paginate(request, rows, SHEET_PAGE)
    for unit_id, count in Counter(row.unit_id for row in page).items():
        note_reading(by=who(request), what="members.sheet", unit_id=unit_id, count=count, on=shown)
    cells = {row.unit_id: row.unit for row in page}
    printed = list(sheets_of(who(request), shown)[:LATEST_SHEETS])
    context = {"session": shown, "page": page, "printed": printed}
    # The sheet of one cell needs no column that says the same in every row.
    context["only"] = next(iter(cells.values())) if len(cells) == 1 else None
    return render(request, "dissemination/sheet.html", context)


@require_GET
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The session for the calendar of a phone or a computer; when it was called off, the file takes it out again."""
    shown = visible(request, pk)
    agenda = [row.document for row in shown.agenda.select_related("document").order_by("pk")]
    address = request.build_absolute_uri(shown.get_absolute_url())
    response = HttpResponse(calendar_of(shown, agenda, address), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="buoi-{shown.pk}.ics"'
    return response


@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    shown = services.hold_session(by=who(request), session=visible(request, pk))
    messages.success(request, _("Noted that the session was held."))
    return redirect(shown)


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the session off, with a reason."""
    shown = visible(request, pk)
    require_right(can_call(who(request), shown.unit))
    if shown.state != SessionState.PLANNED:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.cancel_session(by=who(request), session=shown, reason=form.cleaned_data["reason"])
        messages.success(request, _("The session is cancelled."))
        return redirect(shown)
    context = {"session": shown, "form": form}
    return render(request, "dissemination/cancel.html", context, status=422 if form.errors else 200)
