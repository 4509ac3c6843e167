"""Sending a document to the units below."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.accounts.roles import Permission
from thongsuot.core.keys import number_in
from thongsuot.core.refusals import Refused
from thongsuot.core.ui import words
from thongsuot.documents.forms.send import DEADLINES, SendForm
from thongsuot.documents.models import Dispatch, Document
from thongsuot.documents.queries.dispatch import ChoiceGroup, units_to_send_to
from thongsuot.documents.services import dispatch_document
from thongsuot.documents.views.viewer import viewer
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import own_units


def send_page(request: HttpRequest, key: int) -> HttpResponse:
    """Choose the units, the purpose and the deadlines; the usual units are ticked already."""
    user = viewer(request)
    document = get_object_or_404(Document.objects.visible_to(user), pk=key)
    senders = own_units(user, Permission.DOCUMENT_SEND)
    if not senders:
        raise PermissionDenied
    unit = _chosen(senders, request.POST.get("sender") or request.GET.get("sender"))
    groups = units_to_send_to(unit, document)
    context: dict[str, Any] = {"document": document, "unit": unit, "senders": senders, "groups": groups}
    if request.method != "POST":
        ticked = {c.unit.pk for c in groups[0].choices if c.sent_at is None} if groups else set()
        return render(
            request, "documents/send.html", context | {"form": SendForm(groups=groups), "ticked": ticked}
        )
    ticked = {key for key in map(number_in, request.POST.getlist("units")) if key}
    if "pick" in request.POST:
        ticked = _picked(request.POST["pick"], groups, ticked)
        typed = {name: request.POST.get(name, "") for name in (*DEADLINES, "note", "purpose")}
        form = SendForm(groups=groups, initial=typed)
        return render(request, "documents/send.html", context | {"form": form, "ticked": ticked})
    form = SendForm(request.POST, groups=groups)
    if form.is_valid():
        try:
            dispatch = dispatch_document(by=user, unit=unit, document=document, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _said(dispatch, len(ticked)))
            return redirect(document)
    return render(request, "documents/send.html", context | {"form": form, "ticked": ticked}, status=422)


def _chosen(senders: list[Unit], wanted: str | None) -> Unit:
    return next((unit for unit in senders if str(unit.pk) == wanted), senders[0])


def _picked(pick: str, groups: list[ChoiceGroup], ticked: set[int]) -> set[int]:
    """Tick or clear a whole group ("all:communes", "none:communes"): what the buttons do without script."""
    how, _colon, key = pick.partition(":")
    members = {c.unit.pk for group in groups if group.key == key for c in group.choices if c.sent_at is None}
    return ticked | members if how == "all" else ticked - members


def _said(dispatch: Dispatch, chosen: int) -> str:
    sent = dispatch.deliveries.count()
    sentence = ngettext("Sent to %(count)s unit.", "Sent to %(count)s units.", sent)
    said = sentence % {"count": words.count(sent)}
    if chosen > sent:
        left = _("%(count)s had the document already and were left out.")
        said += " " + left % {"count": words.count(chosen - sent)}
    return said
