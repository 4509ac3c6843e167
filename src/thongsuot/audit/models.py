"""The record of acts: who did what, when, to what. Written in the transaction of the act, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from thongsuot.core.clock import now
from thongsuot.core.keys import uuid7
from thongsuot.core.placement import Placement


class Act(models.Model):
    """One act. ``detail`` holds what changed, in codes and keys, never the text of a document."""

    placement = Placement.LOCAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(default=now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=80)
    unit_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "at"], name="act_of_object"),
            models.Index(fields=["unit_id", "at"], name="act_in_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"
