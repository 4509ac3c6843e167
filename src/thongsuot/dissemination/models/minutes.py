"""The minutes of a session: drafted from what is known, written by its secretary, closed when signed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.core.personal import WHO, WORDS, Held
from thongsuot.core.placement import Placement
from thongsuot.dissemination.models.sessions import Session
from thongsuot.documents.models import Document


class Minutes(models.Model):
    """Biên bản: a text that stays with the session. Signed, it is not changed any more."""

    placement = Placement.REFERENCE
    personal = Held(
        _("minutes of sessions"),
        {
            "text": WORDS.but(label=_("text of the minutes")),
            "chair": WORDS.but(label=_("who chaired the session")),
            "secretary": WORDS.but(label=_("who wrote the minutes")),
            "written_by": WHO,
            "signed_by": WHO.but(label=_("who noted that they are signed")),
        },
    )

    session = models.OneToOneField(Session, models.PROTECT, related_name="minutes")
    chair = models.CharField(_("chair of the session"), max_length=120)
    secretary = models.CharField(_("secretary of the session"), max_length=120)
    text = models.TextField(_("text of the minutes"))
    written_at = models.DateTimeField(default=now)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    # The minutes as a document of the unit's register, when they were given a number.
    document = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(document=None) | models.Q(signed_at__isnull=False),
                name="minutes_are_signed_before_they_are_registered",
            )
        ]

    def __str__(self) -> str:
        return str(self.session)
