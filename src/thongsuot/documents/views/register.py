"""The register: the list of a unit's books, and the form for what the unit itself issues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.pages import page_or_fragment, paginate
from thongsuot.core.refusals import Refused
from thongsuot.core.ui.items import Tab
from thongsuot.documents.forms.register import OutgoingForm, RegisterFilterForm
from thongsuot.documents.kinds import Direction
from thongsuot.documents.models import RegisterEntry
from thongsuot.documents.permissions import can_receive_anywhere, can_register_anywhere, keeps_a_book
from thongsuot.documents.queries.dispatch import arrived_count
from thongsuot.documents.queries.intake import waiting_intakes
from thongsuot.documents.queries.register import (
    RegisterFilters,
    documents_of,
    numbers_of,
    register_of,
    register_units,
    waiting_count,
    years_of,
)
from thongsuot.documents.services import DuplicateDocument
from thongsuot.documents.services.outgoing import register_own
from thongsuot.documents.views.viewer import viewer
from thongsuot.organizations.reach import own_unit_ids

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

INCOMING, OUTGOING, ALL, WAITING = "incoming", "outgoing", "all", "waiting"


def document_list(request: HttpRequest) -> HttpResponse:
    """The books: what came in, what went out, all one may read, and what still waits to be checked."""
    user = viewer(request)
    books = _books(user)
    book = request.GET.get("book", "")
    if book not in books:
        book = INCOMING if keeps_a_book(user) else ALL
    units = register_units(user)
    asked = request.GET.copy()
    if "unit" not in asked and units:
        asked["unit"] = str(units[0].pk)
    form = RegisterFilterForm(asked, units=units, years=years_of(units[0] if units else None))
    filters = form.filters()
    arrived = arrived_count(user)
    narrowed = bool(filters.kind or filters.year or filters.text)
    context: dict[str, Any] = {
        "book": book,
        "tabs": _tabs(user, books, book, arrived),
        "form": form,
        "unit": filters.unit,
        "narrowed": narrowed,
        "reset": f"?{urlencode({'book': book})}" if narrowed else "",
        "may_register": can_register_anywhere(user),
        "drop_unit": next(iter(own_unit_ids(user, Permission.DOCUMENT_REGISTER)), None)
        if book in Direction.values
        else None,
        "arrived": arrived,
        "all_units": filters.unit is None,
    }
    return page_or_fragment(request, "documents/list.html", "_book", context | _rows(request, book, filters))


def _rows(request: HttpRequest, book: str, filters: RegisterFilters) -> dict[str, Any]:
    if book == WAITING:
        page = paginate(request, waiting_intakes(request.user))
        return {"page": page, "rows": page.object_list, "waiting": page}
    if book == ALL:
        page = paginate(request, documents_of(request.user, filters))
        numbers = numbers_of(request.user, page.object_list)
        return {"page": page, "rows": [(numbers.get(d.pk), d) for d in page.object_list]}
    page = paginate(request, register_of(request.user, book, filters))
    return {"page": page, "rows": [(entry, entry.document) for entry in page.object_list]}


def _books(user: Viewer) -> list[str]:
    books = [INCOMING, OUTGOING] if keeps_a_book(user) else []
    return [*books, ALL, WAITING] if can_register_anywhere(user) else [*books, ALL]


def _tabs(user: Viewer, books: list[str], current: str, arrived: int) -> list[Tab]:
    labels = {
        INCOMING: _("Incoming"),
        OUTGOING: _("Outgoing"),
        ALL: _("All I may read"),
        WAITING: _("To be checked"),
    }
    waiting = waiting_count(user) if WAITING in books else None
    address = reverse("documents:list")
    tabs = [
        Tab(
            labels[book],
            f"{address}?{urlencode({'book': book})}",
            book == current,
            waiting if book == WAITING else None,
        )
        for book in books
    ]
    if can_receive_anywhere(user):
        tabs.insert(0, Tab(_("Arrived"), reverse("documents:inbox"), False, arrived or None))
    return tabs


def register_outgoing(request: HttpRequest) -> HttpResponse:
    """Enter the unit's own document; the number comes from its book."""
    user = viewer(request)
    if not can_register_anywhere(user):
        raise PermissionDenied
    if request.method != "POST":
        form = OutgoingForm(user=user, initial={"implements": request.GET.get("implements")})
        return render(request, "documents/register.html", {"form": form})
    form = OutgoingForm(request.POST, request.FILES, user=user)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            document = register_own(
                by=user,
                unit=form.cleaned_data["unit"],
                fields=form.document_fields(),
                implements=form.cleaned_data["implements"],
                replaces=form.cleaned_data["replaces"],
                name=upload.name if upload else "",
                content=upload.read() if upload else None,
                too_large=getattr(upload, "too_large", False),
            )
        except DuplicateDocument as refusal:
            form.add_error(None, refusal.sentence)
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
        else:
            entry = RegisterEntry.objects.filter(document=document, direction=Direction.OUTGOING).get()
            said = {"symbol": document.symbol, "number": entry.number}
            messages.success(request, _("Entered as number %(number)s: %(symbol)s.") % said)
            return redirect(document)
    return render(request, "documents/register.html", {"form": form}, status=422)
