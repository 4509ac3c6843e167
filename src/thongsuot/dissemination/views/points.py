"""One bridge point: who answers for it, and the list on which the head on the spot marks who is there."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thongsuot.audit.services import note_reading
from thongsuot.core.access import require as require_right
from thongsuot.core.clock import day_of, today
from thongsuot.core.refusals import Refused, refusal_on
from thongsuot.dissemination.forms.attending import PointHeadForm
from thongsuot.dissemination.forms.calling import read_marking
from thongsuot.dissemination.models import AttendanceState, BridgePoint, SessionState
from thongsuot.dissemination.permissions import can_call
from thongsuot.dissemination.queries import attending as queries
from thongsuot.dissemination.services.bridging import choose_head, mark_at_point
from thongsuot.dissemination.views._asked import who
from thongsuot.dissemination.views.screens import session_or_point
from thongsuot.dissemination.views.sessions import CELL_PAGE, visible

STATES = [AttendanceState.PRESENT, AttendanceState.EXCUSED, AttendanceState.ABSENT]


@require_http_methods(["GET", "POST"])
def point_head(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    """Choose who answers for the point."""
    user, shown = who(request), visible(request, pk)
    require_right(can_call(user, shown.unit))
    rows = BridgePoint.objects.select_related("session__unit", "unit", "head")
    found = get_object_or_404(rows, pk=point, session=pk)
    people = queries.heads_for(user, found)
    form = PointHeadForm(request.POST or None, people=people, initial={"head": found.head_id})
    if request.method == "POST" and form.is_valid():
        chosen = next((one for one in people if one.pk == form.cleaned_data["head"]), None)
        with refusal_on(form):
            choose_head(by=user, point=found, person=chosen)
            messages.success(request, _("It is noted who answers for the bridge point."))
            return redirect("dissemination:points", shown.pk)
    context = {"session": shown, "point": found, "form": form}
    return render(request, "dissemination/point_head.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def point_marks(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    """The people of one point, on a phone: who is there."""
    user = who(request)
    shown, found = session_or_point(request, pk, point)
    assert found is not None  # noqa: S101  # a point was asked for
    require_right(queries.may_mark_at(user, found))
    if request.method == "POST":
        return _mark(request, found)
    page = Paginator(queries.people_at(found), CELL_PAGE).get_page(request.GET.get("nguoi"))
    for unit_id, count in Counter(row.unit_id for row in page).items():
        note_reading(by=user, what="members.attendance", unit_id=unit_id, count=count, on=shown)
    context = {
        "session": shown,
        "point": found,
        "people": page,
        "states": STATES,
        "counts": queries.how_many(shown, found),
        "is_open": shown.state != SessionState.CANCELLED and day_of(shown.starts_at) <= today(),
    }
    return render(request, "dissemination/point_marks.html", context)


def _mark(request: HttpRequest, point: BridgePoint) -> HttpResponse:
    marking = read_marking(request.POST)
    try:
        mark_at_point(
            by=who(request),
            point=point,
            present=marking.present,
            excused=marking.excused,
            among=marking.among,
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Attendance noted."))
    return redirect(request.get_full_path())
