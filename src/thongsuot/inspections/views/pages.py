"""What one looks at: the list, the form that opens an inspection, the inspection itself, its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from thongsuot.accounts.roles import Permission
from thongsuot.core.pages import page_or_fragment, paginate
from thongsuot.core.refusals import Refused
from thongsuot.core.ui.items import Tab
from thongsuot.files.services import response_of
from thongsuot.inspections import permissions, queries, services
from thongsuot.inspections.forms import OpenForm
from thongsuot.inspections.views.finding import inspection_or_404, report_or_404, viewer
from thongsuot.inspections.views.whole import whole
from thongsuot.organizations.reach import own_units

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit


@require_safe
def inspection_list(request: HttpRequest) -> HttpResponse:
    """Inspections by, or of, the person's units."""
    user = viewer(request)
    if not permissions.can_read_inspections(user):
        raise PermissionDenied
    counts = queries.counts_by_state(user)
    state, text = request.GET.get("trang-thai", ""), request.GET.get("q", "")
    state = state if state in counts else ""
    address = reverse("inspections:list")
    named = [
        ("open", _("Being inspected")),
        ("concluded", _("Being put right")),
        ("closed", _("Already closed")),
    ]
    tabs = [Tab(_("All"), address, not state, sum(counts.values()))]
    tabs += [Tab(label, f"{address}?trang-thai={key}", key == state, counts[key]) for key, label in named]
    context = {
        "page": paginate(request, queries.inspections_of(user, state=state, text=text)),
        "tabs": tabs,
        "state": state,
        "text": text,
        "can_open": permissions.can_open_anywhere(user),
    }
    return page_or_fragment(request, "inspections/list.html", "_rows", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    """First which unit, then what of it: the documents offered are those the unit was sent."""
    user = viewer(request)
    units = own_units(user, Permission.INSPECTION_CONDUCT)
    if not units:
        raise PermissionDenied
    unit = next((row for row in units if str(row.pk) == request.GET.get("cua")), units[0])
    below = list(queries.units_to_inspect(unit))
    inspected = next((row for row in below if str(row.pk) == request.GET.get("don-vi")), None)
    form = None
    if inspected is not None:
        posted = request.POST if request.method == "POST" else None
        form = OpenForm(posted, user=user, unit=unit, inspected=inspected)
        if posted is not None and form.is_valid():
            made = _open(user, unit, inspected, form)
            if made is not None:
                return made
    context = {"units": units, "unit": unit, "below": below, "inspected": inspected, "form": form}
    return render(request, "inspections/open.html", context)


def _open(user: User, unit: Unit, inspected: Unit, form: OpenForm) -> HttpResponse | None:
    data = form.cleaned_data
    try:
        made = services.open_inspection(
            by=user,
            unit=unit,
            inspected=inspected,
            documents=list(data["documents"]),
            period_from=data["period_from"],
            period_to=data["period_to"],
            report_due=data["report_due"],
            head=data["head"],
            team=list(data["team"]),
            title=data["title"],
        )
    except Refused as refused:
        form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
        return None
    return redirect(made)


@require_safe
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    return whole(request, inspection_or_404(request, pk))


@require_safe
def report_file(request: HttpRequest, pk: int) -> FileResponse:
    report = report_or_404(request, pk)
    if report.file is None:
        raise Http404
    return response_of(report.file)


@require_safe
def report_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the draft is; when it is written the page asks for itself again."""
    report = report_or_404(request, pk)
    if not getattr(request, "htmx", False):
        return redirect(report.inspection)
    total = report.inspection.subjects.count() + 1
    answer = render(request, "inspections/_progress.html", {"report": report, "total": total})
    if report.file_id:
        answer["HX-Refresh"] = "true"
    return answer
