"""One document: the paper, and what follows from it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.audit.queries import timeline_of
from thongsuot.core.clock import today
from thongsuot.core.keys import number_in
from thongsuot.core.pages import page_or_fragment, paginate
from thongsuot.core.ui.items import Tab
from thongsuot.documents.models import Document
from thongsuot.documents.paper import Mark, paper_of
from thongsuot.documents.permissions import can_publish, can_receive, can_register, can_send_anywhere
from thongsuot.documents.queries import dispatch as deliveries
from thongsuot.documents.queries import register as registers
from thongsuot.documents.queries.chain import chain_of, missing_by_level, missing_links
from thongsuot.documents.queries.plainness import hardness_asked_for
from thongsuot.documents.queries.replacing import is_replaced, replacements_of
from thongsuot.documents.queries.themes import themes_with
from thongsuot.documents.queries.versions import newest_of, version_of
from thongsuot.documents.states import DELIVERY
from thongsuot.files.services import response_of


def document_page(request: HttpRequest, key: int) -> HttpResponse:
    """Left the paper, right where it stands, who has it, what it cites and demands, and its history."""
    user = request.user
    document = _document(request, key)
    provisions = registers.provisions_of(document)
    marks = [
        Mark(provision.ordinal, provision.span_start, provision.span_end, url=f"#p{provision.ordinal}")
        for provision in provisions
        if provision.span_start is not None and provision.span_end is not None
    ]
    here = deliveries.delivery_here(user, document)
    may_receive = here is not None and can_receive(user, here)
    figures = deliveries.flow_figures(user, document)
    dispatches = deliveries.dispatches_by(user, document)
    hardness = hardness_asked_for(request, document.text)
    context = {
        "document": document,
        "newest": newest_of(document),
        "may_publish": can_publish(user, document),
        "paper": paper_of(document.text, marks, hardness.notes if hardness else ()) if document.text else [],
        "base": document.get_absolute_url(),
        "hardness": hardness,
        "provisions": provisions,
        "entries": registers.entries_of(user, document),
        "relations": registers.relations_of(user, document),
        "themes": themes_with(user, document),
        "here": here,
        "may_receive": may_receive and here is not None and DELIVERY.allows("receive", here.state),
        "may_refuse": may_receive and here is not None and DELIVERY.allows("refuse", here.state),
        "may_plan": here is not None and here.plan_id is None and can_register(user, here.unit),
        "may_answer": may_receive and here is not None and DELIVERY.allows("give_back", here.state),
        "may_finish": may_receive and here is not None and DELIVERY.allows("finish", here.state),
        "figures": figures,
        # A unit that only got it has its own state above; the sums are for those with units below.
        "sent_on": figures.sent > (1 if here else 0),
        "late": deliveries.late_count(user, document) if figures.sent else 0,
        "standing": deliveries.standing_still(user, document) if dispatches else [],
        "may_send": can_send_anywhere(user),
        "chain": chain_of(user, document),
        "replacements": replacements_of(user, document) if can_publish(user, document) else [],
        "timeline": timeline_of(document, *([here] if here else [])),
    }
    return render(request, "documents/document.html", context)


def document_file(request: HttpRequest, key: int) -> FileResponse:
    """The file itself, of the text in force or of an earlier one, for whoever may read the document."""
    document = _document(request, key)
    file = document.file
    if number := number_in(request.GET.get("ban", "")):
        version = version_of(document, number)
        file = version.file if version else None
    if file is None:
        raise Http404
    return response_of(file, inline=request.GET.get("view") == "1")


def document_deliveries(request: HttpRequest, key: int) -> HttpResponse:
    """Every unit the document was sent to, one view of them at a time: what the figures open into."""
    document = _document(request, key)
    view = request.GET.get("state", "")
    page = paginate(request, deliveries.deliveries_of(request.user, document, view))
    recalls = deliveries.recalls_by(request.user, document)
    may_send = can_send_anywhere(request.user)
    context = {
        "document": document,
        "page": page,
        "tabs": _tabs(document, view, with_recalls=bool(recalls)),
        "may_urge": deliveries.may_urge(request.user),
        "may_send": may_send,
        "may_undo": bool(recalls) and may_send and not is_replaced(document),
        "recalls": recalls,
        "today": today(),
    }
    return page_or_fragment(request, "documents/deliveries.html", "_deliveries", context)


def missing_page(request: HttpRequest, key: int) -> HttpResponse:
    """Who has received the document and let nothing follow: by level, and unit by unit."""
    document = _document(request, key)
    page = paginate(request, missing_links(request.user, document))
    context = {
        "document": document,
        "page": page,
        "levels": missing_by_level(request.user, document),
        "may_urge": deliveries.may_urge(request.user),
        "today": today(),
    }
    return page_or_fragment(request, "documents/missing.html", "_missing", context)


def _document(request: HttpRequest, key: int) -> Document:
    rows = Document.objects.visible_to(request.user).select_related(
        "unit", "issuing_unit", "file", "registered_by"
    )
    return get_object_or_404(rows, pk=key)


def _tabs(document: Document, view: str, *, with_recalls: bool) -> list[Tab]:
    address = reverse("documents:deliveries", args=[document.pk])
    labels = {
        "": _("All units"),
        "late": _("Late"),
        "arrived": _("Not yet received"),
        "received": _("Received"),
        "refused": _("Refused"),
        "planned": _("With their own plan"),
        "unplanned": _("Without their own plan"),
        "done": _("Carried out"),
    }
    if with_recalls:
        labels |= {
            "asked_back": _("Asked back"),
            "recalled": _("Taken back"),
            "kept": _("Kept after a recall"),
        }
    return [
        Tab(label, f"{address}?{urlencode({'state': key})}" if key else address, key == view)
        for key, label in labels.items()
    ]
