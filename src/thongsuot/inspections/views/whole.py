"""The page of one inspection, with whatever form was sent and needs a second look."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext as _

from thongsuot.core.clock import now
from thongsuot.formats.word import Heading
from thongsuot.inspections import permissions, queries
from thongsuot.inspections.forms import FindingForm, HandInForm, RequirementForm
from thongsuot.inspections.models import FindingKind, InspectionState
from thongsuot.inspections.queries import Findings
from thongsuot.inspections.services import preview_of_conclusion
from thongsuot.inspections.states import INSPECTION, UNDER_WAY
from thongsuot.inspections.views.finding import viewer

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from thongsuot.inspections.models import Inspection, SelfReport

# A draft takes seconds. One that is not there after this will not come: the job was given up.
PATIENCE = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Step:
    """One of the three steps of an inspection, as the state line shows it."""

    state: str
    label: str


@dataclass(frozen=True)
class Line:
    """A paragraph of the notice as the preview shows it."""

    text: str
    is_heading: bool


def whole(request: HttpRequest, inspection: Inspection, *, sent: Form | None = None) -> HttpResponse:
    user = viewer(request)
    context: dict[str, Any] = {
        "inspection": inspection,
        "steps": _steps(inspection),
        "under_way": inspection.state in UNDER_WAY,
        "conducts": permissions.can_conduct(user, inspection),
        "answers": permissions.can_answer(user, inspection),
        "drafts": permissions.can_draft(user, inspection),
        "entries": queries.timeline(user, inspection),
        "sees_findings": permissions.can_see_findings(user, inspection),
        "hand_in_form": sent if isinstance(sent, HandInForm) else HandInForm(),
    }
    context |= _reports(inspection)
    if context["sees_findings"]:
        context |= _findings(inspection, context["conducts"] and context["under_way"], sent)
    return render(request, "inspections/inspection.html", context, status=422 if sent else 200)


def _reports(inspection: Inspection) -> dict[str, Any]:
    reports: list[SelfReport] = list(queries.self_reports_of(inspection))
    waiting = next((report for report in reports if report.file_id is None), None)
    given_up = waiting is not None and now() - waiting.asked_at > PATIENCE
    handed_in = next((report for report in reports if report.handed_in_at), None)
    return {
        "handed_in_at": handed_in.handed_in_at if handed_in else None,
        "reports": [report for report in reports if report.file_id],
        "handed_in": handed_in,
        "waiting": None if given_up else waiting,
        "given_up": given_up,
        "steps_total": len(inspection.subjects.all()) + 1,
    }


def _findings(inspection: Inspection, writes: bool, sent: Form | None) -> dict[str, Any]:
    findings = queries.findings_of(inspection)
    requirements = queries.requirements_of(inspection, findings)
    context: dict[str, Any] = {
        "findings": findings,
        "requirements": requirements,
        "open_requirements": sum(not line.is_closed for line in requirements),
        "writes": writes,
        "can_close": INSPECTION.allows("close", inspection.state)
        and all(line.is_closed for line in requirements),
    }
    if not writes:
        return context
    context |= _forms(inspection, findings, sent)
    if findings.any:
        paper = preview_of_conclusion(inspection, findings, requirements)
        context["preview"] = [
            Line(block.text, isinstance(block, Heading)) for block in paper.blocks if hasattr(block, "text")
        ]
        context["paper"] = paper
    context["can_conclude"] = findings.any and INSPECTION.allows("conclude", inspection.state)
    return context


def _forms(inspection: Inspection, findings: Findings, sent: Form | None) -> dict[str, Any]:
    """An empty form for each group, or the one that was sent, with what is wrong."""

    def of_kind(kind: FindingKind) -> FindingForm:
        if isinstance(sent, FindingForm) and sent.data.get("kind") == kind:
            return sent
        return FindingForm(inspection=inspection, findings=findings, kind=kind, auto_id=f"{kind}_%s")

    return {
        "strength_form": of_kind(FindingKind.STRENGTH),
        "shortcoming_form": of_kind(FindingKind.SHORTCOMING),
        "cause_form": of_kind(FindingKind.CAUSE),
        "requirement_form": sent
        if isinstance(sent, RequirementForm)
        else RequirementForm(inspection=inspection, findings=findings, auto_id="requirement_%s"),
    }


def _steps(inspection: Inspection) -> list[Step]:
    order = [InspectionState.PREPARING, InspectionState.CONDUCTING, InspectionState.CONCLUDED]
    labels = [_("1. Preparation"), _("2. Inspection"), _("3. Conclusion and follow-up")]
    if inspection.state == InspectionState.CLOSED:
        return [Step("done", label) for label in labels]
    here = order.index(InspectionState(inspection.state))
    return [
        Step("done" if position < here else "run" if position == here else "quiet", label)
        for position, label in enumerate(labels)
    ]
