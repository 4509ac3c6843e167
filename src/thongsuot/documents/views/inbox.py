"""At the door of my units: receive in one click, refuse with a reason."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thongsuot.core.pages import back_from, page_or_fragment, paginate
from thongsuot.core.refusals import Refused, refusal_on
from thongsuot.core.ui.items import Tab
from thongsuot.documents.forms.send import RefuseForm
from thongsuot.documents.models import Delivery, RegisterEntry
from thongsuot.documents.permissions import can_receive, can_receive_anywhere
from thongsuot.documents.queries.dispatch import arrived_count, asked_back_count, inbox_of
from thongsuot.documents.services import receive_delivery, refuse_delivery
from thongsuot.documents.states import DELIVERY
from thongsuot.documents.views.viewer import viewer
from thongsuot.organizations.reorganization.queries import current_of


def inbox(request: HttpRequest) -> HttpResponse:
    """What was sent to the units in whose name I receive."""
    if not can_receive_anywhere(request.user):
        raise PermissionDenied
    view = request.GET.get("state", "arrived")
    page = paginate(request, inbox_of(request.user, view))
    tabs = [
        Tab(label, f"{reverse('documents:inbox')}?{urlencode({'state': key})}", key == view, count)
        for key, label, count in (
            ("arrived", _("Not yet received"), arrived_count(request.user)),
            ("received", _("Received"), None),
            ("refused", _("Refused"), None),
            ("asked_back", _("Asked back"), asked_back_count(request.user) or None),
        )
    ]
    context = {"page": page, "tabs": tabs, "view": view}
    return page_or_fragment(request, "documents/inbox.html", "_inbox", context)


@require_POST
def receive(request: HttpRequest, unit: int, dispatch: UUID) -> HttpResponse:
    """One click: received, with the unit's next incoming number."""
    delivery = _delivery(request, unit, dispatch)
    try:
        receive_delivery(by=viewer(request), delivery=delivery)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        entry = RegisterEntry.objects.get(
            unit=current_of(delivery.unit), document=delivery.document, direction="incoming"
        )
        said = {"document": delivery.document, "number": entry.number}
        messages.success(request, _("%(document)s received, incoming number %(number)s.") % said)
    return HttpResponseRedirect(back_from(request, otherwise=reverse("documents:inbox")))


def refuse(request: HttpRequest, unit: int, dispatch: UUID) -> HttpResponse:
    """Refuse with a reason, on a page of its own: this is rare and should not happen by a slip."""
    delivery = _delivery(request, unit, dispatch)
    user = viewer(request)
    if not can_receive(user, delivery):
        raise PermissionDenied
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            refuse_delivery(by=user, delivery=delivery, reason=form.cleaned_data["reason"])
            messages.success(
                request,
                _("%(document)s refused. The sender sees your reason.") % {"document": delivery.document},
            )
            return redirect("documents:inbox")
    context = {"form": form, "delivery": delivery, "possible": DELIVERY.allows("refuse", delivery.state)}
    return render(request, "documents/refuse.html", context, status=422 if form.errors else 200)


def _delivery(request: HttpRequest, unit: int, dispatch: UUID) -> Delivery:
    rows = Delivery.objects.visible_to(request.user).select_related("unit", "document", "dispatch__unit")
    return get_object_or_404(rows, unit=unit, dispatch=dispatch)
