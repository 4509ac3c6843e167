"""Printing sheets to sign."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from thongsuot.audit.services import note_reading
from thongsuot.core.access import require as require_right
from thongsuot.core.keys import number_in
from thongsuot.dissemination.models import PaperSheet
from thongsuot.dissemination.paper import drawing, queries
from thongsuot.dissemination.paper.printing import print_for_document, print_for_session
from thongsuot.dissemination.permissions import can_vouch
from thongsuot.dissemination.views._asked import who
from thongsuot.dissemination.views.sessions import visible
from thongsuot.documents.models import Document
from thongsuot.organizations.queries import units_visible_to

MOST_SHEETS = 100


@require_POST
def paper_of_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Print sheets for the cells of a session in which one marks: all, or the one that was asked for."""
    user, session = who(request), visible(request, pk)
    cells = queries.cells_to_print(user, session)
    require_right(bool(cells))
    asked = number_in(request.POST.get("chibo"))
    chosen = [cell for cell in cells if asked in (None, cell.pk)][:MOST_SHEETS]
    if not chosen:
        raise Http404
    return redirect(printing_of(print_for_session(by=user, session=session, units=chosen)))


@require_POST
def paper_of_document(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Print the list of a cell for those whom the document has not reached."""
    user = who(request)
    document = get_object_or_404(Document.objects.visible_to(user), pk=pk)
    cell = get_object_or_404(units_visible_to(user), pk=unit)
    require_right(can_vouch(user, cell))
    return redirect(printing_of([print_for_document(by=user, document=document, unit=cell)]))


def printing_of(sheets: list[PaperSheet]) -> str:
    asked = urlencode([("phieu", sheet.code) for sheet in sheets])
    return f"{reverse('dissemination:paper_print')}?{asked}"


@require_GET
def paper_print(request: HttpRequest) -> HttpResponse:
    """The pages of one or several sheets, as they go to the printer."""
    user = who(request)
    require_right(queries.can_hand_in(user))
    wanted = [key for text in request.GET.getlist("phieu")[:MOST_SHEETS] if (key := number_in(text))]
    sheets = queries.sheets_within_reach(user, wanted)
    if not sheets:
        raise Http404
    for sheet in sheets:
        note_reading(
            by=user,
            what="members.sheet",
            unit_id=sheet.unit_id,
            count=len(sheet.rows),
            on=sheet.subject,
        )
    context = {
        "sheets": sheets,
        "pages": drawing.drawn(sheets),
        "box": drawing.SHOWN,
        "back": subject_of(sheets[0]),
    }
    return render(request, "dissemination/paper_print.html", context)


def subject_of(sheet: PaperSheet) -> str:
    if sheet.session:
        return sheet.session.get_absolute_url()
    return f"{reverse('dissemination:coverage', args=[sheet.document_id])}?don-vi={sheet.unit_id}"
