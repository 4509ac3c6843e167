"""Reading deliveries: what is at my door, and where a document stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, Sum

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.documents.models import Delivery, Dispatch, Document, FlowCounter, FlowTotal, Recall
from thongsuot.documents.models.dispatch import NOT_RECEIVED, OVER, DeliveryQuerySet, DeliveryState
from thongsuot.documents.states import RECEIVED
from thongsuot.organizations.reach import can_anywhere, ended_below, grants_with, own_unit_ids, reach

if TYPE_CHECKING:
    from thongsuot.organizations.models import Unit
    from thongsuot.organizations.reach import Viewer

# What each view of deliveries holds; "late" depends on the day and is made in ``in_view``.
_STATES: dict[str, Q] = {
    "arrived": Q(state=DeliveryState.ARRIVED),
    "received": ~Q(state__in=[*NOT_RECEIVED, DeliveryState.GIVEN_BACK]),
    "refused": Q(state=DeliveryState.REFUSED),
    "planned": Q(planned_on__isnull=False) & ~Q(state=DeliveryState.GIVEN_BACK),
    "unplanned": Q(planned_on=None, plan_by__isnull=False) & ~Q(state__in=OVER),
    "done": Q(done_at__isnull=False) & ~Q(state=DeliveryState.GIVEN_BACK),
    "asked_back": Q(state=DeliveryState.ASKED_BACK),
    "recalled": Q(state=DeliveryState.GIVEN_BACK),
    "kept": Q(kept_at__isnull=False) & ~Q(state__in=[DeliveryState.ASKED_BACK, DeliveryState.GIVEN_BACK]),
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


def asked_back_count(user: Viewer) -> int:
    """How many documents wait for an answer to a recall at my units' doors."""
    return in_view(deliveries_to(user), "asked_back").count()


def at_the_doors(units: list[int]) -> Q:
    """Sent to these units; what one that has ended had still to do with it is up to the one that took over."""
    unplanned = Q(planned_on=None, plan_by__isnull=False) & ~Q(state__in=OVER)
    waiting = Q(state__in=[DeliveryState.ARRIVED, DeliveryState.ASKED_BACK])
    return Q(unit__in=units) | Q(waiting | unplanned, unit__in=ended_below(units))


def in_view(rows: DeliveryQuerySet, view: str) -> DeliveryQuerySet:
    """The deliveries of one state; an unknown word means all."""
    if view == "late":
        return rows.late()
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
    named = ("unit", "dispatch__unit", "document", "plan", "recall__unit")
    return rows.select_related(*named).order_by("unit__path").first()


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
    forwarded: int = 0
    done: int = 0
    recalled: int = 0
    urged: int = 0
    as_of: dt.datetime | None = None

    @property
    def waiting(self) -> int:
        return self.sent - self.received - self.refused - self.recalled

    @property
    def still_sent(self) -> int:
        """The units that have it, or should: what shares are counted of."""
        return self.sent - self.recalled


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
    return Delivery.objects.visible_to(user).filter(document=document).late().count()


def still_open() -> Q:
    """Who has something left to do with a document: to receive it, to carry it out, to answer a recall."""
    return ~Q(state__in=[*OVER, DeliveryState.DONE])


def urged_by(user: Viewer, document: Document) -> DeliveryQuerySet:
    """The deliveries below one's own units that the person may urge, those of their own units left out."""
    mine = own_unit_ids(user, Permission.URGE)
    return Delivery.objects.filter(reach(user, Permission.URGE), document=document).exclude(unit__in=mine)


def may_urge(user: Viewer) -> bool:
    return can_anywhere(user, Permission.URGE)


@dataclass(frozen=True)
class Late:
    """How many are late with a document, and how many of them may still be urged today."""

    late: int
    to_urge: int


def late_to_urge(user: Viewer, document: Document) -> Late:
    rows = urged_by(user, document).late()
    not_today = Q(urged_on=None) | Q(urged_on__lt=today())
    counted = rows.aggregate(late=Count("unit_id"), to_urge=Count("unit_id", filter=not_today))
    return Late(counted["late"], counted["to_urge"])


def recalls_by(user: Viewer, document: Document) -> list[Recall]:
    """The acts of asking this document back from units the person may look into, newest first."""
    rows = Recall.objects.visible_to(user).filter(document=document)
    return list(rows.select_related("unit", "asked_by", "taken_back_by").order_by("-asked_at", "-id"))


# More units than this are recalled all together, or one dispatch at a time.
MOST_TICKS = 200


@dataclass(frozen=True)
class Recallable:
    """What a recall by a unit would reach: at once, by asking; and the units by name where they are few."""

    at_once: int
    by_asking: int
    few: list[Delivery]


def recallable(unit: Unit, document: Document) -> Recallable:
    rows = sent_from(unit, document)
    counted = rows.aggregate(
        at_once=Count("unit_id", filter=Q(state__in=NOT_RECEIVED)),
        by_asking=Count("unit_id", filter=Q(state__in=RECEIVED)),
    )
    many = counted["at_once"] + counted["by_asking"] > MOST_TICKS
    open_ones = rows.filter(state__in=[*NOT_RECEIVED, *RECEIVED]).select_related("unit")
    few = [] if many else list(open_ones.order_by("unit__path")[:MOST_TICKS])
    return Recallable(counted["at_once"], counted["by_asking"], few)


def sent_from(unit: Unit, document: Document) -> DeliveryQuerySet:
    """What the unit has sent of a document, or a unit from which it took over."""
    senders = Q(unit=unit) | Q(unit__in=ended_below([unit.pk]))
    dispatches = Dispatch.objects.filter(senders, document=document)
    return Delivery.objects.filter(document=document, dispatch__in=dispatches.values("pk"))


def has_given_back(unit: Unit, document: Document) -> bool:
    """Whether a recall has taken the document from the unit. Its delivery is held, inside the act that asks."""
    own = Delivery.objects.select_for_update(of=("self",)).filter(document=document, unit=unit)
    return any(delivery.state == DeliveryState.GIVEN_BACK for delivery in own)
