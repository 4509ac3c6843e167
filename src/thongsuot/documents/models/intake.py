"""A file on its way into the register: what the reader proposes and what a person decides about each part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.placement import Placement
from thongsuot.documents.kinds import Direction
from thongsuot.documents.models.register import Document
from thongsuot.files.models import StoredFile
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


class IntakeState(models.TextChoices):
    READING = "reading", _("being read")
    READY = "ready", _("to be checked")
    REGISTERED = "registered", _("registered")
    DISCARDED = "discarded", _("put aside")


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, user: Viewer) -> IntakeQuerySet:
        return self.filter(reach(user, Permission.DOCUMENT_REGISTER))


class Intake(models.Model):
    """One file that a clerk has dropped. Its text was found not to be secret before this row was written."""

    placement = Placement.LOCAL

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    direction = models.CharField(max_length=10, choices=Direction.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    text = models.TextField()
    pages = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=IntakeState.choices, default=IntakeState.READING)
    progress = models.PositiveSmallIntegerField(default=0)
    warnings = models.JSONField(default=list)
    reader_version = models.CharField(max_length=20, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="intakes")
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = IntakeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "state", "-created_at"], name="intake_waiting")]

    def __str__(self) -> str:
        return self.file.original_name

    def get_absolute_url(self) -> str:
        return reverse("documents:review", args=[self.pk])


class ItemKind(models.TextChoices):
    FIELD = "field", _("field")
    REFERENCE = "reference", _("reference")
    TASK = "task", _("task")
    TARGET = "target", _("target")


class Decision(models.TextChoices):
    PENDING = "pending", _("not looked at")
    ACCEPTED = "accepted", _("accepted")
    EDITED = "edited", _("edited")
    REJECTED = "rejected", _("rejected")


class ReadingItem(models.Model):
    """One thing the reader proposes, with its place in the text, and what a person made of it.

    ``proposed`` is the reader's value and stays; ``decided`` the person's, so that the reader can be measured.
    An item a person added has no ``proposed``. The span is the reader's, or where a person saw what they added;
    that of a part or of a merged item stands in ``decided``. ``before`` is the chain of earlier states, newest
    first, so that every decision can be undone.
    """

    placement = Placement.LOCAL

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="items")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    name = models.CharField(max_length=40, blank=True)
    proposed = models.JSONField(null=True, blank=True)
    decided = models.JSONField(null=True, blank=True)
    confidence = models.FloatField(default=0)
    section = models.CharField(max_length=60, blank=True)
    span_start = models.PositiveIntegerField(null=True, blank=True)
    span_end = models.PositiveIntegerField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    split_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="parts"
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="merged"
    )
    before = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "ordinal"], name="reading_item_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ordinal}"
