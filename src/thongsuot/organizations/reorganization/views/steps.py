"""The form of a step, and where the units below one that ends go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from thongsuot.core.keys import number_in
from thongsuot.core.refusals import Refused, refusal_on
from thongsuot.organizations.models import (
    Reorganization,
    ReorganizationState,
    ReorganizationStep,
    StepKind,
    Unit,
)
from thongsuot.organizations.models.reorganization import ENDING
from thongsuot.organizations.reorganization import drafting
from thongsuot.organizations.reorganization.drafting import Ref
from thongsuot.organizations.reorganization.forms import ChildrenForm, StepForm
from thongsuot.organizations.reorganization.views.finding import ADDING, MOST_CHOICES, found_for, step_for
from thongsuot.organizations.views.who import person_acting

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def add_step(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """First where in the tree, and for most kinds which unit; then what becomes of it."""
    found = found_for(request, pk)
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
        "label": dict(zip(StepKind.values, ADDING, strict=True))[kind],
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
    with refusal_on(form), transaction.atomic():
        first = form.founds_first
        founded = drafting.add_step(by=by, reorganization=found, data=first) if first else None
        drafting.add_step(by=by, reorganization=found, data=form.step(founded))
        return True
    return False


@require_POST
def remove_step(request: HttpRequest, pk: int) -> HttpResponse:
    step = step_for(request, pk)
    try:
        drafting.remove_step(by=person_acting(request), step=step)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect(step.reorganization)


@require_http_methods(["GET", "HEAD", "POST"])
def children(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the units below one that ends go."""
    step = step_for(request, pk)
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
        with refusal_on(form):
            drafting.choose_children(by=person_acting(request), step=step, children=form.chosen)
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
