"""Reading deliveries: what is at my door, and where a document stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q, Sum

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.documents.models import Delivery, Dispatch, Document, FlowCounter, FlowTotal
from thongsuot.documents.models.dispatch import DeliveryQuerySet, DeliveryState
from thongsuot.organizations.reach import ended_below, grants_with, own_unit_ids, reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

# What each view of deliveries holds; "late" depends on the day and is made in ``in_view``.
_STATES: dict[str, Q] = {
    "arrived": Q(state=DeliveryState.ARRIVED),
    "received": ~Q(state__in=[DeliveryState.ARRIVED, DeliveryState.REFUSED]),
    "refused": Q(state=DeliveryState.REFUSED),
    "planned": Q(planned_on__isnull=False),
    "unplanned": Q(planned_on=None, plan_by__isnull=False),
}
VIEWS = (*_STATES, "late")


def deliveries_to(user: Viewer) -> DeliveryQuerySet:
    """What was sent to the units in whose name the person receives, or to one from which they took over."""
    mine = own_unit_ids(user, Permission.DOCUMENT_RECEIVE)
    rows = Delivery.objects.visible_to(user).filter(at_the_doors(mine))
    return rows.select_related("unit", "document", "dispatch__unit")


def inbox_of(user: Viewer, view: str) -> DeliveryQuerySet:
    """One view of my deliveries: what waits with the nearest deadline first, what was answered newest first."""
    rows = in_view(deliveries_to(user), view)
    if view == "arrived":
        return rows.order_by(F("receive_by").asc(nulls_last=True), "arrived_at", "dispatch_id")
    return rows.order_by("-arrived_at", "-dispatch_id")


def arrived_count(user: Viewer) -> int:
    """How many documents wait at my units' doors; read once a request: the rail and the page both say it."""
    mine = own_unit_ids(user, Permission.DOCUMENT_RECEIVE)
    if not mine:
        return 0
    known: int | None = getattr(user, "_arrived", None)
    if known is None:
        known = Delivery.objects.filter(at_the_doors(mine), state=DeliveryState.ARRIVED).count()
        user._arrived = known  # type: ignore[union-attr]  # a cache that lives as long as the request's user
    return known


def at_the_doors(units: list[int]) -> Q:
    """Sent to these units; what one that has ended had still to do with it is up to the one that took over."""
    unplanned = Q(planned_on=None, plan_by__isnull=False) & ~Q(state=DeliveryState.REFUSED)
    return Q(unit__in=units) | Q(Q(state=DeliveryState.ARRIVED) | unplanned, unit__in=ended_below(units))


def in_view(rows: DeliveryQuerySet, view: str) -> DeliveryQuerySet:
    """The deliveries of one state; an unknown word means all."""
    if view == "late":
        return rows.filter(_late(today()))
    return rows.filter(_STATES[view]) if view in _STATES else rows


def deliveries_of(user: Viewer, document: Document, view: str = "") -> DeliveryQuerySet:
    """Where the document was sent, as far as the person may look, in the order of the tree."""
    rows = Delivery.objects.visible_to(user).filter(document=document)
    return (
        in_view(rows, view)
        .select_related("unit", "plan", "dispatch__unit")
        .order_by("unit__path", "dispatch_id")
    )


def standing_still(user: Viewer, document: Document, most: int = 6) -> list[Delivery]:
    """The units a sender has to speak to first: refused, or not received, the longest due on top."""
    rows = Delivery.objects.visible_to(user).filter(document=document)
    waiting = rows.filter(state__in=[DeliveryState.ARRIVED, DeliveryState.REFUSED]).select_related("unit")
    return list(waiting.order_by(F("receive_by").asc(nulls_last=True), "unit__path")[:most])


def delivery_here(user: Viewer, document: Document) -> Delivery | None:
    """The delivery of this document to the highest of the person's own units."""
    mine = own_unit_ids(user, Permission.DOCUMENT_READ)
    rows = Delivery.objects.filter(at_the_doors(mine), document=document)
    return rows.select_related("unit", "dispatch__unit", "document", "plan").order_by("unit__path").first()


def dispatches_by(user: Viewer, document: Document) -> list[Dispatch]:
    """The acts of sending this document from units the person may look into, newest first."""
    rows = Dispatch.objects.filter(reach(user, Permission.DOCUMENT_READ), document=document)
    return list(rows.select_related("unit", "sent_by").order_by("-sent_at", "-id"))


@dataclass(frozen=True)
class FlowFigures:
    """How many units a document was sent to and what they did, as of the last summing up."""

    sent: int = 0
    received: int = 0
    refused: int = 0
    planned: int = 0
    planned_in_time: int = 0
    as_of: dt.datetime | None = None

    @property
    def waiting(self) -> int:
        return self.sent - self.received - self.refused


def flow_figures(user: Viewer, document: Document) -> FlowFigures:
    """The sums over everything the person's roles reach, from totals; from the own counter where a role ends there."""
    tops: list[int] = []
    paths: list[str] = []
    alone: list[int] = []
    for grant in grants_with(user, Permission.DOCUMENT_READ):  # highest first
        if any(grant.path.startswith(path) for path in paths):
            continue
        if grant.reaches_subtree:
            tops.append(grant.unit_id)
            paths.append(grant.path)
        else:
            alone.append(grant.unit_id)
    sums: dict[str, int] = dict.fromkeys(FlowCounter.MEASURES, 0)
    as_of: dt.datetime | None = None
    for total in FlowTotal.objects.filter(unit__in=tops, document=document):
        as_of = total.as_of if as_of is None else min(as_of, total.as_of)
        for name in sums:
            sums[name] += getattr(total, name)
    if alone:
        own = FlowCounter.objects.filter(unit__in=set(alone), document=document)
        found = own.aggregate(**{f"{name}_sum": Sum(name) for name in sums})
        for name in sums:
            sums[name] += found[f"{name}_sum"] or 0
    return FlowFigures(as_of=as_of, **sums)


def late_count(user: Viewer, document: Document) -> int:
    """Deliveries past their day: the one number that changes without anybody doing anything, so no total holds it."""
    return Delivery.objects.visible_to(user).filter(_late(today()), document=document).count()


def _late(day: dt.date) -> Q:
    not_received = Q(state=DeliveryState.ARRIVED, receive_by__lt=day)
    not_planned = Q(planned_on=None, plan_by__lt=day) & ~Q(state=DeliveryState.REFUSED)
    return not_received | not_planned
