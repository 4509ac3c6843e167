"""What went wrong with personal data: noticed, measured, notified, closed; each step written once."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.accounts.roles import Permission
from thongsuot.audit.append_only import AppendOnly, AppendOnlyQuerySet
from thongsuot.core.clock import now
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import WHO, WORDS, Held
from thongsuot.core.placement import Placement
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


class DataKind(models.TextChoices):
    """What a breach may have touched, as the office tells it; sensitive ones are marked so in the text."""

    NAMES = "names", _("names and posts")
    CONTACTS = "contacts", _("e-mail addresses and telephone numbers")
    MEMBERSHIP = "membership", _("membership of a Party cell (sensitive)")
    EVALUATION = "evaluation", _("Party records and evaluation (sensitive)")
    REACHED = "reached", _("who was reached by which document (sensitive)")
    WORK = "work", _("tasks and reports of persons")
    ACCESS = "access", _("sign-in data, devices and network addresses")
    PAPERS = "papers", _("texts of papers and photos")
    OTHER = "other", pgettext_lazy("data", "something else")


class BreachQuerySet(models.QuerySet["Breach"]):
    def visible_to(self, user: Viewer) -> BreachQuerySet:
        return self.filter(reach(user, Permission.PRIVACY_MANAGE))

    def open(self) -> BreachQuerySet:
        return self.filter(closed_at=None)

    def waiting(self) -> BreachQuerySet:
        """Those for which the legal clock runs: neither notified to the authority nor closed."""
        return self.open().filter(notified_at=None)


class Breach(models.Model):
    """One breach as it stands. What it is known by comes from its steps, which are only appended to.

    No names of the people concerned: kinds of data and counts.
    """

    placement = Placement.REFERENCE
    personal = Held(_("breaches"), {"title": WORDS, "data_kinds": WORDS, "opened_by": WHO})

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(_("what happened"), max_length=200)
    noticed_at = models.DateTimeField(_("noticed"))
    data_kinds = models.JSONField(default=list)
    # Nobody knows yet: empty.
    people = models.PositiveIntegerField(null=True, blank=True)
    notified_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(default=now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The form it came from: sent twice, it is one breach.
    token = models.UUIDField(unique=True, editable=False)

    objects = BreachQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-noticed_at"], name="breach_in_time"),
            models.Index(fields=["noticed_at"], condition=Q(closed_at=None), name="breach_open"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("privacy:breach", args=[self.pk])

    @property
    def deadline(self) -> dt.datetime:
        """By when the authority has to be told: hours are a setting, to be confirmed with the text in force (U)."""
        return self.noticed_at + dt.timedelta(hours=settings.BREACH_HOURS)

    @property
    def kinds(self) -> list[str]:
        labels = dict(DataKind.choices)
        return [str(labels.get(code, code)) for code in self.data_kinds]


class StepKind(models.TextChoices):
    NOTED = "noted", pgettext_lazy("breach", "noted")
    MEASURE = "measure", pgettext_lazy("breach", "measure taken")
    AUTHORITY = "authority", pgettext_lazy("breach", "authority notified")
    PEOPLE = "people", pgettext_lazy("breach", "people concerned told")
    CORRECTED = "corrected", pgettext_lazy("breach", "corrected")
    CLOSED = "closed", pgettext_lazy("breach", "closed")


# The steps that say what is known; the last one holds.
TELLING = (StepKind.NOTED, StepKind.CORRECTED)


class BreachStepQuerySet(AppendOnlyQuerySet["BreachStep"]):
    pass


class BreachStep(AppendOnly):
    """A fact about a breach, as it was written then. What is wrong is said by a correction."""

    placement = Placement.REFERENCE
    personal = Held(_("steps of breaches"), {"text": WORDS, "facts": WORDS, "by": WHO}, none=("kind",))

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    breach = models.ForeignKey(Breach, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    # When it happened; ``at`` is when it was written down.
    happened_at = models.DateTimeField()
    text = models.TextField(max_length=4000)
    # What a noting or a correction says: title, kinds of data, count of people, when it was noticed.
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = BreachStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["breach"],
                condition=Q(kind=StepKind.CLOSED),
                name="breach_closed_once",
                violation_error_message=_("This breach has already been closed."),
            )
        ]
        indexes = [models.Index(fields=["breach", "at"], name="step_of_breach")]

    def __str__(self) -> str:
        return f"{self.kind} {self.breach_id}"
