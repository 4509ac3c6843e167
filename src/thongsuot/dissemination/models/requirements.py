"""Who requires that a document be heard of, by when, and in which text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.core.personal import WHO, Held
from thongsuot.core.placement import Placement
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit


class Requirement(models.Model):
    """Somebody requires that every member under these units hears of a document by a day.

    ``text_sha256`` is the version: what a person confirms is this text.
    """

    placement = Placement.REFERENCE
    personal = Held(_("orders to disseminate"), {"opened_by": WHO}, none=("text_sha256",))

    document = models.ForeignKey(Document, models.PROTECT, related_name="requirements")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due = models.DateField(_("to reach everyone by"))
    text_sha256 = models.CharField(max_length=64)
    opened_at = models.DateTimeField(default=now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["document", "opened_at"], name="requirement_of_document")]

    def __str__(self) -> str:
        return f"{self.document}: {self.due:%d/%m/%Y}"
