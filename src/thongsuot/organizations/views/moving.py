"""Hanging a unit elsewhere: by dragging it in the tree or by a form; either way a step of a reorganisation."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thongsuot.accounts.roles import Permission
from thongsuot.core.access import require
from thongsuot.core.keys import number_in
from thongsuot.core.refusals import Refused, refusal_on
from thongsuot.organizations.forms.moving import MoveUnitForm
from thongsuot.organizations.models import Reorganization, ReorganizationState, StepKind, Unit
from thongsuot.organizations.queries.choices import units_offered, units_to_choose
from thongsuot.organizations.reach import can
from thongsuot.organizations.reorganization import StepData, add_step, reorganizations_of, start_draft
from thongsuot.organizations.views.unit import unit_or_404
from thongsuot.organizations.views.who import person_acting

RIGHT = Permission.UNIT_REORGANIZE


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """``?den=`` is where the unit was dropped; without it the page offers what is near, or what was looked for."""
    unit = unit_or_404(request, pk)
    require(can(request.user, RIGHT, unit))
    drafts = reorganizations_of(request.user).filter(state=ReorganizationState.DRAFT)
    units = units_to_choose(request.user, RIGHT).exclude(pk__in=Unit.objects.under(unit))
    form = MoveUnitForm(request.POST or None, units=units, drafts=drafts)
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        with refusal_on(form):
            draft = _prepared(request, unit, entered["unit"], entered["draft"], entered["effective_on"])
            messages.success(
                request, _("The move is a step of this reorganisation now. Nothing has moved yet.")
            )
            return redirect(draft)
    text = request.GET.get("q", "").strip()[:200]
    dropped = number_in(request.POST.get("unit") or request.GET.get("den"))
    offered = [
        one for one in units_offered(request.user, RIGHT, text=text, near=unit) if not unit.contains(one)
    ]
    if dropped and dropped not in [one.pk for one in offered]:
        offered = [*units.filter(pk=dropped).select_related("parent"), *offered]
    context = {"unit": unit, "form": form, "offered": offered, "text": text, "chosen": dropped}
    return render(request, "organizations/move_unit.html", context)


@transaction.atomic
def _prepared(
    request: HttpRequest, unit: Unit, above: Unit, draft: Reorganization | None, day: dt.date
) -> Reorganization:
    by = person_acting(request)
    if draft is None:
        title = _("%(unit)s moves below %(above)s") % {"unit": unit.short_name, "above": above.short_name}
        draft = start_draft(by=by, scope=_scope(request, unit, above), title=title[:200], effective_on=day)
    add_step(by=by, reorganization=draft, data=StepData(kind=StepKind.MOVE, unit=unit, target=above))
    return draft


def _scope(request: HttpRequest, unit: Unit, above: Unit) -> Unit:
    """The lowest unit that holds both, and in which the person may reorganise."""
    both = [one for one in Unit.objects.above(unit) if one.contains(above) and can(request.user, RIGHT, one)]
    if not both:
        sentence = _("You may not reorganise the unit that holds both. Ask the level above to do it.")
        raise Refused(sentence, code="beyond_reach")
    return both[-1]
