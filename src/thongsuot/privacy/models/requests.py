"""What somebody asks about their own data, and the steps until it is answered."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.accounts.roles import Permission
from thongsuot.audit.append_only import AppendOnly, AppendOnlyQuerySet
from thongsuot.core.clock import now, today
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import WHO, WORDS, Basis, Held, Personal
from thongsuot.core.placement import Placement
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.reach import person_of, reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

ASKED = Personal(_("to answer the request within the time the law gives"), Basis.RECORDS)


class Kind(models.TextChoices):
    CORRECTION = "correction", _("Correction of data")
    RESTRICTION = "restriction", _("Restriction of the use of data")
    ERASURE = "erasure", _("Erasure of data")
    OBJECTION = "objection", _("Objection to a use of data")


class RequestState(models.TextChoices):
    OPEN = "open", pgettext_lazy("request about data", "waiting for an answer")
    UPHELD = "upheld", pgettext_lazy("request about data", "granted")
    REFUSED = "refused", pgettext_lazy("request about data", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("request about data", "taken back")


class RequestQuerySet(models.QuerySet["DataRequest"]):
    def visible_to(self, user: Viewer) -> RequestQuerySet:
        """One's own, and those of the units in which one looks after personal data."""
        mine = Q(person__in=Person.objects.same_as(person_of(user)))
        return self.filter(reach(user, Permission.PRIVACY_MANAGE) | mine)

    def of(self, person: Person | None) -> RequestQuerySet:
        return self.filter(person__in=Person.objects.same_as(person))

    def to_answer(self, user: Viewer) -> RequestQuerySet:
        return self.filter(reach(user, Permission.PRIVACY_MANAGE))

    def open(self) -> RequestQuerySet:
        return self.filter(state=RequestState.OPEN)


class DataRequest(models.Model):
    """A request with its clock. ``words`` and ``proposed`` are the person's, and go when the person is erased."""

    placement = Placement.LOCAL
    personal = Held(
        _("requests about one's own data"),
        {
            "person": ASKED.but(label=_("who asks")),
            "asked_by": WHO.but(label=_("who entered it")),
            "words": ASKED.but(label=_("what is asked")),
            "proposed": ASKED.but(label=_("what should stand there instead")),
        },
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("request"), max_length=12, choices=Kind.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # Whose officers answer: the highest unit the person belonged to when it was asked.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField(_("what I ask, and why"), blank=True)
    proposed = models.JSONField(default=dict, blank=True)
    answer_by = models.DateField(_("to be answered by"))
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state=RequestState.OPEN),
                name="data_request_open_once",
                violation_error_message=_("You have asked for this already; it waits for an answer."),
            )
        ]
        indexes = [models.Index(fields=["unit", "state", "answer_by"], name="data_request_to_answer")]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("privacy:request", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.answer_by < today()


class StepVerb(models.TextChoices):
    ASKED = "asked", _("asked")
    PROLONGED = "prolonged", _("moved the day of the answer")
    UPHELD = "upheld", _("granted the request")
    REFUSED = "refused", _("refused the request")
    WITHDRAWN = "withdrawn", _("took the request back")
    LIFTED = "lifted", _("lifted the restriction")


class StepQuerySet(AppendOnlyQuerySet["RequestStep"]):
    pass


class RequestStep(AppendOnly):
    """One fact in the life of a request; what is wrong is said by the next one."""

    placement = Placement.LOCAL
    personal = Held(
        _("steps of requests about one's own data"),
        {"by": WHO, "words": WORDS.but(label=_("reason"))},
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(DataRequest, models.PROTECT, related_name="steps")
    at = models.DateTimeField(default=now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=10, choices=StepVerb.choices)
    words = models.TextField(blank=True)
    # The day of the answer after this step.
    answer_by = models.DateField()

    objects = StepQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["request", "at"], name="step_of_data_request")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.verb}"


def days_for(kind: str) -> int:
    """How many days there are for an answer, as the office has set them; (U) until it has confirmed them."""
    days: dict[str, int] = settings.PRIVACY_ANSWER_DAYS
    return days[kind]


def answer_day(kind: str, asked: dt.date) -> dt.date:
    return asked + dt.timedelta(days=days_for(kind))
