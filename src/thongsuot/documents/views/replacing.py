"""What becomes of a document that another one replaces."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.core.refusals import refusal_on
from thongsuot.core.ui import words
from thongsuot.documents.forms.recall import SettleForm
from thongsuot.documents.models import Document, DocumentRelation
from thongsuot.documents.permissions import can_send
from thongsuot.documents.queries.replacing import still_open_of
from thongsuot.documents.services import settle_replacement
from thongsuot.documents.views.viewer import viewer


def settle_page(request: HttpRequest, key: int) -> HttpResponse:
    """End what is open of the old document, or send the new one to whoever had it."""
    user = viewer(request)
    readable = Document.objects.visible_to(user)
    rows = DocumentRelation.objects.filter(document__in=readable, target__in=readable)
    named = rows.select_related("document__issuing_unit", "target__issuing_unit")
    relation = get_object_or_404(named, pk=key)
    new, old = relation.document, relation.target
    if old is None or new.issuing_unit is None or not can_send(user, new.issuing_unit):
        raise PermissionDenied
    form = SettleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            sent = settle_replacement(by=user, relation=relation, carry=form.cleaned_data["what"] == "carry")
            messages.success(request, _said(old, sent))
            return redirect(new)
    context = {"form": form, "document": new, "old": old, "open": still_open_of(old), "relation": relation}
    return render(request, "documents/settle.html", context, status=422 if form.errors else 200)


def _said(old: Document, sent: int) -> str:
    said = _("What was open of %(document)s has ended.") % {"document": old}
    if sent:
        sentence = ngettext(
            "The new one was sent to %(count)s unit.", "The new one was sent to %(count)s units.", sent
        )
        said += " " + sentence % {"count": words.count(sent)}
    return said
