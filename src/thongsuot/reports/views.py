"""The leader's pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.accounts.roles import Permission
from thongsuot.core.keys import number_in
from thongsuot.core.pages import paginate
from thongsuot.core.ui.items import Figure, Tab
from thongsuot.documents.models import Document
from thongsuot.organizations.filters import StructureAsked
from thongsuot.organizations.models import Unit
from thongsuot.organizations.queries.structure import Part
from thongsuot.organizations.reach import can, reach
from thongsuot.reports import permissions, picture, queries
from thongsuot.tasks.queries import TaskFigures, tasks_by_part, tasks_by_unit


def dashboard(request: HttpRequest) -> HttpResponse:
    """What is under way in a unit: its own by default, one below it by ``don-vi``."""
    unit = unit_asked(request)
    page = request.GET.get("trang", "1")
    finished = request.GET.get("xem") == "xong"
    board = queries.dashboard(request.user, unit, finished=finished, page=number_in(page, digits=8) or 1)
    context = {"board": board, "figures": _figures(board.tasks, unit), "tabs": _tabs(board, unit)}
    return render(request, "reports/dashboard.html", context)


@dataclass(frozen=True)
class UnitRow:
    part: Part
    figures: TaskFigures
    may_open: bool
    rows_of: str  # the list of these very tasks; there is none of an earlier day


def units(request: HttpRequest) -> HttpResponse:
    """The tasks unit by unit, in today's structure (``co-cau=hom-nay``) or in that of a day (``khi-do``, ``ngay``)."""
    unit = unit_asked(request)
    asked = StructureAsked(unit, request.GET)
    found = tasks_by_part(request.user, asked.structure)
    page = paginate(request, found)
    rows = []
    for part, figures in page.object_list:
        is_below = not part.is_itself
        may_open = is_below and can(request.user, Permission.OVERVIEW_READ, part.unit)
        rows.append(UnitRow(part, figures, may_open, _rows_of(part.unit, asked) if is_below else ""))
    context = {
        "unit": unit,
        "asked": asked,
        "beyond": asked.structure.beyond_reach(request.user),
        "total": queries.sum_of(figures for _part, figures in found),
        "page": page,
        "rows": rows,
        "rows_of_all": _rows_of(unit, asked),
    }
    return render(request, "reports/units.html", context)


def _rows_of(unit: Unit, asked: StructureAsked) -> str:
    return "" if asked.is_then else f"{reverse('tasks:list')}?xem=don-vi&don-vi={unit.pk}"


def flow(request: HttpRequest, pk: int) -> HttpResponse:
    """The way of one document through the levels, as a picture and as the same data in a table."""
    unit = unit_asked(request)
    document = get_object_or_404(Document.objects.visible_to(request.user).defer("text"), pk=pk)
    found = queries.flow_of(request.user, document, unit)
    drawing = picture.draw(found) if picture.can_be_drawn(found) else None
    return render(
        request,
        "reports/flow.html",
        {
            "flow": found,
            "picture": drawing,
            "document": document,
            "table": found.worst_first,
            "tasks": queries.sum_of(tasks_by_unit(request.user, unit, document_id=document.pk).values()),
            "as_table": request.GET.get("xem") == "bang",
        },
    )


def unit_asked(request: HttpRequest) -> Unit:
    """The unit the address names, or the highest one whose overview the person may see."""
    own = permissions.own_overview_unit(request.user)
    if own is None:
        raise PermissionDenied(_("This page is for those who lead or follow the work of a unit."))
    wanted = request.GET.get("don-vi", "")
    if not wanted or wanted == str(own.pk):
        return own
    key = number_in(wanted)
    if key is None:
        raise Http404
    visible = Unit.objects.filter(reach(request.user, Permission.OVERVIEW_READ, field=""))
    return get_object_or_404(visible, pk=key)


def _tabs(board: queries.Dashboard, unit: Unit) -> list[Tab]:
    here = f"{reverse('reports:dashboard')}?don-vi={unit.pk}"
    return [
        Tab(_("Being followed"), here, current=not board.finished, count=board.open_count),
        Tab(_("Finished"), f"{here}&xem=xong", current=board.finished, count=board.finished_count),
    ]


def _figures(tasks: TaskFigures, unit: Unit) -> list[Figure]:
    rows = reverse("tasks:list")

    def address(state: str) -> str:
        return f"{rows}?xem=don-vi&don-vi={unit.pk}&trang-thai={state}"

    done = tasks.done_in_time + tasks.done_late
    return [
        Figure(
            tasks.in_time,
            "run",
            _("In time"),
            address("in_time"),
            ngettext("of %(total)s task", "of %(total)s tasks", tasks.total) % {"total": tasks.total},
        ),
        Figure(tasks.soon, "soon", _("Due soon"), address("soon"), _("within 7 days")),
        Figure(tasks.late, "late", _("Overdue"), address("late"), _("not yet handed in")),
        Figure(
            done,
            "done",
            _("Done"),
            address("done"),
            _("%(in_time)s in time, %(late)s late")
            % {"in_time": tasks.done_in_time, "late": tasks.done_late},
        ),
    ]
