"""Taking back what was sent, and urging those it was sent to: acts of the sender, one row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now, today
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import WHO, WORDS, Held
from thongsuot.core.placement import Placement
from thongsuot.documents.models.register import Document
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


class RecallQuerySet(models.QuerySet["Recall"]):
    def visible_to(self, user: Viewer) -> RecallQuerySet:
        return self.filter(reach(user, Permission.DOCUMENT_READ))


class Recall(models.Model):
    """One act of asking a document back, from any number of units (exchange type 1)."""

    placement = Placement.REFERENCE
    personal = Held(
        _("recalls of documents"),
        {"reason": WORDS.but(label=_("reason of a recall")), "asked_by": WHO, "taken_back_by": WHO},
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="recalls")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    asked_at = models.DateTimeField(default=now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RecallQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="recall_has_a_reason")]
        indexes = [models.Index(fields=["document", "asked_at"], name="recall_of_document")]

    def __str__(self) -> str:
        return f"{self.document} ← {self.asked_at:%d/%m/%Y}"


class DeliveryUrge(models.Model):
    """A unit was asked to get on with a document. The key allows one a day, whoever urges."""

    placement = Placement.LEAF
    personal = Held(_("urgings"), {"by": WHO, "note": WORDS.but(label=_("note of an urging"))})

    pk = models.CompositePrimaryKey("unit_id", "document_id", "day")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField(default=today)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.document_id} {self.unit_id} {self.day}"
