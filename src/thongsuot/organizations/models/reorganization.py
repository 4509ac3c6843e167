"""A reorganisation: one act, prepared as a draft, carried out on its day, undone within some days.

What it changed row by row is kept beside it (``ReorganizationChange``), so that undoing restores exactly that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.personal import WHO, Basis, Held, Personal, nothing
from thongsuot.core.placement import Placement
from thongsuot.organizations.models.people import MEMBER, Person
from thongsuot.organizations.models.units import Unit, UnitKind

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


TO_UNDO = Personal(_("to undo it exactly"), Basis.RECORDS)


class ReorganizationState(models.TextChoices):
    DRAFT = "draft", _("in preparation")
    SCHEDULED = "scheduled", _("scheduled")
    DONE = "done", _("carried out")
    FAILED = "failed", _("not carried out")
    CANCELLED = "cancelled", _("given up")
    UNDONE = "undone", _("undone")


class ReorganizationQuerySet(models.QuerySet["Reorganization"]):
    def visible_to(self, user: Viewer) -> ReorganizationQuerySet:
        """Those of units in which the person may reorganise."""
        from thongsuot.organizations.reach import reach  # it needs the models, and this file is one of them

        return self.filter(reach(user, Permission.UNIT_REORGANIZE, "scope"))


class Reorganization(models.Model):
    """Steps that take effect together on one day, below one unit (``scope``)."""

    placement = Placement.REFERENCE
    personal = Held(
        _("reorganisations"),
        {
            "created_by": WHO,
            "scheduled_by": WHO.but(label=_("who scheduled it")),
            "undone_by": WHO.but(label=_("who took it back")),
        },
        none=("title", "decision_symbol", "decision_issuer", "fingerprint", "failure"),
    )

    scope = models.ForeignKey(Unit, models.PROTECT, related_name="reorganizations")
    title = models.CharField(_("title of the reorganisation"), max_length=200)
    effective_on = models.DateField(_("takes effect on"))
    decision_symbol = models.CharField(_("number of the deciding document"), max_length=60, blank=True)
    decision_date = models.DateField(_("date of the deciding document"), null=True, blank=True)
    decision_issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    # A key, no pointer: documents stand above organisations.
    document_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=ReorganizationState.choices, default=ReorganizationState.DRAFT
    )
    # What each touched unit was when this was scheduled; carried out only while all still are.
    fingerprint = models.JSONField(default=dict)
    failure = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    scheduled_at = models.DateTimeField(null=True, blank=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When it was carried out, found impossible or given up.
    ended_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReorganizationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "effective_on"], name="reorganization_due"),
            models.Index(fields=["scope", "-effective_on"], name="reorganization_of_unit"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("organizations:reorganization", args=[self.pk])


class StepKind(models.TextChoices):
    FOUND = "found", _("found a unit")
    RENAME = "rename", _("rename a unit")
    MOVE = "move", _("move a unit")
    MERGE = "merge", _("merge units")
    SPLIT = "split", _("split a unit")
    DISSOLVE = "dissolve", _("dissolve a unit")


ENDING = (StepKind.MERGE, StepKind.SPLIT, StepKind.DISSOLVE)


class ObligationsRule(models.TextChoices):
    MAIN = "main", _("all to the main successor")
    SHARES = "shares", _("to each successor, figures by its share")


class RolesRule(models.TextChoices):
    SAME = "same", _("the same in the successor")
    ENDED = "ended", _("end on that day")


class ReorganizationStep(models.Model):
    """One step. ``target`` is the parent of what is founded or moved, the successor of a merger, the heir of what
    is dissolved: a unit that is there, or one founded by an earlier step of the same draft."""

    placement = Placement.REFERENCE
    personal = nothing("name", "short_name", "symbol", "place")

    reorganization = models.ForeignKey(Reorganization, models.CASCADE, related_name="steps")
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    target_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    target_step = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    unit_kind = models.CharField(_("kind"), max_length=30, choices=UnitKind.choices, blank=True)
    symbol = models.CharField(_("symbol"), max_length=20, blank=True)
    place = models.CharField(_("place name on documents"), max_length=100, blank=True)
    obligations = models.CharField(
        _("open work"), max_length=6, choices=ObligationsRule.choices, default=ObligationsRule.MAIN
    )
    roles = models.CharField(
        _("roles and positions"), max_length=5, choices=RolesRule.choices, default=RolesRule.SAME
    )
    # Filled when the step has been carried out.
    founded = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reorganization", "ordinal"], name="reorganization_step_in_order"
            ),
            models.CheckConstraint(
                condition=Q(target_unit=None) | Q(target_step=None), name="reorganization_step_one_target"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal}. {self.kind}"


class StepPart(models.Model):
    """A unit that goes into a merger, or one that comes out of a split with its share."""

    placement = Placement.REFERENCE

    step = models.ForeignKey(ReorganizationStep, models.CASCADE, related_name="parts")
    ordinal = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    founded_by = models.ForeignKey(
        ReorganizationStep, models.PROTECT, null=True, blank=True, related_name="+"
    )
    share = models.DecimalField(max_digits=5, decimal_places=4, default=1)
    is_main = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "ordinal"], name="step_part_in_order"),
            models.CheckConstraint(
                condition=Q(unit=None, founded_by__isnull=False) | Q(unit__isnull=False, founded_by=None),
                name="step_part_is_one_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id}.{self.ordinal}"


class StepChild(models.Model):
    """Where a unit goes whose parent ends, when not to the main successor."""

    placement = Placement.REFERENCE

    step = models.ForeignKey(ReorganizationStep, models.CASCADE, related_name="children")
    child = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    target_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    target_step = models.ForeignKey(
        ReorganizationStep, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "child"], name="step_child_once"),
            models.CheckConstraint(
                condition=Q(target_unit=None, target_step__isnull=False)
                | Q(target_unit__isnull=False, target_step=None),
                name="step_child_goes_to_one_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.child_id}"


class StepMember(models.Model):
    """Where a member of a cell that is split goes, when not to its main part."""

    placement = Placement.REFERENCE
    personal = Held(_("members in the split of a cell"), {"person": MEMBER})

    step = models.ForeignKey(
        ReorganizationStep, models.CASCADE, related_name="members", verbose_name=_("step of a reorganisation")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    target_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cell they go to")
    )
    target_step = models.ForeignKey(
        ReorganizationStep, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "person"], name="step_member_once"),
            models.CheckConstraint(
                condition=Q(target_unit=None, target_step__isnull=False)
                | Q(target_unit__isnull=False, target_step=None),
                name="step_member_goes_to_one_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.person_id}"


class ReorganizationChange(models.Model):
    """One row as it was before and after: made when ``before`` is empty, deleted when ``after`` is."""

    placement = Placement.LOCAL
    personal = Held(
        _("rows a reorganisation changed"),
        {
            "before": TO_UNDO.but(label=_("row before")),
            "after": TO_UNDO.but(label=_("row after")),
        },
        none=("table",),
    )

    reorganization = models.ForeignKey(Reorganization, models.CASCADE, related_name="changes")
    table = models.CharField(max_length=40)
    row = models.BigIntegerField()
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        indexes = [models.Index(fields=["reorganization", "table", "row"], name="reorganization_change")]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"


class ReorganizationTurn(models.Model):
    """One row. Whoever holds it carries out or undoes a reorganisation; everybody else waits for the turn."""

    placement = Placement.LOCAL

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)

    def __str__(self) -> str:
        return str(self.pk)
