"""A unit's own document that carries out what it was sent: counted once, in time by the day of its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.documents.counting import bump
from thongsuot.documents.jobs import fold_flow
from thongsuot.documents.kinds import Direction
from thongsuot.documents.models import Delivery, DeliveryEvent, Document, DocumentRelation, FlowCounter
from thongsuot.documents.models.dispatch import DeliveryState
from thongsuot.documents.models.register import Relation
from thongsuot.documents.permissions import can_register
from thongsuot.documents.services.receiving import received
from thongsuot.documents.states import DELIVERY
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import ended_below
from thongsuot.organizations.reorganization.queries import current_of

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def link_plan(*, by: User, delivery: Delivery, plan: Document) -> Delivery:
    """Say that the unit's own document carries out the one it was sent; the first plan stays the plan."""
    require(can_register(by, delivery.unit))
    if plan.unit_id != current_of(delivery.unit).pk or plan.direction != Direction.OUTGOING:
        raise Refused(_("A plan is a document that the unit itself has issued."), "not_own")
    DocumentRelation.objects.get_or_create(
        document=plan,
        relation=Relation.IMPLEMENTS,
        target=delivery.document,
        defaults=_said(delivery.document),
    )
    _mark_plan(by, delivery, plan)
    delivery.refresh_from_db()
    return delivery


def mark_plans(by: User, unit: Unit, plan: Document, relations: Sequence[DocumentRelation]) -> None:
    targets = {row.target_id for row in relations if row.relation == Relation.IMPLEMENTS and row.target_id}
    if not targets:
        return
    # A plan of the unit that took over carries out what the old one was sent, too.
    whose = Q(unit=unit) | Q(unit__in=ended_below([unit.pk]))
    for delivery in Delivery.objects.filter(whose, document__in=targets).select_related("unit", "document"):
        _mark_plan(by, delivery, plan)


def _mark_plan(by: User, delivery: Delivery, plan: Document) -> None:
    """Count the plan once. A unit that plans has received: what it had not yet received is received now."""
    if delivery.state == DeliveryState.GIVEN_BACK:
        return
    if DELIVERY.allows("receive", delivery.state):
        received(by=by, delivery=delivery)
    day = today()
    # The day the plan got its number, not the date on the paper: late stays late.
    begun_on = delivery.begun_on or day
    step: dict[str, object] = {"plan": plan, "planned_on": day, "begun_on": begun_on}
    if DELIVERY.allows("plan", delivery.state):
        step["state"] = DELIVERY.step("plan", delivery.state).target
    open_rows = Delivery.objects.filter(pk=delivery.pk, plan=None, state=delivery.state)
    if not open_rows.update(**step):
        return
    in_time = delivery.plan_by is None or day <= delivery.plan_by
    bump(
        FlowCounter,
        unit_ids=[delivery.unit_id],
        document_id=delivery.document_id,
        planned=1,
        planned_in_time=int(in_time),
        planned_on=day,
        begun_on=begun_on,
    )
    DeliveryEvent.objects.create(
        unit_id=delivery.unit_id, document_id=delivery.document_id, state=DeliveryState.IN_PROGRESS, by=by
    )
    record("delivery.planned", by=by, on=delivery, symbol=plan.symbol)
    enqueue_once(fold_flow)


def _said(document: Document) -> dict[str, object]:
    """How a document is named where it is cited."""
    return {
        "kind": document.get_kind_display(),
        "symbol": document.symbol,
        "issued_on": document.issued_on,
        "issuing_body": document.issuing_body,
        "title": document.subject[:500],
    }
