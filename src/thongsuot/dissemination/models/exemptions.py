"""Members who are not asked: relieved for one document or for a time, with a reason, counted apart."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.personal import WHO, WORDS, Held
from thongsuot.core.placement import Placement
from thongsuot.dissemination.models.receipts import REACHED
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.models.units import day_before
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


class ExemptionKind(models.TextChoices):
    """Why, no closer than needed: no illness is named."""

    RELIEVED = "relieved", _("relieved of Party work and meetings by decision")
    HEALTH = "health", _("health or maternity leave")
    AWAY = "away", _("works or studies far away or abroad")
    OTHER = "other", _("another reason")


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    def visible_to(self, user: Viewer) -> ExemptionQuerySet:
        """By name only to the head of the cell and the leaders it reports to."""
        return self.filter(reach(user, Permission.MEMBERS_READ))


class Exemption(models.Model):
    """A member of a cell who is not asked to hear of one document, or of any from a day up to, not including, another.

    Said by the head of the cell. Who has heard already stays reached. Never deleted: taken back by a later word.
    """

    placement = Placement.REFERENCE
    personal = Held(
        _("exemptions from hearing of documents"),
        {
            "person": REACHED.but(label=_("who is exempt")),
            "kind": REACHED.but(label=_("kind of exemption")),
            "reason": WORDS.but(label=_("reason"), kind=REACHED.kind),
            "by": WHO,
            "ended_by": WHO.but(label=_("who ended it")),
        },
    )

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="exemptions")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind of exemption"), max_length=8, choices=ExemptionKind.choices)
    reason = models.CharField(_("reason"), max_length=500)
    valid_from = models.DateField(_("exempt from"))
    valid_to = models.DateField(_("exempt until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="exemption_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | Q(valid_to__isnull=False),
                name="standing_exemption_has_an_end",
            ),
            models.UniqueConstraint(
                fields=["person", "document"],
                condition=Q(ended_at=None, document__isnull=False),
                name="exempt_once_from_a_document",
            ),
        ]
        indexes = [models.Index(fields=["unit", "-at"], name="exemption_of_unit")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it holds, as people say it."""
        return day_before(self.valid_to)
