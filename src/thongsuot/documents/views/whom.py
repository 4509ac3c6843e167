"""What the pages with a choice of units share: the choice so far, and what is offered beside it."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from thongsuot.accounts.models import User
from thongsuot.documents.forms.send import whom_in
from thongsuot.documents.models import Document
from thongsuot.documents.queries.whom import Offer, offer, units_to_send_to
from thongsuot.documents.whom import Whom
from thongsuot.organizations.models import Unit


def chosen_in(request: HttpRequest, unit: Unit, document: Document | None = None) -> Whom:
    """What is ticked; "all:communes" and "none:communes" do without script what the buttons of a group do with it."""
    whom = whom_in(request.POST)
    how, _colon, key = request.POST.get("pick", "").partition(":")
    if not key:
        return whom
    ticks = units_to_send_to(unit, document)
    members = {c.unit.pk for group in ticks if group.key == key for c in group.choices if c.sent_at is None}
    return replace(whom, units=whom.units | members if how == "all" else whom.units - members)


def offered(
    request: HttpRequest,
    user: User,
    unit: Unit,
    whom: Whom,
    document: Document | None = None,
    *,
    groups: bool = True,
) -> Offer:
    text = request.POST.get("q", "")[:100]
    return offer(user, unit, whom, document=document, text=text, groups=groups)
