"""Finding what a page is about, as far as the person may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404
from django.shortcuts import get_object_or_404

from thongsuot.inspections import queries
from thongsuot.inspections.models import ConclusionRequirement, Finding, Inspection, SelfReport
from thongsuot.inspections.permissions import can_see_findings

if TYPE_CHECKING:
    from django.http import HttpRequest

    from thongsuot.accounts.models import User


def viewer(request: HttpRequest) -> User:
    """The person signed in (``LoginRequiredMiddleware`` lets nobody else through)."""
    return cast("User", request.user)


def inspection_or_404(request: HttpRequest, pk: int) -> Inspection:
    return get_object_or_404(queries.with_details(Inspection.objects.visible_to(viewer(request))), pk=pk)


def report_or_404(request: HttpRequest, pk: int) -> SelfReport:
    visible = Inspection.objects.visible_to(viewer(request))
    return get_object_or_404(
        SelfReport.objects.select_related("inspection", "file"), pk=pk, inspection__in=visible
    )


def finding_or_404(request: HttpRequest, pk: int) -> Finding:
    """A finding the person may know of: before the conclusion the inspected side does not know it exists."""
    visible = Inspection.objects.visible_to(viewer(request))
    rows = Finding.objects.select_related("inspection__unit", "inspection__inspected")
    finding = get_object_or_404(rows, pk=pk, inspection__in=visible)
    _hide_unless_known(request, finding.inspection)
    return finding


def requirement_or_404(request: HttpRequest, pk: int) -> ConclusionRequirement:
    visible = Inspection.objects.visible_to(viewer(request))
    rows = ConclusionRequirement.objects.select_related(
        "inspection__unit", "inspection__inspected", "task__giver", "finding"
    )
    requirement = get_object_or_404(rows, pk=pk, inspection__in=visible)
    _hide_unless_known(request, requirement.inspection)
    return requirement


def _hide_unless_known(request: HttpRequest, inspection: Inspection) -> None:
    if not can_see_findings(viewer(request), inspection):
        raise Http404
