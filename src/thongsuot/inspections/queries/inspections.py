"""Reading inspections: the list, one inspection with its findings, requirements and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thongsuot.accounts.roles import Permission
from thongsuot.audit.queries import TimelineEntry, timeline_of
from thongsuot.core.clock import today
from thongsuot.inspections.models import (
    ConclusionRequirement,
    Finding,
    FindingKind,
    Inspection,
    InspectionState,
    SelfReport,
    TeamMember,
)
from thongsuot.inspections.permissions import can_open_anywhere, can_see_findings
from thongsuot.organizations.reach import reach
from thongsuot.tasks.models import CLOSED, TaskState

if TYPE_CHECKING:
    from thongsuot.documents.models import Document
    from thongsuot.organizations.reach import Viewer

OPEN_STATES = (InspectionState.PREPARING, InspectionState.CONDUCTING)


def inspections_of(user: Viewer, *, state: str = "", text: str = "") -> QuerySet[Inspection]:
    """What the person may see, newest first, each with its requirements open and overdue.

    ``state`` is "open" (no conclusion yet), "concluded" or "closed"; "" is all.
    """
    wanted = Inspection.objects.visible_to(user).search(text)
    if state == "open":
        wanted = wanted.filter(state__in=OPEN_STATES)
    elif state:
        wanted = wanted.filter(state=state)
    still_open = Q(task__isnull=False) & ~Q(task__state__in=CLOSED)
    counted = (
        ConclusionRequirement.objects.filter(inspection=OuterRef("pk"), task__isnull=False)
        .order_by()
        .values("inspection")
        .annotate(
            every=Count("pk"),
            pending=Count("pk", filter=still_open),
            overdue=Count("pk", filter=still_open & Q(task__due__lt=today())),
        )
    )
    return (
        wanted.select_related("unit", "inspected", "conclusion")
        .annotate(
            requirements_total=Coalesce(Subquery(counted.values("every")), 0),
            requirements_open=Coalesce(Subquery(counted.values("pending")), 0),
            requirements_overdue=Coalesce(Subquery(counted.values("overdue")), 0),
            handed_in_at=Subquery(
                SelfReport.objects.filter(inspection=OuterRef("pk"), handed_in_at__isnull=False).values(
                    "handed_in_at"
                )[:1]
            ),
        )
        .order_by("-opened_at", "-pk")
    )


def counts_by_state(user: Viewer) -> dict[str, int]:
    """How many of each view of the list, in one query."""
    rows = Inspection.objects.visible_to(user).order_by().values_list("state").annotate(Count("pk"))
    by_state = dict(rows)
    return {
        "open": sum(by_state.get(state, 0) for state in OPEN_STATES),
        "concluded": by_state.get(InspectionState.CONCLUDED, 0),
        "closed": by_state.get(InspectionState.CLOSED, 0),
    }


def inspections_of_document(user: Viewer, document: Document) -> QuerySet[Inspection]:
    """Inspections in which a document is looked at, or which it concludes."""
    return inspections_of(user).filter(
        Q(pk__in=document.inspections.values("inspection_id")) | Q(conclusion=document)
    )


def waiting_for_acceptance(user: Viewer) -> int:
    """Requirements that an inspected unit has handed in to the person's side."""
    if not can_open_anywhere(user):
        return 0
    return ConclusionRequirement.objects.filter(
        reach(user, Permission.INSPECTION_CONDUCT, "inspection__unit"), task__state=TaskState.SUBMITTED
    ).count()


@dataclass(frozen=True)
class ShortcomingLine:
    """A shortcoming with its number in the conclusion and its causes."""

    number: str
    finding: Finding
    causes: Sequence[Finding]


@dataclass(frozen=True)
class Findings:
    """What the team has found and not taken back, in the order of the conclusion; what it took back comes apart."""

    strengths: Sequence[Finding] = ()
    shortcomings: Sequence[ShortcomingLine] = ()
    withdrawn: Sequence[Finding] = ()
    numbers: dict[int, str] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        return bool(self.strengths or self.shortcomings)

    @property
    def has_causes(self) -> bool:
        return any(line.causes for line in self.shortcomings)


def findings_of(inspection: Inspection) -> Findings:
    """One query, grouped in memory: strengths, shortcomings with causes, taken back."""
    rows = list(inspection.findings.select_related("noted_by", "document").order_by("noted_at", "pk"))
    active = [row for row in rows if row.withdrawn_at is None]
    causes: dict[int | None, list[Finding]] = {}
    for row in active:
        if row.kind == FindingKind.CAUSE:
            causes.setdefault(row.about_id, []).append(row)
    shortcomings = [row for row in active if row.kind == FindingKind.SHORTCOMING]
    numbers = {row.pk: f"2.{position}" for position, row in enumerate(shortcomings, start=1)}
    return Findings(
        strengths=[row for row in active if row.kind == FindingKind.STRENGTH],
        shortcomings=[ShortcomingLine(numbers[row.pk], row, causes.get(row.pk, [])) for row in shortcomings],
        withdrawn=[row for row in rows if row.withdrawn_at is not None],
        numbers=numbers,
    )


def active_requirements(inspection: Inspection) -> QuerySet[ConclusionRequirement]:
    return inspection.requirements.filter(withdrawn_at=None).order_by("pk")


@dataclass(frozen=True)
class RequirementLine:
    """A requirement with its number, that of its shortcoming, and how its task stands."""

    number: str
    about: str
    row: ConclusionRequirement

    @property
    def due(self) -> object:
        """The deadline in force: the task's, once there is one."""
        return self.row.task.due if self.row.task else self.row.due

    @property
    def is_handed_in(self) -> bool:
        return self.row.task is not None and self.row.task.state == TaskState.SUBMITTED

    @property
    def is_closed(self) -> bool:
        return self.row.task is not None and self.row.task.state in CLOSED


def requirements_of(inspection: Inspection, findings: Findings) -> list[RequirementLine]:
    rows = active_requirements(inspection).select_related("task", "finding")
    return [
        RequirementLine(f"3.{position}", findings.numbers.get(row.finding_id, ""), row)
        for position, row in enumerate(rows, start=1)
    ]


def self_reports_of(inspection: Inspection) -> QuerySet[SelfReport]:
    """Newest first."""
    return inspection.self_reports.select_related("file", "drafted_by").order_by("-asked_at", "-pk")


def timeline(user: Viewer, inspection: Inspection) -> list[TimelineEntry]:
    """What was done, oldest first; work on findings only for those who may see findings."""
    reports = list(inspection.self_reports.all())
    if not can_see_findings(user, inspection):
        return timeline_of(inspection, *reports)
    return timeline_of(inspection, *reports, *inspection.findings.all(), *inspection.requirements.all())


def with_details(inspections: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """For the page of one inspection: units, conclusion, documents and team read with it."""
    return inspections.select_related(
        "unit", "inspected__parent", "conclusion", "opened_by"
    ).prefetch_related(
        "subjects__document",
        Prefetch("team", queryset=TeamMember.objects.select_related("person").order_by("-is_head", "pk")),
    )
