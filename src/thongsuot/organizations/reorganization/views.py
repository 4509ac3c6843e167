"""Pages of reorganisations: the list, one of them with its steps and preview, the form of a step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.accounts.roles import Permission
from thongsuot.audit.queries import timeline_of
from thongsuot.core.clock import today
from thongsuot.core.keys import number_in
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import (
    Reorganization,
    ReorganizationState,
    ReorganizationStep,
    StepKind,
    Unit,
)
from thongsuot.organizations.models.reorganization import ENDING
from thongsuot.organizations.reach import reach
from thongsuot.organizations.reorganization import drafting, queries
from thongsuot.organizations.reorganization.carrying_out import carry_out
from thongsuot.organizations.reorganization.checking import check
from thongsuot.organizations.reorganization.drafting import Ref
from thongsuot.organizations.reorganization.forms import ChildrenForm, ReorganizationForm, StepForm
from thongsuot.organizations.reorganization.lines import impacts_of, lines_of, result_of
from thongsuot.organizations.reorganization.loading import steps_of
from thongsuot.organizations.reorganization.undoing import can_still_be_undone, undo
from thongsuot.organizations.views.who import person_acting

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models.units import UnitQuerySet

MOST_CHOICES = 200
OPEN = (ReorganizationState.DRAFT, ReorganizationState.SCHEDULED, ReorganizationState.FAILED)


def _scopes(request: HttpRequest) -> UnitQuerySet:
    """Below which units the person may reorganise."""
    rows = Unit.objects.filter(reach(request.user, Permission.UNIT_REORGANIZE, field=""))
    return rows.valid_on().order_by("path")  # type: ignore[return-value]  # the manager's methods keep the class


def _found(request: HttpRequest, pk: int) -> Reorganization:
    rows = Reorganization.objects.visible_to(request.user).select_related(
        "scope", "created_by", "scheduled_by"
    )
    return get_object_or_404(rows, pk=pk)


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
    initial = {"scope": first, "effective_on": today()}
    form = ReorganizationForm(request.POST or None, scopes=offered, initial=initial)
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
    found = _found(request, pk)
    if found.state != ReorganizationState.DRAFT:
        raise Http404
    names = ("title", "effective_on", "decision_symbol", "decision_date", "decision_issuer")
    form = ReorganizationForm(request.POST or None, initial={name: getattr(found, name) for name in names})
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


def _form(request: HttpRequest, form: ReorganizationForm, found: Reorganization | None) -> HttpResponse:
    context = {"form": form, "reorganization": found}
    status = 422 if form.errors else 200
    return render(request, "organizations/reorganization/form.html", context, status=status)


@require_GET
def reorganization(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft with what speaks against it and what it touches; afterwards, what came of it."""
    found = _found(request, pk)
    context: dict[str, Any] = {
        "reorganization": found,
        "timeline": timeline_of(found),
        "kinds": [(kind.value, label) for kind, label in zip(StepKind, _ADDING, strict=True)],
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
            "impacts": impacts_of(looked) if looked.steps else [],
        }
    else:
        context |= {"lines": lines_of(found, steps_of(found)), "result": result_of(found)}
    return render(request, "organizations/reorganization/one.html", context)


_ADDING = (
    _("Found a unit"),
    _("Rename a unit"),
    _("Move a unit"),
    _("Merge units"),
    _("Split a unit"),
    _("Dissolve a unit"),
)
S = ReorganizationState
_ACTS_IN: dict[ReorganizationState, tuple[str, ...]] = {
    S.DRAFT: ("len-lich", "huy"),
    S.SCHEDULED: ("ve-nhap", "huy"),
    S.FAILED: ("ve-nhap", "huy"),
    S.DONE: (),
    S.CANCELLED: (),
    S.UNDONE: (),
}


@require_http_methods(["GET", "HEAD", "POST"])
def add_step(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """First where in the tree, and for most kinds which unit; then what becomes of it."""
    found = _found(request, pk)
    if kind not in StepKind.values or found.state != ReorganizationState.DRAFT:
        raise Http404
    rows: Any = Unit.objects.under(found.scope).valid_on()
    chosen = _unit_asked(request, rows, "don-vi")
    here = _unit_asked(request, rows, "o") or (chosen.parent if chosen and chosen.parent else found.scope)
    here = here if found.scope.contains(here) else found.scope
    text = request.GET.get("q", "").strip()
    beside = rows.search(text).exclude(pk=here.pk) if text else rows.filter(parent=here)
    below = list(beside.order_by("sort_key", "pk")[: MOST_CHOICES + 1])
    context: dict[str, Any] = {
        "reorganization": found,
        "kind": kind,
        "label": dict(zip(StepKind.values, _ADDING, strict=True))[kind],
        "here": here,
        "above": Unit.objects.above(here).filter(path__gte=found.scope.path),
        "below": below[:MOST_CHOICES],
        "has_more": len(below) > MOST_CHOICES,
        "text": text,
        "chosen": chosen,
        "picks_first": kind in _ABOUT_ONE,
    }
    if kind in _ABOUT_ONE and chosen is None:
        return render(request, "organizations/reorganization/step.html", context)
    form = StepForm(
        request.POST or None,
        kind=kind,
        reorganization=found,
        here=here,
        chosen=chosen if kind in _ABOUT_ONE else None,
        below=below[:MOST_CHOICES],
    )
    if request.method == "POST" and form.is_valid() and _add(person_acting(request), found, form):
        return redirect(found)
    status = 422 if form.errors else 200
    return render(request, "organizations/reorganization/step.html", context | {"form": form}, status=status)


_ABOUT_ONE = (StepKind.RENAME, StepKind.MOVE, StepKind.SPLIT, StepKind.DISSOLVE)


def _unit_asked(request: HttpRequest, rows: Any, name: str) -> Unit | None:
    key = number_in(request.GET.get(name))
    unit: Unit | None = rows.select_related("parent").filter(pk=key).first() if key else None
    return unit


def _add(by: User, found: Reorganization, form: StepForm) -> bool:
    try:
        with transaction.atomic():
            first = form.founds_first
            founded = drafting.add_step(by=by, reorganization=found, data=first) if first else None
            drafting.add_step(by=by, reorganization=found, data=form.step(founded))
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


def _step(request: HttpRequest, pk: int) -> ReorganizationStep:
    visible = Reorganization.objects.visible_to(request.user).values("pk")
    rows = ReorganizationStep.objects.filter(reorganization__in=visible)
    return get_object_or_404(rows.select_related("reorganization__scope"), pk=pk)


@require_POST
def remove_step(request: HttpRequest, pk: int) -> HttpResponse:
    step = _step(request, pk)
    try:
        drafting.remove_step(by=person_acting(request), step=step)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect(step.reorganization)


@require_http_methods(["GET", "HEAD", "POST"])
def children(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the units below one that ends go."""
    step = _step(request, pk)
    found = step.reorganization
    if step.kind not in ENDING or found.state != ReorganizationState.DRAFT:
        raise Http404
    ending = (
        [part.unit_id for part in step.parts.all() if part.unit_id] if step.kind == StepKind.MERGE else []
    )
    below = Unit.objects.valid_on().filter(parent__in=[step.unit_id, *ending]).order_by("sort_key", "pk")
    kept = {row.child_id: _key(row.target_unit_id, row.target_step_id) for row in step.children.all()}
    rows = list(below[:MOST_CHOICES])
    form = ChildrenForm(
        request.POST or None,
        children=rows,
        targets=_targets(step),
        initial={f"child_{child.pk}": kept.get(child.pk, "") for child in rows},
    )
    if request.method == "POST" and form.is_valid():
        try:
            drafting.choose_children(by=person_acting(request), step=step, children=form.chosen)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect(found)
    context = {"reorganization": found, "step": step, "form": form}
    status = 422 if form.errors else 200
    return render(request, "organizations/reorganization/children.html", context, status=status)


def _key(unit_id: int | None, step_id: int | None) -> str:
    return f"u{unit_id}" if unit_id else f"s{step_id}"


def _targets(step: ReorganizationStep) -> dict[str, Ref]:
    """The units founded in the draft, those that come out of the step, and the neighbours of the one that ends."""
    found = step.reorganization
    targets: dict[str, Ref] = {f"s{row.pk}": row for row in found.steps.filter(kind=StepKind.FOUND)}
    parent = step.unit.parent_id if step.unit else None
    named = [step.target_unit_id, *step.parts.values_list("unit", flat=True)]
    units = Unit.objects.valid_on().filter(pk__in=[key for key in named if key])
    beside = Unit.objects.valid_on().filter(parent=parent).exclude(pk=step.unit_id or 0) if parent else units
    ending = step.parts.values_list("unit", flat=True) if step.kind == StepKind.MERGE else []
    offered = (units | beside).exclude(pk__in=[key for key in ending if key]).order_by("sort_key", "pk")
    return targets | {f"u{unit.pk}": unit for unit in offered[:MOST_CHOICES]}


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Schedule, take back, give up, carry out now, undo: what it says in the address."""
    found = _found(request, pk)
    if act not in _ACTS:
        raise Http404
    function, said = _ACTS[act]
    try:
        function(person_acting(request), found)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, str(said))
    return redirect(found)


def _carry_out_now(by: User, found: Reorganization) -> None:
    done = carry_out(found.pk, by=by)
    if done.state == ReorganizationState.FAILED:
        raise Refused(done.failure, "failed")


_ACTS: dict[str, tuple[Callable[[Any, Reorganization], object], str | Promise]] = {
    "len-lich": (
        lambda by, found: drafting.schedule(by=by, reorganization=found),
        _("It is scheduled and will be carried out at midnight of its day."),
    ),
    "ve-nhap": (
        lambda by, found: drafting.take_back(by=by, reorganization=found),
        _("It is in preparation again."),
    ),
    "huy": (lambda by, found: drafting.cancel(by=by, reorganization=found), _("It is given up.")),
    "thuc-hien": (_carry_out_now, _("It has been carried out.")),
    "hoan-tac": (
        lambda by, found: undo(by=by, reorganization=found),
        _("It is undone; everything is as it was."),
    ),
}
