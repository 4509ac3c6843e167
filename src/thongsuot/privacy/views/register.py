"""The register of processing: every personal field, its purpose, basis, kind and end, as the program declares them."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.personal import Entry, Sort, article_of, register
from thongsuot.core.retention import one_look
from thongsuot.core.search import searchable
from thongsuot.core.sheets import xlsx_file
from thongsuot.privacy.permissions import can_see_privacy


@require_GET
def of_processing(request: HttpRequest) -> HttpResponse:
    kind, text = request.GET.get("loai", ""), request.GET.get("q", "").strip()[:200]
    entries = _entries(request, kind, text)
    context = {
        "entries": [(entry, article_of(entry.about.basis)) for entry in entries],
        "kind": kind,
        "kinds": Sort.choices,
        "text": text,
    }
    with one_look():
        return render(request, "privacy/register.html", context)


@require_GET
def register_file(request: HttpRequest) -> FileResponse:
    """The whole register as a workbook, for the file of the impact assessment."""
    header = [_("Held"), _("Data"), _("Purpose"), _("Basis"), _("Article"), _("Sort of data"), _("Kept")]
    rows = _rows(_entries(request))
    with one_look():
        file = xlsx_file(_("Register of processing"), [*header, _("Place in the program")], rows)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"so-xu-ly-du-lieu-{today():%Y-%m-%d}.xlsx",
    )


def _entries(request: HttpRequest, kind: str = "", text: str = "") -> list[Entry]:
    require(can_see_privacy(request.user))
    words = searchable(text).split()
    return [
        entry
        for entry in register()
        if kind in ("", entry.about.kind) and all(word in _words_of(entry) for word in words)
    ]


def _words_of(entry: Entry) -> str:
    return searchable(entry.held.title, entry.label, entry.about.purpose, entry.place)


def _rows(entries: list[Entry]) -> Iterator[list[str]]:
    for entry in entries:
        about = entry.about
        said = [entry.held.title, entry.label, about.purpose, about.basis.label]
        article = article_of(about.basis) or _("to be confirmed")
        yield [*map(str, said), article, str(about.kind.label), str(about.keep), entry.place]
