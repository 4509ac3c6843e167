"""People who are reached without being named: residents and the members of mass organisations, as numbers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import WHO, Held
from thongsuot.core.placement import Placement
from thongsuot.dissemination.models.requirements import AskedForm
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit


class CountedGroup(models.TextChoices):
    RESIDENTS = "residents", _("residents")
    MASS_ORGANISATIONS = "mass", _("members of mass organisations")


class ResidentCount(models.Model):
    """How many people one event reached, in which form: a number with who says so, never names.

    A correction is a row of its own with a reason; the row it corrects stays and no longer counts.
    """

    placement = Placement.LEAF
    personal = Held(_("numbers of residents reached"), {"by": WHO}, none=("reason",))

    pk = models.CompositePrimaryKey("unit_id", "id")
    id = models.UUIDField(default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", db_index=False)
    who = models.CharField(
        _("who was reached"), max_length=9, choices=CountedGroup.choices, default=CountedGroup.RESIDENTS
    )
    channel = models.CharField(_("in which form"), max_length=20, choices=AskedForm.choices)
    day = models.DateField(_("on which day"))
    number = models.PositiveIntegerField(_("how many people"))
    # How many were to come: the list of households, or of the branch. Known of few events.
    expected = models.PositiveIntegerField(_("how many were to come"), null=True, blank=True)
    at = models.DateTimeField(default=now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    # The row this one corrects, in the same unit, and why.
    corrects = models.UUIDField(null=True, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "corrects"],
                condition=Q(corrects__isnull=False),
                name="resident_count_corrected_once",
            ),
        ]
        indexes = [models.Index(fields=["document", "unit", "day"], name="resident_count_by_day")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.number}"
