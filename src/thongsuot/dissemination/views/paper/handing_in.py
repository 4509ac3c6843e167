"""Handing in photographs and scans of signed pages, and how far they are read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.core.access import require as require_right
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import PaperHandIn
from thongsuot.dissemination.paper import queries
from thongsuot.dissemination.paper.forms import CodesForm, HandInForm
from thongsuot.dissemination.paper.handing_in import hand_in
from thongsuot.dissemination.paper.outcomes import read_sentence, warnings_of
from thongsuot.dissemination.paper.receiving import Arrived, receive, sentence_of
from thongsuot.dissemination.views._asked import who
from thongsuot.formats.signed import may_have_many_pages


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest) -> HttpResponse:
    """Hand in photographs or scans, find a sheet by its code, and see which pages wait."""
    user = who(request)
    require_right(queries.can_hand_in(user))
    form = HandInForm(request.POST or None, request.FILES or None)
    by_code = CodesForm(request.GET if "ma" in request.GET else None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_take_in(request, form.cleaned_data["pictures"]))
        except Refused as refusal:
            form.add_error("pictures", refusal.sentence)
    elif request.method != "POST" and by_code.is_valid():
        found = queries.sheets_within_reach(user, [by_code.cleaned_data["ma"]])
        if found:
            return redirect(found[0])
        by_code.add_error("ma", _("No sheet with this code is known here, or it belongs to another cell."))
    page = paginate(request, queries.waiting_pages(user))
    names = {one.code: one for one in queries.sheets_within_reach(user, [row.sheet for row in page])}
    context = {
        "form": form,
        "by_code": by_code,
        "page": page,
        "rows": [(row, names[row.sheet]) for row in page if row.sheet in names],
        "being_read": queries.being_read(user),
    }
    wrong = form.errors or by_code.errors
    return render(request, "dissemination/paper.html", context, status=422 if wrong else 200)


def _take_in(request: HttpRequest, files: list[UploadedFile[Any]]) -> str:
    """Where to go: one photograph is read at once, whatever may take longer beside the answer."""
    if any(getattr(file, "too_large", False) for file in files):
        raise Refused(sentence_of("too_large"), "too_large")
    contents = [file.read() for file in files]
    if len(contents) > 1 or may_have_many_pages(contents[0]):
        return hand_in(by=who(request), files=contents).get_absolute_url()
    arrived = receive(by=who(request), content=contents[0])
    found = [(one.picture, one.outcome) for one in arrived]
    if sentence := read_sentence(found):
        messages.success(request, sentence)
    for sentence in warnings_of(found):
        messages.warning(request, sentence)
    return _where_next(arrived)


def _where_next(arrived: list[Arrived]) -> str:
    """To the sheet, when there is one only."""
    sheets = {one.sheet.code: one for one in reversed(arrived) if one.sheet and one.page}
    if len(sheets) != 1:
        return reverse("dissemination:paper")
    ((code, first),) = sheets.items()
    return f"{reverse('dissemination:paper_sheet', args=[code])}?trang={first.page}"


@require_GET
def paper_hand_in(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far several pages are read, and what came of them."""
    user = who(request)
    require_right(queries.can_hand_in(user))
    row = get_object_or_404(PaperHandIn.objects.visible_to(user), pk=key)
    found = [(picture, outcome) for picture, outcome, _sheet, _page in row.arrived]
    refused = [
        _("File %(number)s: %(sentence)s") % {"number": number, "sentence": sentence_of(code)}
        for number, code in row.refused
    ]
    context = {
        "row": row,
        "read": read_sentence(found),
        "warnings": [*refused, *warnings_of(found)],
        "page": paginate(request, queries.sheets_in(user, row)),
    }
    return render(request, "dissemination/paper_hand_in.html", context)


@require_GET
def paper_progress(request: HttpRequest, key: UUID) -> HttpResponse:
    """The bar that asks for itself; when there is more to see than a bar, the page is loaded anew."""
    user = who(request)
    require_right(queries.can_hand_in(user))
    row = get_object_or_404(PaperHandIn.objects.visible_to(user), pk=key)
    if row.is_going_on:
        return render(request, "dissemination/_hand_in_progress.html", {"row": row})
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": row.get_absolute_url()})
    return redirect(row)
