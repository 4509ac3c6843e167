"""The minutes of a session: the text, the Word file, signed, registered."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.core.access import require as require_right
from thongsuot.core.refusals import refusal_on
from thongsuot.dissemination import queries, services
from thongsuot.dissemination.forms.minutes import MinutesForm
from thongsuot.dissemination.meetings.minutes import paper_of
from thongsuot.dissemination.models import Minutes, Session, SessionState
from thongsuot.dissemination.permissions import can_write_minutes
from thongsuot.dissemination.views._asked import who
from thongsuot.dissemination.views.sessions import visible
from thongsuot.documents.letterheads import letterhead_of
from thongsuot.documents.permissions import can_register
from thongsuot.formats.word import MEDIA_TYPE, write


def _held(request: HttpRequest, pk: int) -> Session:
    shown = visible(request, pk)
    require_right(can_write_minutes(who(request), shown.unit))
    if shown.state != SessionState.HELD:
        raise Http404
    return shown


@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The text to write on, drafted from what is known; signed, to read only."""
    user, shown = who(request), _held(request, pk)
    there = queries.minutes_of(shown)
    is_signed = there is not None and there.signed_at is not None
    form = MinutesForm(request.POST or None, initial=_initial(request, shown, there))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            given = form.cleaned_data
            services.write_minutes(
                by=user,
                session=shown,
                chair=given["chair"],
                secretary=given["secretary"],
                text=given["text"],
                seen=parse_datetime(given["seen"]) if given["seen"] else None,
            )
            messages.success(request, _("The minutes are saved."))
            return redirect("dissemination:minutes", shown.pk)
    context = {
        "session": shown,
        "minutes": there,
        "is_signed": is_signed,
        "form": None if is_signed and not form.errors else form,
        "may_register": is_signed
        and there is not None
        and not there.document_id
        and can_register(user, shown.unit),
    }
    return render(request, "dissemination/minutes.html", context, status=422 if form.errors else 200)


def _initial(request: HttpRequest, shown: Session, there: Minutes | None) -> dict[str, object]:
    chair = there.chair if there else letterhead_of(shown.unit).signer
    secretary = there.secretary if there else ""
    anew = there is None or "soan-lai" in request.GET
    text = (
        queries.fresh_draft(who(request), shown, chair=chair, secretary=secretary)
        if there is None or anew
        else there.text
    )
    seen = there.written_at.isoformat() if there else ""
    return {"chair": chair, "secretary": secretary, "text": text, "seen": seen}


@require_GET
def minutes_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as a Word file in the form of the unit's own side."""
    shown = _held(request, pk)
    there = queries.minutes_of(shown)
    if there is None:
        raise Http404
    documents = [row.document for row in shown.agenda.select_related("document").order_by("pk")]
    symbol = there.document.symbol if there.document else ""
    answer = HttpResponse(write(paper_of(there, documents, symbol=symbol)), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="bien-ban-{shown.pk}.docx"'
    return answer


@require_POST
def sign_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _held(request, pk)
    services.sign_minutes(by=who(request), session=shown)
    messages.success(request, _("Noted that the minutes are signed."))
    return redirect("dissemination:minutes", shown.pk)


@require_POST
def register_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _held(request, pk)
    if queries.minutes_of(shown) is None:
        raise Http404
    document = services.register_minutes(by=who(request), session=shown)
    messages.success(request, _("The minutes have the number %(symbol)s.") % {"symbol": document.symbol})
    return redirect("dissemination:minutes", shown.pk)
