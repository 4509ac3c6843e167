"""Inspections: prepared, conducted, concluded; a requirement of a conclusion is a task that the inspector closes.

Three steps after Decision 296-QD/TW and 331-QD/TW (2025); the parts of a conclusion after published notices of
conclusion: strengths, shortcomings, requirements with deadlines (docs/sources.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.personal import FOUND_BY, WHO, WORDS, Basis, Held, Personal
from thongsuot.core.placement import Placement
from thongsuot.core.search import Searchable, SearchQuerySet
from thongsuot.documents.models import Document
from thongsuot.files.models import StoredFile
from thongsuot.organizations.models import Person, Reorganization, Unit
from thongsuot.organizations.reach import reach
from thongsuot.tasks.models import Task

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

TEAM = Personal(_("to know who inspects"), Basis.RECORDS, label=_("member of the team"))


class InspectionState(models.TextChoices):
    PREPARING = "preparing", _("in preparation")
    CONDUCTING = "conducting", _("being conducted")
    CONCLUDED = "concluded", _("concluded, requirements open")
    CLOSED = "closed", _("closed")


class InspectionQuerySet(SearchQuerySet["Inspection"]):
    def visible_to(self, user: Viewer) -> InspectionQuerySet:
        """Inspections by, or of, units where the person may read them."""
        permission = Permission.INSPECTION_READ
        return self.filter(reach(user, permission) | reach(user, permission, "inspected"))


class Inspection(Searchable):
    """``unit`` inspects ``inspected`` on how it carried out some documents in a period."""

    placement = Placement.REFERENCE
    personal = Held(_("inspections"), {"opened_by": WHO, "search_text": FOUND_BY}, none=("sort_key", "title"))

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="inspections_conducted")
    inspected = models.ForeignKey(Unit, models.PROTECT, related_name="inspections_undergone")
    title = models.CharField(_("title"), max_length=300)
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("to"))
    report_due = models.DateField(_("self-report due"))
    state = models.CharField(
        max_length=10, choices=InspectionState.choices, default=InspectionState.PREPARING
    )
    conclusion = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="concludes")
    opened_at = models.DateTimeField(default=now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    concluded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(period_to__gte=models.F("period_from")),
                name="inspection_period_in_order",
                violation_error_message=_("The period ends before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(unit=models.F("inspected")),
                name="no_unit_inspects_itself",
                violation_error_message=_("A unit does not inspect itself."),
            ),
        ]
        indexes = [models.Index(fields=["state", "-opened_at"], name="inspection_open")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("inspections:inspection", args=[self.pk])


class InspectionDocument(models.Model):
    """A document whose carrying out is inspected."""

    placement = Placement.REFERENCE

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="subjects")
    document = models.ForeignKey(Document, models.PROTECT, related_name="inspections")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "document"], name="inspection_document_once")
        ]

    def __str__(self) -> str:
        return str(self.document)


class TeamMember(models.Model):
    """Somebody in the inspection team."""

    placement = Placement.REFERENCE
    personal = Held(_("inspection teams"), {"person": TEAM})

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="team")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_head = models.BooleanField(_("head of the team"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "person"], name="team_member_once")]

    def __str__(self) -> str:
        return str(self.person)


class SelfReport(models.Model):
    """A self-report of the inspected unit, drafted from the data at a moment; each drafting is a new one.

    While the draft is being written there is no ``file`` yet, and ``steps_done`` says how far it is. One report
    of an inspection is handed in, as drafted or as the unit edited it.
    """

    placement = Placement.REFERENCE
    personal = Held(_("self-reports"), {"drafted_by": WHO.but(label=_("who drafted it"))})

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="self_reports")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    steps_done = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=now, editable=False)
    as_of = models.DateTimeField(default=now)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | Q(file__isnull=False), name="report_handed_in_is_a_file"
            ),
            models.UniqueConstraint(
                fields=["inspection"],
                condition=Q(handed_in_at__isnull=False),
                name="self_report_handed_in_once",
                violation_error_message=_("The self-report of this inspection has already been handed in."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.file or self.pk)


class FindingKind(models.TextChoices):
    STRENGTH = "strength", _("strength")
    SHORTCOMING = "shortcoming", _("shortcoming")
    CAUSE = "cause", _("cause")


class Finding(models.Model):
    """What the team found. A cause belongs to a shortcoming. Taken back, never deleted."""

    placement = Placement.REFERENCE
    personal = Held(_("findings"), {"text": WORDS.but(label=_("finding")), "noted_by": WHO})

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=12, choices=FindingKind.choices)
    text = models.TextField(_("finding"))
    about = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="causes")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField(default=now, editable=False)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=FindingKind.CAUSE) | Q(about__isnull=False),
                name="cause_of_a_shortcoming",
                violation_error_message=_("Say which shortcoming this is the cause of."),
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ConclusionRequirement(models.Model):
    """What the conclusion requires of the inspected unit; from the conclusion on it is also a task.

    Until then it may be taken back; afterwards only the task's own acts change anything.
    """

    placement = Placement.REFERENCE
    personal = Held(
        _("requirements of conclusions"), {"text": WORDS.but(label=_("requirement"))}, none=("product",)
    )

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="requirements")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="requirements")
    text = models.TextField(_("requirement"))
    product = models.CharField(_("product"), max_length=300, blank=True)
    due = models.DateField(_("deadline"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    task = models.OneToOneField(
        Task, models.PROTECT, null=True, blank=True, related_name="conclusion_requirement"
    )

    def __str__(self) -> str:
        return self.text[:80]


class Side(models.TextChoices):
    CONDUCTS = "conducts", _("the one that inspects")
    ANSWERS = "answers", _("the one that is inspected")


class InspectionHandover(models.Model):
    """That an open inspection passed from a unit that ended to its successor, on one side."""

    placement = Placement.REFERENCE

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="handovers")
    side = models.CharField(max_length=8, choices=Side.choices)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reorganization = models.ForeignKey(Reorganization, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "reorganization", "side", "from_unit"],
                name="inspection_handed_over_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.side}: {self.from_unit_id} → {self.to_unit_id}"
