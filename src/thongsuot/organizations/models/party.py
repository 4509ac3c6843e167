"""The record of a Party member and their yearly evaluations: sensitive personal data, encrypted at rest.

What is told lies encrypted (``core.crypto``), bound to the person and the year; who it is about, and that there is
something, does not (docs/personal-data.md). No card number and no citizen number: the product has no need of them.
Nothing here can be compared, sorted or counted by grade, on purpose: nobody is ranked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.append_only import AppendOnly, AppendOnlyQuerySet
from thongsuot.core.clock import now, today
from thongsuot.core.crypto.fields import EncryptedDateField, EncryptedTextField
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import DOCUMENT, WHO, WITH_THE_PERSON, Basis, Held, Personal, Sort
from thongsuot.core.placement import Placement
from thongsuot.organizations.models.people import Membership, Person
from thongsuot.organizations.models.units import Unit, ValidityQuerySet

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


RECORD = Personal(
    _("to know since when somebody is a member, for the decisions the Party's rules ask of the committee"),
    Basis.RECORDS,
    Sort.SENSITIVE,
    WITH_THE_PERSON,
)
EVALUATED = RECORD.but(purpose=_("to keep how the committee evaluated the member for a year"))


def last_memberships() -> ValidityQuerySet[Membership]:
    """The cell of today, of those who left theirs the last one: who was a member there long ago is no longer theirs."""
    begun = Membership.objects.filter(valid_from__lte=today())
    later = begun.filter(person=OuterRef("person"), valid_from__gt=OuterRef("valid_from"))
    return begun.filter(~Exists(later))


def _seen_by(user: Viewer) -> tuple[Q, dict[str, Coalesce]]:
    """Members of the cells within reach, and oneself; entries joined with another are read as that one.

    Who asked to have their data restricted is read by whoever keeps the records, and by nobody else.
    """
    from thongsuot.organizations.reach import reach  # it needs the models, and this file is one of them

    read = reach(user, Permission.PARTY_RECORD_READ) & Q(person__restricted_at=None)
    kept = reach(user, Permission.PARTY_RECORD_MANAGE)
    theirs = last_memberships().filter(read | kept).values("person")
    seen = Q(whose__in=theirs)
    if user.is_authenticated:
        seen |= Q(person__user=user.pk) | Q(person__merged_into__user=user.pk)
    return seen, {"whose": Coalesce(F("person__merged_into_id"), F("person_id"))}


class PartyRecordQuerySet(models.QuerySet["PartyRecord"]):
    def visible_to(self, user: Viewer) -> PartyRecordQuerySet:
        seen, named = _seen_by(user)
        return self.alias(**named).filter(seen)


class PartyRecord(models.Model):
    """What the committee keeps about a member: since when, and a remark."""

    placement = Placement.REFERENCE

    personal = Held(
        _("records of Party members"),
        {
            "person": RECORD.but(label=_("Party member")),
            "admitted_on": RECORD,
            "official_on": RECORD,
            "note": RECORD,
        },
    )

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="party_record")
    admitted_on = EncryptedDateField(_("admitted on"))
    official_on = EncryptedDateField(_("official member since"))
    note = EncryptedTextField(_("remark"), blank=True, default="")
    changed_at = models.DateTimeField(default=now)

    objects = PartyRecordQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self._meta.label_lower} {self.pk}"


class Grade(models.TextChoices):
    """The four grades of the yearly evaluation of members (docs/sources.md)."""

    EXCELLENT = "excellent", _("Fulfilled the tasks excellently")
    GOOD = "good", _("Fulfilled the tasks well")
    DONE = "done", _("Fulfilled the tasks")
    NOT_DONE = "not_done", _("Did not fulfil the tasks")


class EvaluationQuerySet(AppendOnlyQuerySet["Evaluation"]):
    def visible_to(self, user: Viewer) -> EvaluationQuerySet:
        seen, named = _seen_by(user)
        return self.alias(**named).filter(seen)

    def standing(self) -> EvaluationQuerySet:
        """Without those that a correction stands for."""
        return self.filter(superseded_by=None)


class Evaluation(AppendOnly):
    """One year of a member as the committee judged it. What was wrong is said by a new row that supersedes it."""

    placement = Placement.REFERENCE

    personal = Held(
        _("yearly evaluations"),
        {
            "person": EVALUATED.but(label=_("Party member")),
            "grade": EVALUATED,
            "note": EVALUATED,
            "decided_by": DOCUMENT,
            "entered_by": WHO,
        },
    )

    # Made before the row is written: the values are bound to it.
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="evaluations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="evaluations")
    year = models.PositiveSmallIntegerField(_("year of evaluation"))
    grade = EncryptedTextField(_("grade"), choices=Grade.choices, bound_to=("person_id", "year"))
    note = EncryptedTextField(_("remark"), blank=True, default="", bound_to=("person_id", "year"))
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(_("deciding document"), max_length=120)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=now)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=models.Q(supersedes=None),
                name="evaluation_once_a_year",
                violation_error_message=_("This year has been evaluated already: correct that evaluation."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.label_lower} {self.pk}"
