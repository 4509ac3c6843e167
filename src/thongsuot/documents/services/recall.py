"""Taking back what was sent: at once where nobody has received it, by asking everywhere else.

What a unit gives back takes along all that it had sent on, level by level, a few statements however many units.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.keys import uuid7
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.documents.hooks import Recalled, delivery_recalled, recall_taken_back
from thongsuot.documents.jobs import fold_flow
from thongsuot.documents.models import Delivery, DeliveryEvent, Dispatch, Document, FlowCounter, Recall
from thongsuot.documents.models.dispatch import NOT_RECEIVED, DeliveryState
from thongsuot.documents.permissions import can_receive, can_send
from thongsuot.documents.queries.dispatch import has_given_back, sent_from
from thongsuot.documents.queries.replacing import is_replaced
from thongsuot.documents.sets import insert_for
from thongsuot.documents.states import DELIVERY, RECEIVED

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit

BACK, ASKED = DeliveryState.GIVEN_BACK, DeliveryState.ASKED_BACK
# What a unit that gives back is no longer counted as, and when it had been counted as such.
REVERSED: dict[str, Q] = {
    "refused": Q(before_recall=DeliveryState.REFUSED),
    "received": ~Q(before_recall__in=NOT_RECEIVED),
    "planned": Q(plan__isnull=False),
    "planned_in_time": Q(plan__isnull=False) & (Q(plan_by=None) | Q(planned_on__lte=F("plan_by"))),
    "forwarded": Q(forwarded_at__isnull=False),
    "done": Q(done_at__isnull=False),
}


@transaction.atomic
def ask_back(
    *, by: User, document: Document, unit: Unit, reason: str, units: Iterable[Unit] | None = None
) -> Recall:
    """Ask back what ``unit`` has sent, from these units or from all. Who was asked before is not asked twice."""
    require(can_send(by, unit) and Document.objects.visible_to(by).filter(pk=document.pk).exists())
    reason = _said(reason, _("Say why the document is recalled. The units read it."))
    recall = Recall.objects.create(document=document, unit=unit, reason=reason, asked_by=by, asked_at=now())
    rows = sent_from(unit, document)
    if units is not None:
        rows = rows.filter(unit__in=[other.pk for other in units])
    act, mark = uuid7(), {"recall": recall, "kept_at": None, "kept_reason": ""}
    taken = rows.filter(state__in=NOT_RECEIVED).update(
        before_recall=F("state"), state=BACK, recalled_at=recall.asked_at, recall_act=act, **mark
    )
    asked = rows.filter(state__in=RECEIVED).update(
        before_recall=F("state"), state=ASKED, recalled_at=None, **mark
    )
    if not taken + asked:
        raise Refused(_("None of these units has this document, or they have all been asked."), "nobody")
    _tell(by, recall, Delivery.objects.filter(document=document, recall=recall, state=ASKED), ASKED, reason)
    record("document.recalled", by=by, on=document, unit_id=unit.pk, reason=reason, units=taken, asked=asked)
    if taken:
        gone(by, recall, act, recall.asked_at)
    enqueue_once(fold_flow)
    return recall


@transaction.atomic
def answer_recall(*, by: User, delivery: Delivery, agrees: bool, reason: str = "") -> Delivery:
    """Give the document back, and with it all that was sent on; or keep it, with the reason."""
    require(can_receive(by, delivery))
    mine = Delivery.objects.filter(pk=delivery.pk, state=ASKED, recall=delivery.recall_id)
    act, moment, reason = uuid7(), now(), nfc(reason).strip()
    if agrees:
        DELIVERY.step("give_back", delivery.state)
        changed = mine.update(state=BACK, recalled_at=moment, recall_act=act)
    else:
        DELIVERY.step("keep", delivery.state)
        reason = _said(reason, _("Say why the unit keeps the document."))
        changed = mine.update(state=_as_before(), kept_at=moment, kept_reason=reason)
    if not changed or delivery.recall is None:
        raise Refused(_("Somebody has answered this delivery in the meantime. Reload the page."), "state")
    answer = BACK if agrees else DeliveryState.KEPT
    DeliveryEvent.objects.create(
        unit_id=delivery.unit_id, document_id=delivery.document_id, state=answer, by=by, reason=reason
    )
    record("delivery.given_back" if agrees else "delivery.kept", by=by, on=delivery, reason=reason)
    if agrees:
        gone(by, delivery.recall, act, moment, told=delivery.unit_id)
        enqueue_once(fold_flow)
    delivery.refresh_from_db()
    return delivery


@transaction.atomic
def take_back_recall(*, by: User, recall: Recall, reason: str) -> Recall:
    """Undo a recall: whoever was asked or has given back goes on where it stood. Who kept it is left alone.

    Not of a document that has been replaced: nothing of it is asked any more (settle_replacement).
    """
    require(can_send(by, recall.unit))
    reason = _said(reason, _("Say why the recall is taken back."))
    if has_given_back(recall.unit, recall.document):
        raise Refused(
            _("The unit has given the document back itself: what it had sent on stays recalled."),
            "given_back",
        )
    if is_replaced(recall.document):
        raise Refused(
            _("Another document has taken the place of this one, and that was settled: the recall stands."),
            "replaced",
        )
    moment = now()
    open_ones = Recall.objects.filter(pk=recall.pk, taken_back_at=None)
    if not open_ones.update(taken_back_at=moment, taken_back_by=by):
        raise Refused(_("This recall has been taken back already."), "state")
    rows = Delivery.objects.filter(document=recall.document_id, recall=recall, state__in=[ASKED, BACK])
    restored = rows.count()
    returned = rows.filter(state=BACK)
    _count(recall, returned, -1)
    rows.update(state=_as_before(), kept_at=None)
    rows = Delivery.objects.filter(document=recall.document_id, recall=recall, kept_at=None)
    for state in (*NOT_RECEIVED, *RECEIVED):
        _tell(by, recall, rows.filter(state=state), state, reason)
    record(
        "document.recall_undone",
        by=by,
        on=recall.document,
        unit_id=recall.unit_id,
        reason=reason,
        units=restored,
    )
    returned = rows.filter(recalled_at__isnull=False)
    recall_taken_back(Recalled(by, recall, returned, moment))
    rows.update(recall=None, before_recall="", recalled_at=None, recall_act=None)
    enqueue_once(fold_flow)
    recall.refresh_from_db()
    return recall


def gone(by: User, recall: Recall, act: UUID, moment: dt.datetime, told: int | None = None) -> None:
    """What follows from deliveries that have just been given back: those below, counters, facts, followers."""
    given = Delivery.objects.filter(document=recall.document_id, recall_act=act)
    while _take_along(recall, given, act, moment):
        pass
    _count(recall, given, 1)
    _tell(by, recall, given.exclude(unit=told) if told else given, BACK, recall.reason)
    delivery_recalled(Recalled(by, recall, given, moment))


def _take_along(recall: Recall, given: QuerySet[Delivery], act: UUID, moment: dt.datetime) -> int:
    """One level further down: what the units that gave back had sent on."""
    onwards = Dispatch.objects.filter(document=recall.document_id, unit__in=given.values("unit_id"))
    below = Delivery.objects.filter(document=recall.document_id, dispatch__in=onwards.values("pk"))
    before = Case(When(state=ASKED, then=F("before_recall")), default=F("state"))
    mark = {"recall": recall, "recall_act": act, "recalled_at": moment, "kept_at": None, "kept_reason": ""}
    return below.exclude(state=BACK).update(before_recall=before, state=BACK, **mark)


def _as_before() -> Case:
    """The state it was asked back from; a plan issued meanwhile is work on the document."""
    at_work = When(
        plan__isnull=False,
        before_recall__in=[DeliveryState.RECEIVED, DeliveryState.ASSIGNED],
        then=Value(DeliveryState.IN_PROGRESS.value),
    )
    return Case(at_work, default=F("before_recall"))


def _count(recall: Recall, given: QuerySet[Delivery], sign: int) -> None:
    counters = FlowCounter._default_manager.filter(document=recall.document_id)
    for name, was in {"recalled": Q(), **REVERSED}.items():
        step = sign if name == "recalled" else -sign
        mine = counters.filter(unit__in=given.filter(was).values("unit_id"))
        mine.update(changed=True, **{name: F(name) + step})


def _tell(by: User, recall: Recall, rows: QuerySet[Delivery], state: str, reason: str) -> None:
    """The same fact for each of these deliveries, one statement."""
    fact = {"document_id": recall.document_id, "state": str(state), "at": now(), "by": by, "reason": reason}
    insert_for(rows, DeliveryEvent(id=uuid7(), **fact))


def _said(reason: str, sentence: str) -> str:
    reason = nfc(reason).strip()
    if not reason:
        raise Refused(sentence, "no_reason")
    return reason
