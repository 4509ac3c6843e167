"""Sending a document to units, and what each unit does with it.

The states are the national exchange codes (docs/sources.md, status message): 01 arrived, 02 refused,
03 received, 04 assigned, 05 in progress, 06 done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import WHO, WORDS, Held
from thongsuot.core.placement import Placement
from thongsuot.documents.counting.models import Leaves, SubtreeTotal, UnitCounter
from thongsuot.documents.models.register import Document
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


class Purpose(models.TextChoices):
    CARRY_OUT = "carry_out", _("to carry out")
    COORDINATE = "coordinate", _("to coordinate")
    KNOW = "know", _("for information")


class Dispatch(models.Model):
    """One act of sending, to any number of units."""

    placement = Placement.REFERENCE
    personal = Held(_("sendings"), {"note": WORDS.but(label=_("note to the units")), "sent_by": WHO})

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="dispatches")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    purpose = models.CharField(
        _("purpose"), max_length=12, choices=Purpose.choices, default=Purpose.CARRY_OUT
    )
    receive_by = models.DateField(_("to be received by"), null=True, blank=True)
    plan_by = models.DateField(_("own plan to be issued by"), null=True, blank=True)
    disseminate_by = models.DateField(_("to reach every member by"), null=True, blank=True)
    note = models.TextField(_("note to the units"), blank=True)
    sent_at = models.DateTimeField(default=now, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["document", "sent_at"], name="dispatch_of_document")]

    def __str__(self) -> str:
        return f"{self.document} → {self.sent_at:%d/%m/%Y}"


class DeliveryState(models.TextChoices):
    ARRIVED = "01", _("arrived")
    REFUSED = "02", _("refused")
    RECEIVED = "03", _("received")
    ASSIGNED = "04", _("assigned")
    IN_PROGRESS = "05", _("in progress")
    DONE = "06", _("done")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: Viewer) -> DeliveryQuerySet:
        return self.filter(reach(user, Permission.DOCUMENT_READ))


class Delivery(models.Model):
    """A document at the door of one unit. A unit has one open delivery of a document at most."""

    placement = Placement.LEAF
    personal = Held(_("deliveries"), {"reason": WORDS.but(label=_("reason of a refusal"))})

    pk = models.CompositePrimaryKey("unit_id", "dispatch_id")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="deliveries", db_index=False)
    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="deliveries", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="deliveries", db_index=False)
    state = models.CharField(max_length=2, choices=DeliveryState.choices, default=DeliveryState.ARRIVED)
    arrived_at = models.DateTimeField(default=now)
    receive_by = models.DateField(null=True, blank=True)
    plan_by = models.DateField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    plan = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    planned_on = models.DateField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "document"], name="delivery_once"),
            models.CheckConstraint(
                condition=~models.Q(state=DeliveryState.REFUSED) | ~models.Q(reason=""),
                name="refusal_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["document"], name="delivery_of_document"),
            models.Index(fields=["unit", "state", "-arrived_at"], name="delivery_at_the_door"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.unit_id}: {self.state}"


class DeliveryEvent(models.Model):
    """What happened to a delivery, one fact after the other."""

    placement = Placement.LEAF
    personal = Held(
        _("what happened to deliveries"), {"by": WHO, "reason": WORDS.but(label=_("reason of a refusal"))}
    )

    pk = models.CompositePrimaryKey("unit_id", "id")
    id = models.UUIDField(default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=2, choices=DeliveryState.choices)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "document", "at"], name="delivery_events")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.unit_id} {self.state}"


class FlowCounter(UnitCounter):
    """What one unit did with a document it was sent: each number is 0 or 1, in sums they are units."""

    MEASURES = ("sent", "received", "refused", "planned", "planned_in_time")

    sent = models.IntegerField(default=0)
    received = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    planned = models.IntegerField(default=0)
    planned_in_time = models.IntegerField(default=0)
    folded_sent = models.IntegerField(default=0)
    folded_received = models.IntegerField(default=0)
    folded_refused = models.IntegerField(default=0)
    folded_planned = models.IntegerField(default=0)
    folded_planned_in_time = models.IntegerField(default=0)

    class Meta(UnitCounter.Meta):
        indexes = UnitCounter.indexes("flow_counter")

    @classmethod
    def leaves(cls) -> list[Leaves]:
        planned = Q(plan__isnull=False)
        measures = {
            "sent": Count("dispatch_id"),
            "received": Count(
                "dispatch_id", filter=~Q(state__in=[DeliveryState.ARRIVED, DeliveryState.REFUSED])
            ),
            "refused": Count("dispatch_id", filter=Q(state=DeliveryState.REFUSED)),
            "planned": Count("dispatch_id", filter=planned),
            "planned_in_time": Count(
                "dispatch_id", filter=planned & (Q(plan_by=None) | Q(planned_on__lte=F("plan_by")))
            ),
        }
        return [Leaves(Delivery.objects.all(), measures)]


class FlowTotal(SubtreeTotal):
    """The same, summed over a unit and everything below it."""

    COUNTER = FlowCounter

    sent = models.IntegerField(default=0)
    received = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    planned = models.IntegerField(default=0)
    planned_in_time = models.IntegerField(default=0)

    class Meta(SubtreeTotal.Meta):
        indexes = SubtreeTotal.indexes("flow_total")
