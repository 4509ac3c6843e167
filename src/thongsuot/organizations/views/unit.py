"""The page of one unit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.accounts.roles import Permission
from thongsuot.audit.queries import timeline_of
from thongsuot.audit.services import note_reading
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.refusals import refusal_on
from thongsuot.organizations.filters import day_in
from thongsuot.organizations.forms.units import UnitForm
from thongsuot.organizations.models import Unit
from thongsuot.organizations.queries import one, units_visible_to
from thongsuot.organizations.reach import can
from thongsuot.organizations.services import describe_unit
from thongsuot.organizations.views.who import person_acting

MOST_CHILDREN = 30
MOST_MEMBERS = 60


def unit_or_404(request: HttpRequest, pk: int) -> Unit:
    return get_object_or_404(units_visible_to(request.user), pk=pk)


@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit as it stands, or as it stood on the day asked for; an ended one says who took over."""
    found = unit_or_404(request, pk)
    asked = day_in(request.GET.get("ngay")) or today()
    spells = one.spells_of(found)
    then = one.version_on(spells, asked)
    version = then or spells[0].version
    # A unit that is no more is shown as it last was, where it then hung.
    day = asked if then else version.valid_from
    children = list(one.children_on(request.user, found, day)[: MOST_CHILDREN + 1])
    sees_members = one.can_see_members(request.user, found)
    members = list(one.members_in(found)[: MOST_MEMBERS + 1]) if sees_members else []
    if members:
        note_reading(
            by=person_acting(request), what="people.members", unit_id=pk, count=len(members), on=found
        )
    context = {
        "unit": found,
        "version": version,
        "day": day,
        "is_today": asked == today(),
        "was_there": then is not None,
        "has_ended": bool(found.valid_to and found.valid_to <= today()),
        "spells": spells,
        "above": one.above_on(request.user, version, day),
        "children": children[:MOST_CHILDREN],
        "has_more_children": len(children) > MOST_CHILDREN,
        "heirs": one.heirs_of(found) if found.valid_to else None,
        "forebears": one.forebears_of(found),
        "positions": list(one.positions_in(found, asked)),
        "sees_members": sees_members,
        "members": members[:MOST_MEMBERS],
        "has_more_members": len(members) > MOST_MEMBERS,
        "terms": list(found.terms.order_by("-valid_from")),
        "aliases": one.aliases_of(found),
        "former_areas": one.former_areas_of(found),
        "can_describe": can(request.user, Permission.UNIT_DESCRIBE, found),
        "can_reorganize": not found.valid_to and can(request.user, Permission.UNIT_REORGANIZE, found),
    }
    return render(request, "organizations/unit.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is no reorganisation."""
    found = unit_or_404(request, pk)
    require(can(request.user, Permission.UNIT_DESCRIBE, found))
    with_signs = can(request.user, Permission.UNIT_MANAGE, found)
    given = {"aliases": "\n".join(alias.name for alias in one.aliases_of(found))}
    form = UnitForm(request.POST or None, instance=found, initial=given, with_signs=with_signs)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            changed = describe_unit(
                by=person_acting(request),
                unit=found,
                fields=form.described(),
                aliases=form.cleaned_data["aliases"],
            )
            sentence = _("The unit was corrected.") if changed else _("Nothing was changed.")
            messages.success(request, sentence)
            return redirect("organizations:unit", pk)
    context = {
        "unit": found,
        "form": form,
        "with_signs": with_signs,
        "can_reorganize": can(request.user, Permission.UNIT_REORGANIZE, found),
        "timeline": timeline_of(found),
    }
    return render(request, "organizations/edit_unit.html", context)
