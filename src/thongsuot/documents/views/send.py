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
from thongsuot.core.refusals import refusal_on
from thongsuot.core.ui import words
from thongsuot.documents.forms.send import DEADLINES, SendForm
from thongsuot.documents.models import Dispatch, Document
from thongsuot.documents.queries.whom import HowMany, how_many, units_to_send_to
from thongsuot.documents.services import dispatch_document
from thongsuot.documents.views.viewer import viewer
from thongsuot.documents.views.whom import chosen_in, offered
from thongsuot.documents.whom import Whom
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import own_units


def send_page(request: HttpRequest, key: int) -> HttpResponse:
    """Choose the units, the purpose and the deadlines; the usual units are ticked already."""
    user = viewer(request)
    document = get_object_or_404(Document.objects.visible_to(user), pk=key)
    senders = own_units(user, Permission.DOCUMENT_SEND)
    if not senders:
        raise PermissionDenied
    unit = sender_of(senders, request.POST.get("sender") or request.GET.get("sender"))
    whom = chosen_in(request, unit, document) if request.method == "POST" else _usual(unit, document)
    if request.method == "POST" and "asking" in request.POST:
        count = how_many(unit, whom, document)
        return render(request, "documents/_how_many.html", {"count": count, "whom": whom})
    offer = offered(request, user, unit, whom, document)
    context: dict[str, Any] = {"document": document, "unit": unit, "senders": senders, "offer": offer}
    if request.method != "POST":
        return _page(request, context | {"form": SendForm(unit=unit)}, how_many(unit, whom, document))
    if {"pick", "find", "count"} & set(request.POST):
        typed = {name: request.POST.get(name, "") for name in (*DEADLINES, "note", "purpose")}
        return _page(
            request, context | {"form": SendForm(unit=unit, initial=typed)}, how_many(unit, whom, document)
        )
    form = SendForm(request.POST, unit=unit, groups=offer.groups)
    return _sent(request, document, form, context)


def _sent(request: HttpRequest, document: Document, form: SendForm, context: dict[str, Any]) -> HttpResponse:
    unit: Unit = context["unit"]
    if form.is_valid():
        whom, count = form.whom, how_many(unit, form.whom, document)
        if whom.is_by_rule and number_in(request.POST.get("expected", "")) != count.sent:
            # Nobody has ticked these units one by one: how many they are is seen before they are sent anything.
            return _page(request, context | {"form": form, "is_asked_again": True}, count)
        with refusal_on(form):
            dispatch = dispatch_document(
                by=viewer(request), unit=unit, document=document, whom=whom, **form.conditions
            )
            messages.success(request, _said(dispatch, count.have_it))
            return redirect(document)
    return _page(request, context | {"form": form}, how_many(unit, context["offer"].whom, document), 422)


def _page(request: HttpRequest, context: dict[str, Any], count: HowMany, status: int = 200) -> HttpResponse:
    whom = context["offer"].whom
    return render(request, "documents/send.html", context | {"count": count, "whom": whom}, status=status)


def sender_of(senders: list[Unit], wanted: str | None) -> Unit:
    return next((unit for unit in senders if str(unit.pk) == wanted), senders[0])


def _usual(unit: Unit, document: Document) -> Whom:
    """The first group of ticks, as far as it has not been sent the document."""
    ticks = units_to_send_to(unit, document)[:1]
    return Whom(units=frozenset(c.unit.pk for group in ticks for c in group.choices if c.sent_at is None))


def _said(dispatch: Dispatch, left_out: int) -> str:
    sent = dispatch.deliveries.count()
    sentence = ngettext("Sent to %(count)s unit.", "Sent to %(count)s units.", sent)
    said = sentence % {"count": words.count(sent)}
    if left_out:
        left = _("%(count)s had the document already and were left out.")
        said += " " + left % {"count": words.count(left_out)}
    return said
