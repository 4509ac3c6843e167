"""How long each class of data is kept where the office chose otherwise, what must stay, and what was removed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.accounts.roles import Permission
from thongsuot.audit.append_only import AppendOnly, AppendOnlyQuerySet
from thongsuot.core.clock import now, today
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import WHO, WORDS, Held, nothing
from thongsuot.core.placement import Placement
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


class RetentionPeriod(models.Model):
    """A period the office chose; without a row the installation's setting holds."""

    placement = Placement.REFERENCE
    personal = Held(_("chosen periods of retention"), {"changed_by": WHO}, none=("data_class",))

    data_class = models.CharField(max_length=60, primary_key=True)
    days = models.PositiveIntegerField(_("days"))
    changed_at = models.DateTimeField(default=now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.data_class}: {self.days}"


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def in_force(self, day: dt.date | None = None) -> LegalHoldQuerySet:
        """Neither lifted nor past its last day."""
        return self.filter(Q(until=None) | Q(until__gte=day or today()), lifted_at=None)

    def visible_to(self, user: Viewer) -> LegalHoldQuerySet:
        """Those for the whole installation, and those for units within reach."""
        return self.filter(Q(unit=None) | reach(user, Permission.PRIVACY_MANAGE))


class LegalHold(models.Model):
    """What must not be removed for now, because a proceeding or an inspection needs it; lifted, never deleted."""

    placement = Placement.REFERENCE
    personal = Held(
        _("holds on data"), {"reason": WORDS, "placed_by": WHO, "lifted_by": WHO}, none=("data_class",)
    )

    # Empty: every class. Without a unit: everywhere.
    data_class = models.CharField(_("class of data"), max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), max_length=2000)
    until = models.DateField(_("last day"), null=True, blank=True)
    placed_at = models.DateTimeField(default=now, editable=False)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="hold_has_a_reason",
                violation_error_message=_("Say why the data must stay."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.data_class or '*'} {self.unit_id or '*'}"


class Outcome(models.TextChoices):
    REMOVED = "removed", pgettext_lazy("retention", "a part removed")
    FINISHED = "finished", pgettext_lazy("retention", "done")
    CONTINUED = "continued", pgettext_lazy("retention", "goes on in another run")
    FAILED = "failed", pgettext_lazy("retention", "failed")


class RetentionEntryQuerySet(AppendOnlyQuerySet["RetentionEntry"]):
    pass


class RetentionEntry(AppendOnly):
    """What a run did to one class: a row for each batch, written with it, and one for how it ended."""

    placement = Placement.LOCAL
    personal = nothing("data_class", "outcome", "failure")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.UUIDField()
    at = models.DateTimeField(default=now)
    data_class = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    # Of a batch how many were removed; of the end how many a hold kept.
    count = models.PositiveIntegerField(default=0)
    days = models.PositiveIntegerField()
    # The kind of the error and the line, never what it said.
    failure = models.CharField(max_length=120, blank=True)

    objects = RetentionEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["run", "data_class"], name="retention_of_run"),
            models.Index(fields=["-at"], name="retention_in_time"),
        ]

    def __str__(self) -> str:
        return f"{self.data_class} {self.outcome} {self.count}"
