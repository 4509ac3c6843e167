"""At the door of a unit: it receives what it was sent, or refuses with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import day_of, now
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.documents.counting import bump
from thongsuot.documents.hooks import Answer, delivery_refused, refusal_taken_back
from thongsuot.documents.jobs import fold_flow
from thongsuot.documents.kinds import Direction
from thongsuot.documents.models import Delivery, DeliveryEvent, FlowCounter
from thongsuot.documents.models.dispatch import DeliveryState
from thongsuot.documents.permissions import can_receive
from thongsuot.documents.services.numbering import enter_in_book
from thongsuot.documents.states import DELIVERY

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def receive_delivery(*, by: User, delivery: Delivery) -> Delivery:
    """Receive the document: it gets the unit's incoming number, and the sender sees it arrive."""
    require(can_receive(by, delivery))
    received(by=by, delivery=delivery)
    return delivery


def received(*, by: User, delivery: Delivery) -> None:
    """The step itself, for services that have checked their own right; inside their transaction."""
    before, moment = delivery.state, now()
    _move(delivery, "receive", received_at=moment)
    entry = enter_in_book(by=by, unit=delivery.unit, document=delivery.document, direction=Direction.INCOMING)
    bump(
        FlowCounter,
        unit_ids=[delivery.unit_id],
        document_id=delivery.document_id,
        received=1,
        received_on=day_of(moment),
        refused=-1 if before == DeliveryState.REFUSED else 0,
    )
    _note(by, delivery)
    record("delivery.received", by=by, on=delivery, number=entry.number)
    if before == DeliveryState.REFUSED:
        refusal_taken_back(Answer(by, delivery))
    enqueue_once(fold_flow)


@transaction.atomic
def refuse_delivery(*, by: User, delivery: Delivery, reason: str) -> Delivery:
    """Send word that the unit does not take the document, and why."""
    require(can_receive(by, delivery))
    reason = nfc(reason).strip()
    if not reason:
        raise Refused(_("Say why the document is refused, so that the sender can put it right."), "no_reason")
    _move(delivery, "refuse", refused_at=now(), reason=reason)
    bump(FlowCounter, unit_ids=[delivery.unit_id], document_id=delivery.document_id, refused=1)
    _note(by, delivery, reason)
    record("delivery.refused", by=by, on=delivery, reason=reason)
    delivery_refused(Answer(by, delivery))
    enqueue_once(fold_flow)
    return delivery


def _move(delivery: Delivery, verb: str, **changes: object) -> None:
    """Change the state where it still is what the person saw: of two clerks at once, one is told."""
    step = DELIVERY.step(verb, delivery.state)
    changed = Delivery.objects.filter(pk=delivery.pk, state=delivery.state).update(
        state=step.target, **changes
    )
    if not changed:
        raise Refused(_("Somebody has answered this delivery in the meantime. Reload the page."), "state")
    delivery.state = step.target
    for name, value in changes.items():
        setattr(delivery, name, value)


def _note(by: User, delivery: Delivery, reason: str = "") -> None:
    DeliveryEvent.objects.create(
        unit_id=delivery.unit_id,
        document_id=delivery.document_id,
        state=delivery.state,
        by=by,
        reason=reason,
    )
