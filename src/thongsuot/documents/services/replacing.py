"""A document that replaces an older one of the same issuer (exchange type 3): what is open of the old one ends.

What has been received, done or read stays. Where wanted, the new one goes at once to whoever had the old one.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.keys import uuid7
from thongsuot.core.refusals import Refused
from thongsuot.documents.hooks import Replaced, document_replaced
from thongsuot.documents.jobs import fold_flow
from thongsuot.documents.models import Delivery, Dispatch, DocumentRelation, Recall
from thongsuot.documents.models.dispatch import NOT_RECEIVED, DeliveryState
from thongsuot.documents.permissions import can_send
from thongsuot.documents.queries.replacing import is_own_replacement
from thongsuot.documents.services.dispatch import dispatch_document
from thongsuot.documents.services.recall import gone
from thongsuot.documents.whom import successors_of
from thongsuot.organizations.queries import units_below

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit


@transaction.atomic
def settle_replacement(*, by: User, relation: DocumentRelation, carry: bool) -> int:
    """End what is open of the replaced document; with ``carry`` send the new one to whoever had the old one.

    How many units the new one was sent to. Of two at once the later one is told.
    """
    new, old, unit = relation.document, relation.target, relation.document.issuing_unit
    require(unit is not None and can_send(by, unit))
    if old is None or unit is None or not is_own_replacement(relation):
        raise Refused(_("Only a document of one's own issue can be settled here."), "not_own")
    mine = DocumentRelation.objects.filter(pk=relation.pk, settled_at=None)
    if not mine.update(settled_at=now()):
        raise Refused(_("This has been settled already."), "state")
    before = _who_had_it(relation) if carry else []
    _take_what_nobody_received(by, relation, unit)
    document_replaced(Replaced(by, old, new, now()))
    sent = sum(_send_instead(by, relation, unit, dispatch, keys) for dispatch, keys in before)
    verb = "document.carried_over" if carry else "document.ended"
    record(verb, by=by, on=old, unit_id=unit.pk, units=sent, new=new.pk, symbol=new.symbol)
    enqueue_once(fold_flow)
    return sent


def _who_had_it(relation: DocumentRelation) -> list[tuple[Dispatch, set[int]]]:
    """The units of each of the issuer's own sendings that had not refused the old document or given it back."""
    rows = Delivery.objects.filter(document=relation.target_id).exclude(
        state__in=[DeliveryState.REFUSED, DeliveryState.GIVEN_BACK]
    )
    issuers = [relation.document.issuing_unit_id, relation.target.issuing_unit_id] if relation.target else []
    own = Dispatch.objects.filter(document=relation.target_id, unit__in=issuers).order_by("id")
    return [(one, set(rows.filter(dispatch=one).values_list("unit_id", flat=True))) for one in own]


def _take_what_nobody_received(by: User, relation: DocumentRelation, unit: Unit) -> None:
    moment, act = now(), uuid7()
    old = relation.target
    if old is None:
        return
    reason = _("Replaced by %(document)s.") % {"document": relation.document}
    recall = Recall.objects.create(document=old, unit=unit, reason=reason, asked_by=by, asked_at=moment)
    waiting = Delivery.objects.filter(document=old, state__in=NOT_RECEIVED)
    mark = {"recall": recall, "recall_act": act, "recalled_at": moment}
    if waiting.update(before_recall=F("state"), state=DeliveryState.GIVEN_BACK, **mark):
        gone(by, recall, act, moment)
    else:
        recall.delete()


def _send_instead(by: User, relation: DocumentRelation, unit: Unit, old: Dispatch, keys: set[int]) -> int:
    """What was asked with the old one is asked with the new one; a day that is over becomes today."""
    sent_already = Delivery.objects.filter(document=relation.document_id).values("unit_id")
    units = units_below(unit).filter(pk__in=successors_of(keys)).exclude(pk__in=sent_already)
    if not units.exists():
        return 0
    dispatch = dispatch_document(
        by=by,
        unit=unit,
        document=relation.document,
        units=units,
        purpose=old.purpose,
        receive_by=_not_over(old.receive_by),
        plan_by=_not_over(old.plan_by),
        disseminate_by=_not_over(old.disseminate_by),
        note=old.note,
    )
    return dispatch.deliveries.count()


def _not_over(day: dt.date | None) -> dt.date | None:
    return max(day, today()) if day else None
