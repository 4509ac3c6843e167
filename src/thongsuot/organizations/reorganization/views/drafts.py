"""The list, and one of them: its title and day, its steps and what they touch, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.accounts.roles import Permission
from thongsuot.audit.queries import timeline_of
from thongsuot.core.clock import today
from thongsuot.core.keys import number_in
from thongsuot.core.pages import paginate
from thongsuot.organizations.hooks import register
from thongsuot.organizations.models import (
    Reorganization,
    ReorganizationState,
    StepKind,
    Unit,
)
from thongsuot.organizations.reach import reach
from thongsuot.organizations.reorganization import drafting, queries
from thongsuot.organizations.reorganization.checking import check
from thongsuot.organizations.reorganization.forms import ReorganizationForm
from thongsuot.organizations.reorganization.lines import impacts_of, lines_of, result_of
from thongsuot.organizations.reorganization.loading import steps_of
from thongsuot.organizations.reorganization.undoing import can_still_be_undone
from thongsuot.organizations.reorganization.views.finding import ADDING, MOST_CHOICES, found_for
from thongsuot.organizations.views.who import person_acting

if TYPE_CHECKING:
    from thongsuot.organizations.models.units import UnitQuerySet


OPEN = (ReorganizationState.DRAFT, ReorganizationState.SCHEDULED, ReorganizationState.FAILED)


def _scopes(request: HttpRequest) -> UnitQuerySet:
    """Below which units the person may reorganise."""
    rows = Unit.objects.filter(reach(request.user, Permission.UNIT_REORGANIZE, field=""))
    return rows.valid_on().order_by("path")  # type: ignore[return-value]  # the manager's methods keep the class


@require_GET
def reorganization_list(request: HttpRequest) -> HttpResponse:
    if not queries.can_reorganize_anywhere(request.user):
        raise PermissionDenied
    page = paginate(request, queries.reorganizations_of(request.user))
    return render(request, "organizations/reorganization/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A new draft; the units offered are the highest ones the person may reorganise."""
    if not queries.can_reorganize_anywhere(request.user):
        raise PermissionDenied
    scopes = _scopes(request)
    asked = number_in(request.GET.get("don-vi"))
    first = scopes.filter(pk=asked).first() if asked else scopes.first()
    offered = scopes.filter(pk__in=[row.pk for row in [first, *scopes[:MOST_CHOICES]] if row])
    initial = {"scope": first, "effective_on": today()} | _taken(request)
    form = ReorganizationForm(request.POST or None, user=request.user, scopes=offered, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = drafting.start_draft(
            by=person_acting(request),
            scope=data["scope"],
            title=data["title"],
            effective_on=data["effective_on"],
            decision=form.decision,
        )
        return redirect(made)
    return _form(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_for(request, pk)
    if found.state != ReorganizationState.DRAFT:
        raise Http404
    names = ("title", "effective_on", "decision_symbol", "decision_date", "decision_issuer")
    initial = {name: getattr(found, name) for name in names} | {"document": found.document_id}
    form = ReorganizationForm(request.POST or None, user=request.user, initial=initial | _taken(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        drafting.describe_draft(
            by=person_acting(request),
            reorganization=found,
            title=data["title"],
            effective_on=data["effective_on"],
            decision=form.decision,
        )
        return redirect(found)
    return _form(request, form, found)


def _taken(request: HttpRequest) -> dict[str, Any]:
    """What the register says of the document somebody has just looked up there."""
    known = register.one(request.user, number_in(request.GET.get("van-ban")))
    if known is None:
        return {}
    said = {"decision_symbol": known.symbol, "decision_date": known.date, "decision_issuer": known.issuer}
    return said | {"document": known.key}


def _form(request: HttpRequest, form: ReorganizationForm, found: Reorganization | None) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:200]
    context = {
        "form": form,
        "reorganization": found,
        "text": text,
        "documents": register.search(request.user, text),
        "asked_unit": number_in(request.GET.get("don-vi")),
    }
    status = 422 if form.errors else 200
    return render(request, "organizations/reorganization/form.html", context, status=status)


@require_GET
def reorganization(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft with what speaks against it and what it touches; afterwards, what came of it."""
    found = found_for(request, pk)
    context: dict[str, Any] = {
        "reorganization": found,
        "timeline": timeline_of(found),
        "deciding": register.one(request.user, found.document_id),
        "kinds": [(kind.value, label) for kind, label in zip(StepKind, ADDING, strict=True)],
        "is_draft": found.state == ReorganizationState.DRAFT,
        "can_go_now": found.state == ReorganizationState.SCHEDULED and found.effective_on <= today(),
        "can_undo": can_still_be_undone(found),
        "acts": _ACTS_IN[ReorganizationState(found.state)],
    }
    if found.state in OPEN:
        looked = check(found)
        context |= {
            "lines": lines_of(found, looked.steps, looked.problems),
            "problems": [problem for problem in looked.problems if problem.step is None],
            "is_blocked": bool(looked.blocking) or not found.decision_symbol,
            "impacts": impacts_of(looked, request.user) if looked.steps else [],
        }
    else:
        context |= {"lines": lines_of(found, steps_of(found)), "result": result_of(found)}
    return render(request, "organizations/reorganization/one.html", context)


S = ReorganizationState
_ACTS_IN: dict[ReorganizationState, tuple[str, ...]] = {
    S.DRAFT: ("len-lich", "huy"),
    S.SCHEDULED: ("ve-nhap", "huy"),
    S.FAILED: ("ve-nhap", "huy"),
    S.DONE: (),
    S.CANCELLED: (),
    S.UNDONE: (),
}
