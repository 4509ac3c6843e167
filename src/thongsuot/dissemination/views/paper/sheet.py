"""One page of a sheet, on which a person says who has signed."""

from __future__ import annotations

import base64

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongsuot.audit.services import note_reading
from thongsuot.core.access import require as require_right
from thongsuot.core.keys import number_in
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import PaperPage, PaperSheet, SessionState
from thongsuot.dissemination.paper import queries
from thongsuot.dissemination.paper.confirming import Counted, confirm
from thongsuot.dissemination.paper.receiving import put_aside
from thongsuot.dissemination.permissions import can_mark, can_vouch
from thongsuot.dissemination.views._asked import number, who
from thongsuot.dissemination.views.paper.printing import printing_of, subject_of
from thongsuot.formats.signed import codes, geometry

STRIP = (724, 42)  # of a row in the cut-outs, in dots (formats.signed.reading)
SIGNED_FROM = 424  # of its width: there the box for the signature begins


def _sheet(request: HttpRequest, code: int) -> PaperSheet:
    found = queries.sheets_within_reach(who(request), [code])
    if not found:
        raise Http404
    return found[0]


def paper_sheet(request: HttpRequest, code: int) -> HttpResponse:
    """One page of a sheet, row by row with what was seen on it, for a person to say who has signed."""
    sheet = _sheet(request, code)
    pages = queries.pages_of(sheet)
    waiting = next((page.number for page in pages if page.state == "waiting"), 1)
    shown = number(request, "trang") or waiting
    if not 1 <= shown <= sheet.pages:
        raise Http404
    if request.method == "POST":
        return _decide(request, sheet, shown)
    seen = queries.waiting_page(sheet, shown)
    rows = queries.rows_on(sheet, shown, seen, STRIP[1])
    note_reading(
        by=who(request),
        what="members.sheet",
        unit_id=sheet.unit_id,
        count=len(rows),
        on=sheet.subject,
    )
    return render(request, "dissemination/paper_sheet.html", _context(sheet, shown, pages, seen, rows))


def _context(
    sheet: PaperSheet,
    shown: int,
    pages: list[queries.PageOf],
    seen: PaperPage | None,
    rows: list[queries.Row],
) -> dict[str, object]:
    version = sheet.document.version if sheet.document else sheet.version
    return {
        "sheet": sheet,
        "shown": shown,
        "pages": pages,
        "latest": pages[shown - 1].latest,
        "seen": seen,
        "rows": rows,
        "choices": queries.not_on(sheet) if any(row.person is None for row in rows) else [],
        "unsure": sum(row.verdict == "unsure" for row in rows),
        "signed": sum(row.verdict == "signed" for row in rows),
        "wide": str(STRIP[0]),
        "tall": str(STRIP[1]),
        "signed_from": str(SIGNED_FROM),
        "signed_wide": str(STRIP[0] - SIGNED_FROM),
        "strip_tall": str(STRIP[1] * geometry.ROWS),
        "back": subject_of(sheet),
        "print_url": printing_of([sheet]),
        "is_old": version != sheet.version,
        "is_cancelled": sheet.session is not None and sheet.session.state == SessionState.CANCELLED,
    }


def _decide(request: HttpRequest, sheet: PaperSheet, shown: int) -> HttpResponse:
    user, posted = who(request), request.POST
    here = redirect(f"{sheet.get_absolute_url()}?trang={shown}")
    require_right(can_mark(user, queries.cell_of(sheet)) if sheet.session_id else can_vouch(user, sheet.unit))
    if "put_aside" in posted:
        if put_aside(by=user, sheet=sheet, number=shown):
            messages.success(request, _("The page was put aside, and its cut-outs are deleted."))
        return here
    typed = "codes" in posted
    rows, wrong = codes.rows_typed(sheet.code, posted["codes"]) if typed else (_ticked(posted), [])
    wrong += [codes.row_code(sheet.code, row) for row in rows if typed and row > len(sheet.rows)]
    if wrong:
        said = ", ".join(wrong[:10])
        messages.error(
            request, _("These are no codes of this sheet: %(codes)s. Nobody was counted.") % {"codes": said}
        )
        return here
    try:
        counted = confirm(
            by=user,
            sheet=sheet,
            rows=rows,
            page=0 if typed else shown,
            found={} if typed else _found(posted, sheet),
            rest_absent="rest_absent" in posted,
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return here
    _tell_counted(request, counted)
    return here if typed else redirect(f"{sheet.get_absolute_url()}?trang={_next(sheet, shown)}")


def _next(sheet: PaperSheet, shown: int) -> int:
    """The next page that waits, else the same one."""
    return next((page.number for page in queries.pages_of(sheet) if page.state == "waiting"), shown)


def _ticked(posted: QueryDict) -> list[int]:
    return [row for text in posted.getlist("row") if (row := number_in(text))]


def _found(posted: QueryDict, sheet: PaperSheet) -> dict[int, int]:
    """Who wrote themselves on a blank row, of those who may have."""
    allowed = {person.pk for person in queries.not_on(sheet)}
    chosen = {name[5:]: number_in(str(value)) for name, value in posted.items() if name.startswith("blank")}
    return {
        row: person
        for text, person in chosen.items()
        if (row := number_in(text)) and person is not None and person in allowed
    }


def _tell_counted(request: HttpRequest, counted: Counted) -> None:
    said = [
        ngettext("%(count)s person was counted.", "%(count)s people were counted.", counted.new)
        % {"count": counted.new}
    ]
    if counted.before:
        said.append(_("%(count)s had been counted before.") % {"count": counted.before})
    if counted.older:
        said.append(
            _("%(count)s signed an earlier text: they have to hear of the new one.")
            % {"count": counted.older}
        )
    if counted.not_asked:
        said.append(_("%(count)s are not asked any more in this cell.") % {"count": counted.not_asked})
    tell = messages.warning if counted.older or counted.not_asked else messages.success
    tell(request, " ".join(said))


@never_cache
@require_GET
def paper_strip(request: HttpRequest, code: int, page: int) -> HttpResponse:
    """The cut-outs of a page that waits; kept by no browser."""
    sheet = _sheet(request, code)
    seen = queries.waiting_page(sheet, page)
    if seen is None:
        raise Http404
    return HttpResponse(base64.b64decode(seen.cut_outs.strip), content_type="image/jpeg")
