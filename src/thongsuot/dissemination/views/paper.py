"""Sheets to sign: printing them, handing them in, saying who has signed."""

from __future__ import annotations

import base64
from collections import Counter, defaultdict
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from thongsuot.audit.services import note_reading
from thongsuot.core.access import require as require_right
from thongsuot.core.keys import number_in
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import PaperPage, PaperSheet, SessionState
from thongsuot.dissemination.paper import drawing, queries
from thongsuot.dissemination.paper.confirming import Counted, confirm
from thongsuot.dissemination.paper.forms import CodesForm, HandInForm
from thongsuot.dissemination.paper.printing import print_for_document, print_for_session
from thongsuot.dissemination.paper.receiving import Arrived, put_aside, receive
from thongsuot.dissemination.permissions import can_mark, can_vouch
from thongsuot.dissemination.views._asked import number, who
from thongsuot.dissemination.views.sessions import visible
from thongsuot.documents.models import Document
from thongsuot.formats.signed import codes, geometry
from thongsuot.organizations.queries import units_visible_to

MOST_SHEETS = 100
STRIP = (724, 42)  # of a row in the cut-outs, in dots (formats.signed.reading)
SIGNED_FROM = 424  # of its width: there the box for the signature begins


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
    return redirect(_printing(print_for_session(by=user, session=session, units=chosen)))


@require_POST
def paper_of_document(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Print the list of a cell for those whom the document has not reached."""
    user = who(request)
    document = get_object_or_404(Document.objects.visible_to(user), pk=pk)
    cell = get_object_or_404(units_visible_to(user), pk=unit)
    require_right(can_vouch(user, cell))
    return redirect(_printing([print_for_document(by=user, document=document, unit=cell)]))


def _printing(sheets: list[PaperSheet]) -> str:
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
        "back": _subject_of(sheets[0]),
    }
    return render(request, "dissemination/paper_print.html", context)


def _subject_of(sheet: PaperSheet) -> str:
    if sheet.session:
        return sheet.session.get_absolute_url()
    return f"{reverse('dissemination:coverage', args=[sheet.document_id])}?don-vi={sheet.unit_id}"


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
        "back": _subject_of(sheet),
        "print_url": _printing([sheet]),
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
