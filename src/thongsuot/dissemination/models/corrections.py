"""What was noted about attendance before it was corrected: both values stay, with who said so and when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import WHO, WORDS, Held
from thongsuot.core.placement import Placement
from thongsuot.dissemination.models.receipts import REACHED
from thongsuot.dissemination.models.sessions import AttendanceState, Session
from thongsuot.organizations.models import Person, Unit


class AttendanceCorrection(models.Model):
    """A mark that somebody changed after it had been made."""

    placement = Placement.LEAF
    personal = Held(
        _("corrections of attendance"),
        {
            "person": REACHED.but(label=_("whose attendance was corrected")),
            "noted_by": WHO.but(label=_("who marked it first")),
            "by": WHO.but(label=_("who corrected it")),
            "reason": WORDS.but(label=_("reason")),
        },
    )

    pk = models.CompositePrimaryKey("unit_id", "id")
    id = models.UUIDField(default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="corrections", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    before = models.CharField(_("noted before"), max_length=8, choices=AttendanceState.choices)
    noted_at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    after = models.CharField(_("corrected to"), max_length=8, choices=AttendanceState.choices)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["session", "unit", "-at"], name="correction_of_session"),
            models.Index(fields=["person"], name="correction_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}: {self.before} → {self.after}"
