"""The people of a unit: the list, somebody new, entries that may be one person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import note_reading
from thongsuot.core.access import require
from thongsuot.core.pages import MOST_COUNTED, paginate
from thongsuot.core.refusals import refusal_on
from thongsuot.core.search import searchable
from thongsuot.organizations.forms.people import NewPersonForm
from thongsuot.organizations.models import MASS_KINDS, Person, Unit, UnitKind
from thongsuot.organizations.queries import people
from thongsuot.organizations.reach import can
from thongsuot.organizations.services import add_person
from thongsuot.organizations.views.unit import unit_or_404
from thongsuot.organizations.views.who import person_acting

ONLY: dict[str, str | Promise] = {
    "": gettext_lazy("everybody"),
    "head": gettext_lazy("heads of units"),
    "post": gettext_lazy("who holds a post"),
    "member": gettext_lazy("members of cells"),
    "mass": gettext_lazy("members of mass organisations"),
}


@require_GET
def people_of_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Who holds a post or is a member in a unit and below, as far as one may know."""
    unit = unit_or_404(request, pk)
    chosen = _filter(request, unit)
    page = paginate(request, people.people_in(request.user, chosen), most=MOST_COUNTED)
    lines = people.lines_of(request.user, page.object_list, unit)
    note_reading(by=person_acting(request), what="people.list", unit_id=pk, count=len(lines), on=unit)
    context = {
        "unit": unit,
        "chosen": chosen,
        "only": ONLY,
        "titles": people.titles_in(request.user, unit),
        "page": page,
        "lines": lines,
        "can_keep": can(request.user, Permission.PEOPLE_MANAGE, unit),
    }
    return render(request, "organizations/people/list.html", context)


def _filter(request: HttpRequest, unit: Unit) -> people.PeopleFilter:
    typed = request.GET.get("q", "").strip()[:200]
    only = request.GET.get("la", "")
    return people.PeopleFilter(
        text=typed if searchable(typed) else "",
        only=only if only in ONLY else "",
        title=request.GET.get("chuc-vu", "")[:120],
        unit=unit,
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody new; whoever may already be here is shown first."""
    unit = unit_or_404(request, pk)
    require(can(request.user, Permission.PEOPLE_MANAGE, unit))
    form = NewPersonForm(request.POST or None, has_members=unit.kind in (UnitKind.CELL, *MASS_KINDS))
    same: list[Person] = []
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        if not entered["is_another"]:
            name = searchable(entered["name"])
            same = people.same_contacts(name, entered["phone"], entered["email"], unit)
        if not same and (person := _added(request, unit, form)):
            messages.success(request, _("%(name)s was added.") % {"name": person.name})
            return redirect(person)
    context = {"unit": unit, "form": form, "same": same}
    return render(request, "organizations/people/add.html", context)


def _added(request: HttpRequest, unit: Unit, form: NewPersonForm) -> Person | None:
    entered: dict[str, Any] = form.cleaned_data
    is_member = bool(entered.get("as_member"))
    with refusal_on(form):
        return add_person(
            by=person_acting(request),
            name=entered["name"],
            code=entered["code"],
            email=entered["email"],
            phone=entered["phone"],
            cell=unit if is_member and unit.kind == UnitKind.CELL else None,
            organisation=unit if is_member and unit.kind in MASS_KINDS else None,
            since=entered["since"],
            post=form.post_in(unit),
        )
    return None


@require_GET
def alike(request: HttpRequest, pk: int) -> HttpResponse:
    """Entries of a unit and below that may be one person."""
    unit = unit_or_404(request, pk)
    require(can(request.user, Permission.PEOPLE_MANAGE, unit))
    page = paginate(request, people.alike_in(request.user, unit))
    note_reading(
        by=person_acting(request), what="people.list", unit_id=pk, count=2 * len(page.object_list), on=unit
    )
    return render(request, "organizations/people/alike.html", {"unit": unit, "page": page})
