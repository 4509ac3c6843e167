"""What one does: each act is a POST that leads back to the inspection, or shows its form again with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thongsuot.core.access import require
from thongsuot.core.refusals import Refused
from thongsuot.inspections import queries, services
from thongsuot.inspections.forms import FindingForm, HandInForm, ReasonForm, RequirementForm
from thongsuot.inspections.permissions import can_answer, can_conduct
from thongsuot.inspections.views.finding import (
    finding_or_404,
    inspection_or_404,
    requirement_or_404,
    viewer,
)
from thongsuot.inspections.views.whole import whole

if TYPE_CHECKING:
    from thongsuot.inspections.models import Inspection


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = inspection_or_404(request, pk)
    services.draft_self_report(by=viewer(request), inspection=inspection)
    return _back(inspection, "bao-cao")


@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = inspection_or_404(request, pk)
    require(can_answer(viewer(request), inspection))
    form = HandInForm(request.POST, request.FILES)
    if not form.is_valid():
        return whole(request, inspection, sent=form)
    file = form.cleaned_data["file"]
    newest = queries.self_reports_of(inspection).filter(file__isnull=False).first()
    try:
        services.hand_in_self_report(
            by=viewer(request),
            inspection=inspection,
            report=newest,
            content=file.read() if file else None,
            name=file.name if file else "",
            too_large=getattr(file, "too_large", False),
        )
    except Refused as refused:
        form.add_error("file", refused.sentence)
        return whole(request, inspection, sent=form)
    messages.success(request, _("The self-report is handed in."))
    return _back(inspection, "bao-cao")


@require_POST
def add_finding(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = inspection_or_404(request, pk)
    require(can_conduct(viewer(request), inspection))
    kind = request.POST.get("kind", "")
    form = FindingForm(
        request.POST, inspection=inspection, findings=queries.findings_of(inspection), auto_id=f"{kind}_%s"
    )
    if not form.is_valid():
        return whole(request, inspection, sent=form)
    data = form.cleaned_data
    try:
        services.note_finding(
            by=viewer(request),
            inspection=inspection,
            kind=data["kind"],
            text=data["text"],
            about=data.get("about"),
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return whole(request, inspection, sent=form)
    return _back(inspection, data["kind"])


@require_POST
def withdraw_finding(request: HttpRequest, pk: int) -> HttpResponse:
    finding = finding_or_404(request, pk)
    return _do(
        request,
        finding.inspection,
        "nhan-xet",
        lambda: services.withdraw_finding(by=viewer(request), finding=finding),
    )


@require_POST
def add_requirement(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = inspection_or_404(request, pk)
    require(can_conduct(viewer(request), inspection))
    form = RequirementForm(
        request.POST,
        inspection=inspection,
        findings=queries.findings_of(inspection),
        auto_id="requirement_%s",
    )
    if not form.is_valid():
        return whole(request, inspection, sent=form)
    try:
        services.add_requirement(by=viewer(request), inspection=inspection, **form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
        return whole(request, inspection, sent=form)
    return _back(inspection, "yeu-cau")


@require_POST
def withdraw_requirement(request: HttpRequest, pk: int) -> HttpResponse:
    row = requirement_or_404(request, pk)
    return _do(
        request,
        row.inspection,
        "yeu-cau",
        lambda: services.withdraw_requirement(by=viewer(request), requirement=row),
    )


@require_POST
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = inspection_or_404(request, pk)
    done = _("The conclusion is issued and sent; its requirements are tasks of the unit.")
    return _do(
        request,
        inspection,
        "yeu-cau",
        lambda: services.conclude(by=viewer(request), inspection=inspection),
        done,
    )


@require_POST
def close_requirement(request: HttpRequest, pk: int) -> HttpResponse:
    row = requirement_or_404(request, pk)
    return _do(
        request,
        row.inspection,
        "yeu-cau",
        lambda: services.close_requirement(by=viewer(request), requirement=row),
        _("The requirement is closed."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def return_requirement(request: HttpRequest, pk: int) -> HttpResponse:
    row = requirement_or_404(request, pk)
    require(can_conduct(viewer(request), row.inspection))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.return_requirement(
                by=viewer(request), requirement=row, reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("The requirement went back to the unit."))
            return _back(row.inspection, "yeu-cau")
    return render(request, "inspections/return.html", {"requirement": row, "form": form})


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    inspection = inspection_or_404(request, pk)
    return _do(
        request,
        inspection,
        "",
        lambda: services.close_inspection(by=viewer(request), inspection=inspection),
        _("The inspection is closed."),
    )


def _do(
    request: HttpRequest, inspection: Inspection, place: str, act: Callable[[], object], done: str = ""
) -> HttpResponse:
    """An act without a form: a refusal is told on the page it came from."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        if done:
            messages.success(request, done)
    return _back(inspection, place)


def _back(inspection: Inspection, place: str) -> HttpResponse:
    return redirect(f"{inspection.get_absolute_url()}{'#' if place else ''}{place}")
