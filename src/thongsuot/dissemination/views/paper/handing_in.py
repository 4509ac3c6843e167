"""Handing in photographs and scans of signed pages."""

from __future__ import annotations

from collections import Counter, defaultdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.core.access import require as require_right
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.paper import queries
from thongsuot.dissemination.paper.forms import CodesForm, HandInForm
from thongsuot.dissemination.paper.receiving import Arrived, receive
from thongsuot.dissemination.views._asked import who


def paper(request: HttpRequest) -> HttpResponse:
    """Hand in photographs or scans, find a sheet by its code, and see which pages wait."""
    user = who(request)
    require_right(queries.can_hand_in(user))
    form = HandInForm(request.POST or None, request.FILES or None)
    by_code = CodesForm(request.GET if "ma" in request.GET else None)
    if request.method == "POST" and form.is_valid():
        arrived: list[Arrived] = []
        for file in form.cleaned_data["pictures"]:
            try:
                arrived += receive(by=user, content=file.read(), too_large=getattr(file, "too_large", False))
            except Refused as refusal:
                form.add_error("pictures", f"{file.name}: {refusal.sentence}")
        _tell(request, arrived)
        if not form.errors:
            return redirect(_where_next(arrived))
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
    }
    wrong = form.errors or by_code.errors
    return render(request, "dissemination/paper.html", context, status=422 if wrong else 200)


def _where_next(arrived: list[Arrived]) -> str:
    """To the sheet, when there is one only."""
    sheets = {one.sheet.code: one for one in reversed(arrived) if one.sheet and one.page}
    if len(sheets) != 1:
        return reverse("dissemination:paper")
    ((code, first),) = sheets.items()
    return f"{reverse('dissemination:paper_sheet', args=[code])}?trang={first.page}"


def _tell(request: HttpRequest, arrived: list[Arrived]) -> None:
    """One sentence for each thing that can become of a picture, whatever their number."""
    of: dict[str, list[Arrived]] = defaultdict(list)
    for one in arrived:
        of[one.outcome].append(one)
    counts = Counter({outcome: len(rows) for outcome, rows in of.items()})
    pictures = {outcome: ", ".join(str(one.picture) for one in rows) for outcome, rows in of.items()}
    if fresh := counts["waiting"] + counts["replaced"]:
        sentence = ngettext(
            "%(count)s page was read. Look at the rows and confirm.",
            "%(count)s pages were read. Look at the rows and confirm.",
            fresh,
        )
        messages.success(request, sentence % {"count": fresh})
    said = {
        "replaced": _("A page was handed in again: the later picture counts."),
        "again": _("A page had been confirmed before. Nobody is counted twice; confirm only what is new."),
        "silent": _(
            "Picture %(pictures)s: no sheet could be recognised. Photograph the whole page with its corners in better "
            "light, or type the code of the sheet and tick the rows by hand."
        ),
        "unknown": _(
            "Picture %(pictures)s: this sheet belongs to a cell you do not look after. Nothing of it was kept."
        ),
        "no_page": _("Picture %(pictures)s: the sheet has no such page. Nothing of it was kept."),
        "unplaced": _(
            "Picture %(pictures)s: the sheet was recognised, but too many of its corners are covered or blurred. "
            "Photograph it again, or tick the rows by hand."
        ),
    }
    for outcome, sentence in said.items():
        if counts[outcome]:
            messages.warning(request, sentence % {"pictures": pictures[outcome]})
