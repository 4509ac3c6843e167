"""Taking back, answering, undoing; urging; saying that it is done: each on a page or a button of its own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from thongsuot.accounts.roles import Permission
from thongsuot.core.keys import number_in
from thongsuot.core.pages import back_from
from thongsuot.core.refusals import Refused, refusal_on
from thongsuot.core.ui import words
from thongsuot.documents.forms.recall import AnswerForm, DoneForm, RecallForm, TakeBackForm, UrgeForm
from thongsuot.documents.models import Delivery, Document, Recall
from thongsuot.documents.permissions import can_receive, can_send
from thongsuot.documents.queries.dispatch import deliveries_of, late_to_urge, may_urge, recallable
from thongsuot.documents.services import (
    answer_recall,
    ask_back,
    finish_delivery,
    take_back_recall,
    urge_deliveries,
)
from thongsuot.documents.states import DELIVERY
from thongsuot.documents.views.viewer import viewer
from thongsuot.organizations.reach import own_units


def recall_page(request: HttpRequest, key: int) -> HttpResponse:
    """Ask the document back: from all it was sent to, or from those ticked."""
    document, user = _document(request, key), viewer(request)
    senders = own_units(user, Permission.DOCUMENT_SEND)
    if not senders:
        raise PermissionDenied
    wanted = request.POST.get("sender") or request.GET.get("sender")
    unit = next((unit for unit in senders if str(unit.pk) == wanted), senders[0])
    offer = recallable(unit, document)
    form = RecallForm(_posted(request), few=[row.unit for row in offer.few])
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            ask_back(by=user, document=document, unit=unit, **form.given)
            messages.success(request, _("The recall of %(document)s is on its way.") % {"document": document})
            return redirect("documents:deliveries", document.pk)
    context = {"document": document, "unit": unit, "senders": senders, "form": form, "offer": offer}
    return render(request, "documents/recall.html", context, status=422 if form.errors else 200)


def answer_page(request: HttpRequest, unit: int, dispatch: UUID) -> HttpResponse:
    """Give the document back, or keep it with a reason."""
    delivery, user = _delivery(request, unit, dispatch), viewer(request)
    if not can_receive(user, delivery):
        raise PermissionDenied
    form = AnswerForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            answer_recall(by=user, delivery=delivery, **form.given)
            said = {"document": delivery.document}
            messages.success(request, _("The sender sees your answer about %(document)s.") % said)
            return redirect(delivery.document)
    possible = DELIVERY.allows("give_back", delivery.state)
    context = {"form": form, "delivery": delivery, "possible": possible}
    return render(request, "documents/answer.html", context, status=422 if form.errors else 200)


def undo_page(request: HttpRequest, recall: UUID) -> HttpResponse:
    """Take a recall back: everything goes on where it stood."""
    user = viewer(request)
    rows = Recall.objects.visible_to(user).select_related("document", "unit")
    found = get_object_or_404(rows, pk=recall)
    if not can_send(user, found.unit):
        raise PermissionDenied
    form = TakeBackForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            take_back_recall(by=user, recall=found, reason=form.cleaned_data["reason"])
            messages.success(request, _("The recall is taken back; everything goes on where it stood."))
            return redirect("documents:deliveries", found.document_id)
    context = {"form": form, "recall": found, "document": found.document}
    return render(request, "documents/take_back.html", context, status=422 if form.errors else 200)


def done_page(request: HttpRequest, unit: int, dispatch: UUID) -> HttpResponse:
    """The unit says that it has done what the document asks."""
    delivery, user = _delivery(request, unit, dispatch), viewer(request)
    if not can_receive(user, delivery):
        raise PermissionDenied
    form = DoneForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            finish_delivery(by=user, delivery=delivery, note=form.cleaned_data["note"])
            messages.success(request, _("%(document)s is carried out.") % {"document": delivery.document})
            return redirect(delivery.document)
    context = {"form": form, "delivery": delivery, "possible": DELIVERY.allows("finish", delivery.state)}
    return render(request, "documents/done.html", context, status=422 if form.errors else 200)


def urge_page(request: HttpRequest, key: int) -> HttpResponse:
    """Urge all that are late, with a word if wanted; or, from a list, one unit at once."""
    document, user = _document(request, key), viewer(request)
    if not may_urge(user):
        raise PermissionDenied
    late = late_to_urge(user, document)
    form = UrgeForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            urged = urge_deliveries(by=user, document=document, note=form.cleaned_data["note"])
            messages.success(request, _urged(urged))
            return redirect("documents:deliveries", document.pk)
    context = {"document": document, "form": form, "late": late}
    return render(request, "documents/urge.html", context, status=422 if form.errors else 200)


@require_POST
def urge_unit(request: HttpRequest, key: int) -> HttpResponse:
    document, user = _document(request, key), viewer(request)
    if not may_urge(user):
        raise PermissionDenied
    wanted = number_in(request.POST.get("unit", ""))
    found = get_object_or_404(deliveries_of(user, document), unit=wanted)
    try:
        urge_deliveries(by=user, document=document, units=[found.unit])
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("%(unit)s has been urged.") % {"unit": found.unit.name})
    address = reverse("documents:deliveries", args=[document.pk])
    return HttpResponseRedirect(back_from(request, otherwise=address))


def _urged(number: int) -> str:
    sentence = ngettext("%(count)s unit has been urged.", "%(count)s units have been urged.", number)
    return sentence % {"count": words.count(number)}


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _document(request: HttpRequest, key: int) -> Document:
    return get_object_or_404(Document.objects.visible_to(request.user), pk=key)


def _delivery(request: HttpRequest, unit: int, dispatch: UUID) -> Delivery:
    rows = Delivery.objects.visible_to(request.user)
    rows = rows.select_related("unit", "document", "dispatch__unit", "recall")
    return get_object_or_404(rows, unit=unit, dispatch=dispatch)
