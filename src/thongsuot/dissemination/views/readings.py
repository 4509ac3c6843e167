"""Reading a document on a phone and confirming it; vouching for somebody who cannot."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.core.access import require as require_right
from thongsuot.core.refusals import Refused, refusal_on
from thongsuot.dissemination import queries, services
from thongsuot.dissemination.forms.calling import ReasonForm
from thongsuot.dissemination.permissions import can_vouch
from thongsuot.dissemination.reading_page.drawing import drawn_text
from thongsuot.dissemination.reading_page.parts import minutes_to_read, summary_lines
from thongsuot.dissemination.reading_page.places import Reading, said_at_paragraphs
from thongsuot.dissemination.views._asked import who
from thongsuot.dissemination.views.study import READER_HEADER, for_later, size_of
from thongsuot.documents.models import Document
from thongsuot.organizations.queries import units_visible_to


def read(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines to remember, the text in parts, and one button."""
    refused, not_asked = "", None
    if request.method == "POST":
        try:
            services.confirm_shown(by=who(request), document_id=pk, shown=request.POST.get("text"))
        except Refused as refusal:
            refused = refusal.sentence
            not_asked = refusal if refusal.code != "text_changed" else None
        else:
            # The page says itself that it is confirmed, and when: no message has to be kept in the session.
            return redirect("dissemination:read", pk=pk)
    found = queries.document_to_read(who(request), pk)
    if found is None:  # somebody else's document does not exist, whatever was asked about it
        raise Http404
    if not_asked:
        raise not_asked
    document, receipt = found
    lines, later = summary_lines(document.summary), for_later(request, document, receipt)
    text, reading = drawn_text(document.pk, document.text), Reading(document, receipt)
    context = {
        "document": document,
        "name": queries.name_of(document),
        "lines": lines,
        "summary_minutes": minutes_to_read(*lines),
        "text": text,
        "written": text.with_remarks(said_at_paragraphs(request, reading)),
        "reading": reading,
        "size": size_of(request),
        "receipt": receipt,
        "news": queries.change_since(who(request), document, receipt, _shown(request, document)),
        "refused": refused,
        **later,
    }
    page = render(request, "dissemination/read.html", context, status=409 if refused else 200)
    page[READER_HEADER] = later["reader"]
    return page


def _shown(request: HttpRequest, document: Document) -> str:
    """The hash of the text the form stood under; a page from before there were versions showed the first one."""
    return request.POST.get("text", document.text_sha256 if document.version == 1 else "")


def vouch(request: HttpRequest, pk: int, unit: int, person: int) -> HttpResponse:
    """The head of the cell says how somebody has heard of the document."""
    user = who(request)
    document = get_object_or_404(Document.objects.visible_to(user), pk=pk)
    cell = get_object_or_404(units_visible_to(user), pk=unit)
    require_right(can_vouch(user, cell))
    receipt = get_object_or_404(queries.unreached_in(user, document, cell), person_id=person)
    back = f"{reverse('dissemination:coverage', args=[document.pk])}?don-vi={cell.pk}"
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            services.vouch_reading(
                by=user,
                document=document,
                unit=cell,
                person=receipt.person,
                reason=form.cleaned_data["reason"],
                shown=_shown(request, document),
            )
            messages.success(request, _("Noted, with your name and the reason."))
            return redirect(back)
    context = {
        "document": document,
        "name": queries.name_of(document),
        "cell": cell,
        "person": receipt.person,
        "form": form,
        "back": back,
    }
    return render(request, "dissemination/vouch.html", context, status=422 if form.errors else 200)
