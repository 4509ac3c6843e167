"""Which older documents a new one replaces, and what is still open of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from thongsuot.documents.kinds import Direction
from thongsuot.documents.models import Delivery, Document, DocumentRelation
from thongsuot.documents.models.dispatch import NOT_RECEIVED, DeliveryState
from thongsuot.documents.models.register import Relation
from thongsuot.documents.states import RECEIVED
from thongsuot.organizations.reorganization.queries import current_of

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def is_own_replacement(relation: DocumentRelation) -> bool:
    """Whether both documents were issued by one unit, or by one from which it took over."""
    new, old = relation.document, relation.target
    if old is None or relation.relation != Relation.REPLACES or old.direction != Direction.OUTGOING:
        return False
    if new.issuing_unit is None or old.issuing_unit is None:
        return False
    return current_of(old.issuing_unit).pk == current_of(new.issuing_unit).pk


def is_replaced(document: Document) -> bool:
    """Whether another one stands in its place, and what was open of it has been settled: it is asked of nobody."""
    return document.cited_by.filter(relation=Relation.REPLACES, settled_at__isnull=False).exists()


def replacements_of(user: Viewer, document: Document) -> list[DocumentRelation]:
    """What this document replaces of its issuer's own, not settled yet and readable by the person."""
    if document.direction != Direction.OUTGOING:
        return []
    rows = DocumentRelation.objects.filter(
        document=document, relation=Relation.REPLACES, target__in=Document.objects.visible_to(user)
    )
    rows = rows.filter(settled_at=None, target__direction=Direction.OUTGOING)
    named = rows.select_related("document__issuing_unit", "target__issuing_unit").order_by("pk")
    return [row for row in named if is_own_replacement(row)]


@dataclass(frozen=True)
class StillOpen:
    """Units that have not received the replaced document, and those that have it."""

    waiting: int
    received: int


def still_open_of(document: Document) -> StillOpen:
    counted = Delivery.objects.filter(document=document).aggregate(
        waiting=Count("unit_id", filter=Q(state__in=NOT_RECEIVED)),
        received=Count("unit_id", filter=Q(state__in=[*RECEIVED, DeliveryState.ASKED_BACK])),
    )
    return StillOpen(counted["waiting"], counted["received"])
