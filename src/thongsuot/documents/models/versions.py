"""The texts of a document one after the other: a change is published, it never overwrites what was registered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.core.personal import WHO, WORDS, Held
from thongsuot.core.placement import Placement
from thongsuot.documents.models.register import Document
from thongsuot.files.models import StoredFile


class DocumentVersion(models.Model):
    """One text of a document; number 1 is what was registered, the highest is in force (``Document.version``).

    A document that has never been changed has no rows here: number 1 is written together with number 2.
    ``material``: who has read the text before has to read it again.
    """

    placement = Placement.REFERENCE
    personal = Held(
        _("texts of documents"),
        {
            "text": WORDS.but(label=_("text of the paper")),
            "what_changed": WORDS.but(label=_("what has changed")),
            "by": WHO,
        },
        none=("text_sha256",),
    )

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(default=now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    material = models.BooleanField(default=False)
    what_changed = models.TextField(_("what has changed"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_once"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(what_changed=""), name="change_says_what_changed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.number})"
