"""Files that were read, found harmless and kept: a random name on disk, the hash of their bytes beside it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import WHO, WORDS, Held
from thongsuot.core.placement import Placement


class StoredFile(models.Model):
    """Bytes on disk and what is known of them; served only through the view of the subject that holds it."""

    placement = Placement.REFERENCE
    personal = Held(
        _("files that were handed in"),
        {"original_name": WORDS.but(label=_("file name, and what stands in the file")), "created_by": WHO},
        none=("stored_name", "media_type", "sha256"),
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stored_name = models.CharField(max_length=120, unique=True, editable=False)
    original_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.original_name
