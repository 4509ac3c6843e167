"""What a unit does with a document after receiving it: assigned (04), in progress (05), done (06); never backwards."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import day_of, now, today
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.documents.counting import bump
from thongsuot.documents.jobs import fold_flow
from thongsuot.documents.models import Delivery, DeliveryEvent, Document, FlowCounter
from thongsuot.documents.models.dispatch import DeliveryState
from thongsuot.documents.permissions import can_receive
from thongsuot.documents.states import DELIVERY
from thongsuot.organizations.reach import ended_below

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit

# Whoever plans, reports or is done has begun.
AT_WORK = (DeliveryState.IN_PROGRESS, DeliveryState.DONE)


def forwarded(*, by: User, unit: Unit, document: Document, at: dt.datetime) -> None:
    """The unit has sent on what it was sent itself, or what a unit was sent from which it took over."""
    theirs = Q(unit=unit) | Q(unit__in=ended_below([unit.pk]))
    rows = Delivery.objects.filter(theirs, document=document, forwarded_at=None)
    for delivery in rows.exclude(state=DeliveryState.GIVEN_BACK):
        if Delivery.objects.filter(pk=delivery.pk, forwarded_at=None).update(forwarded_at=at):
            bump(FlowCounter, unit_ids=[delivery.unit_id], document_id=document.pk, forwarded=1)
            step_on(by=by, delivery=delivery, verb="assign")


def work_assigned(*, by: User, unit_id: int, document_id: int) -> None:
    """Somebody of the unit has passed work from the document on."""
    _step(by, unit_id, document_id, "assign")


def work_begun(*, by: User, unit_id: int, document_id: int) -> None:
    """The unit has reported on what the document demands of it."""
    _step(by, unit_id, document_id, "begin")


def work_done(*, by: User, unit_id: int, document_id: int) -> None:
    """All that the document demands of the unit has been accepted; a plan that was asked for is still waited for."""
    for delivery in Delivery.objects.filter(unit=unit_id, document=document_id):
        if delivery.plan_by is None or delivery.plan_id is not None:
            _finish(by, delivery, "")


@transaction.atomic
def finish_delivery(*, by: User, delivery: Delivery, note: str) -> Delivery:
    """The unit's own word that it has done what the document asks, and what came of it."""
    require(can_receive(by, delivery))
    note = nfc(note).strip()
    if not note:
        raise Refused(_("Say what was done, so that the sender can see it."), "no_note")
    DELIVERY.step("finish", delivery.state)
    if not _finish(by, delivery, note):
        raise Refused(_("Somebody has answered this delivery in the meantime. Reload the page."), "state")
    record("delivery.done", by=by, on=delivery, reason=note)
    return delivery


def _step(by: User, unit_id: int, document_id: int, verb: str) -> None:
    for delivery in Delivery.objects.filter(unit=unit_id, document=document_id):
        step_on(by=by, delivery=delivery, verb=verb)


def step_on(*, by: User, delivery: Delivery, verb: str) -> bool:
    """Take the step where it leads on; a delivery that is further, not received or asked back stays as it is."""
    if not DELIVERY.allows(verb, delivery.state):
        return False
    return _write(by, delivery, verb)


def _finish(by: User, delivery: Delivery, note: str) -> bool:
    if not DELIVERY.allows("finish", delivery.state):
        return False
    moment = now()
    if not _write(by, delivery, "finish", note, done_at=moment, done_note=note):
        return False
    unit_ids, on = [delivery.unit_id], day_of(moment)
    bump(FlowCounter, unit_ids=unit_ids, document_id=delivery.document_id, done=1, done_on=on)
    enqueue_once(fold_flow)
    return True


def _write(by: User, delivery: Delivery, verb: str, note: str = "", **changes: object) -> bool:
    """Of two at once the first one steps; the other finds the state changed."""
    target = DELIVERY.step(verb, delivery.state).target
    begins = target in AT_WORK and delivery.begun_on is None
    if begins:
        changes["begun_on"] = today()
    rows = Delivery.objects.filter(pk=delivery.pk, state=delivery.state)
    if not rows.update(state=target, **changes):
        return False
    delivery.state = target
    for name, value in changes.items():
        setattr(delivery, name, value)
    unit_id, document_id = delivery.unit_id, delivery.document_id
    if begins:
        bump(FlowCounter, unit_ids=[unit_id], document_id=document_id, begun_on=today())
        enqueue_once(fold_flow)
    DeliveryEvent.objects.create(unit_id=unit_id, document_id=document_id, state=target, by=by, reason=note)
    return True
