"""Sending a document to units, and what each unit does with it.

The states are the national exchange codes (docs/sources.md, status message): 01 arrived, 02 refused,
03 received, 04 assigned, 05 in progress, 06 done, 13 asked back, 15 given back, 16 kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Min, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now, today
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import WHO, WORDS, Held
from thongsuot.core.placement import Placement
from thongsuot.documents.counting.models import Leaves, Step, SubtreeTotal, UnitCounter
from thongsuot.documents.models.recall import Recall
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
    ASKED_BACK = "13", _("asked back")
    GIVEN_BACK = "15", _("given back")
    # A fact only: a unit that keeps the document goes on where it stood.
    KEPT = "16", _("kept")


NOT_RECEIVED = (DeliveryState.ARRIVED, DeliveryState.REFUSED)
# Nobody waits for these any more; what they had to do ended.
OVER = (DeliveryState.REFUSED, DeliveryState.GIVEN_BACK)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: Viewer) -> DeliveryQuerySet:
        return self.filter(reach(user, Permission.DOCUMENT_READ))

    def late(self) -> DeliveryQuerySet:
        """Past the day of their next step: the one thing that changes without anybody doing anything."""
        day = today()
        not_received = models.Q(state=DeliveryState.ARRIVED, receive_by__lt=day)
        not_planned = models.Q(planned_on=None, plan_by__lt=day) & ~models.Q(state__in=OVER)
        return self.filter(not_received | not_planned)


class Delivery(models.Model):
    """A document at the door of one unit. A unit has one open delivery of a document at most."""

    placement = Placement.LEAF
    personal = Held(
        _("deliveries"),
        {
            "reason": WORDS.but(label=_("reason of a refusal")),
            "done_note": WORDS.but(label=_("note of what was done")),
            "kept_reason": WORDS.but(label=_("reason for keeping a document")),
        },
    )

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
    # Its first work on it: a plan, a report, or its word that it is done.
    begun_on = models.DateField(null=True, blank=True)
    # The unit has sent it on to units below it.
    forwarded_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_note = models.TextField(blank=True)
    # The last recall that reached this delivery, the state it came from, and what was answered.
    recall = models.ForeignKey(
        Recall, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    before_recall = models.CharField(max_length=2, choices=DeliveryState.choices, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    # All that went by one act, at one answer and with it below.
    recall_act = models.UUIDField(null=True, blank=True, editable=False)
    kept_at = models.DateTimeField(null=True, blank=True)
    kept_reason = models.TextField(blank=True)
    urges = models.PositiveSmallIntegerField(default=0)
    urged_on = models.DateField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "document"], name="delivery_once"),
            models.CheckConstraint(
                condition=~models.Q(state=DeliveryState.REFUSED) | ~models.Q(reason=""),
                name="refusal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["13", "15"])
                | (models.Q(recall__isnull=False) & ~models.Q(before_recall="")),
                name="asked_back_by_a_recall",
            ),
        ]
        indexes = [
            models.Index(fields=["document"], name="delivery_of_document"),
            models.Index(fields=["unit", "state", "-arrived_at"], name="delivery_at_the_door"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.unit_id}: {self.state}"

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def is_open(self) -> bool:
        """Whether the unit has something left to do with it."""
        return self.state not in (*OVER, DeliveryState.DONE)


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
    """What one unit did with a document it was sent: each number is 0 or 1, in sums they are units.

    Of what was given back only ``sent``, ``recalled`` and ``urged`` count: sent = waiting + received + refused +
    recalled. ``recall.REVERSED`` says what a recall takes away.
    """

    MEASURES = (
        "sent",
        "received",
        "refused",
        "planned",
        "planned_in_time",
        "forwarded",
        "done",
        "recalled",
        "urged",
    )
    FIRSTS = ("sent_on", "received_on", "planned_on", "begun_on", "done_on")
    STEPS = (
        Step("sent", "sent_on", "sent_on"),
        Step("received", "sent_on", "received_on"),
        Step("planned", "received_on", "planned_on"),
        Step("begun", "received_on", "begun_on"),
        Step("done", "begun_on", "done_on"),
    )
    STANDS = "{0}sent > {0}recalled"

    sent = models.IntegerField(default=0)
    received = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    planned = models.IntegerField(default=0)
    planned_in_time = models.IntegerField(default=0)
    forwarded = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    recalled = models.IntegerField(default=0)
    urged = models.IntegerField(default=0)
    folded_sent = models.IntegerField(default=0)
    folded_received = models.IntegerField(default=0)
    folded_refused = models.IntegerField(default=0)
    folded_planned = models.IntegerField(default=0)
    folded_planned_in_time = models.IntegerField(default=0)
    folded_forwarded = models.IntegerField(default=0)
    folded_done = models.IntegerField(default=0)
    folded_recalled = models.IntegerField(default=0)
    folded_urged = models.IntegerField(default=0)
    # The days of its steps; ``sent_on`` and the others of what was given back stay, and are not added up.
    sent_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    begun_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    folded_sent_on = models.DateField(null=True, blank=True)
    folded_received_on = models.DateField(null=True, blank=True)
    folded_planned_on = models.DateField(null=True, blank=True)
    folded_begun_on = models.DateField(null=True, blank=True)
    folded_done_on = models.DateField(null=True, blank=True)

    class Meta(UnitCounter.Meta):
        indexes = UnitCounter.indexes("flow_counter")

    @classmethod
    def leaves(cls) -> list[Leaves]:
        here = ~Q(state=DeliveryState.GIVEN_BACK)
        planned = here & Q(plan__isnull=False)
        conditions = {
            "received": here & ~Q(state__in=NOT_RECEIVED),
            "refused": Q(state=DeliveryState.REFUSED),
            "planned": planned,
            "planned_in_time": planned & (Q(plan_by=None) | Q(planned_on__lte=F("plan_by"))),
            "forwarded": here & Q(forwarded_at__isnull=False),
            "done": here & Q(done_at__isnull=False),
            "recalled": ~here,
            "urged": Q(urges__gt=0),
        }
        measures = {name: Count("dispatch_id", filter=condition) for name, condition in conditions.items()}
        zone = ZoneInfo(settings.TIME_ZONE)
        days = {
            "sent_on": TruncDate(Min("arrived_at"), tzinfo=zone),
            "received_on": TruncDate(Min("received_at"), tzinfo=zone),
            "planned_on": Min("planned_on"),
            "begun_on": Min("begun_on"),
            "done_on": TruncDate(Min("done_at"), tzinfo=zone),
        }
        return [Leaves(Delivery.objects.all(), {"sent": Count("dispatch_id"), **measures, **days})]


class FlowTotal(SubtreeTotal):
    """The same, summed over a unit and everything below it."""

    COUNTER = FlowCounter

    sent = models.IntegerField(default=0)
    received = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    planned = models.IntegerField(default=0)
    planned_in_time = models.IntegerField(default=0)
    forwarded = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    recalled = models.IntegerField(default=0)
    urged = models.IntegerField(default=0)

    class Meta(SubtreeTotal.Meta):
        indexes = SubtreeTotal.indexes("flow_total")
