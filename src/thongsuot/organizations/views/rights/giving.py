"""Roles as they were given: the list, giving one, prolonging and ending it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.accounts.models import Role, User
from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import note_reading
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.keys import number_in
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import Refused
from thongsuot.organizations.forms.rights import EndForm, GiveForm, ProlongForm
from thongsuot.organizations.models import Person, RoleGrant, Unit
from thongsuot.organizations.permissions_of_rights import (
    can_give,
    can_give_roles,
    can_see_rights,
    can_shape_roles,
)
from thongsuot.organizations.queries import rights
from thongsuot.organizations.reach import reach
from thongsuot.organizations.services.rights import end_role, give_role, prolong_role
from thongsuot.organizations.views.who import person_acting

if TYPE_CHECKING:
    from django import forms
    from django.db.models import QuerySet

STATES = ("", "sap-toi", "da-het")


@require_GET
def grant_list(request: HttpRequest) -> HttpResponse:
    """Who holds which role where; also those to come and those that are over."""
    by = person_acting(request)
    require(can_see_rights(by))
    state, text = request.GET.get("luc", ""), request.GET.get("q", "").strip()[:80]
    rows = _in_state(rights.grants_visible_to(by), state)
    if text:
        rows = rows.filter(user__person__in=Person.objects.search(text))
    role = Role.objects.filter(pk=request.GET.get("vai-tro", "")[:40]).first()
    if role:
        rows = rows.filter(role=role)
    asked = number_in(request.GET.get("don-vi"))
    unit = (
        Unit.objects.filter(reach(by, Permission.RIGHTS_READ, field=""), pk=asked).first() if asked else None
    )
    if unit:
        rows = rows.filter(unit=unit)
    rows = rows.select_related("user", "unit", "role").order_by("unit__path", "role_id", "valid_from", "pk")
    page = paginate(request, rows)
    top = rights.top_unit(by, Permission.RIGHTS_READ)
    if top:
        seen = {row.user_id for row in page.object_list} - {by.pk}
        note_reading(by=by, what="rights.holders", unit_id=top.pk, count=len(seen))
    context = {
        "unit": unit,
        "page": page,
        "rows": [(row, state != "da-het" and _may_change(by, row)) for row in page.object_list],
        "state": state if state in STATES else "",
        "text": text,
        "role": role,
        "roles": Role.objects.in_order(),
        "may_give": can_give_roles(by),
        "may_shape": can_shape_roles(by),
    }
    return render(request, "organizations/rights/list.html", context)


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Choose the person, then the unit, then the role and how long."""
    by = person_acting(request)
    require(can_give_roles(by))
    user = account_in(request, by, Permission.RIGHTS_GIVE)
    unit = _unit_in(request.GET.get("noi"), by)
    text = request.GET.get("q", "").strip()[:80]
    context: dict[str, object] = {"account": user, "unit": unit, "text": text}
    if user is None:
        context["people"] = rights.accounts_to_choose(by, Permission.RIGHTS_GIVE, text) if text else []
    elif unit is None:
        context["units"] = rights.units_to_ask_about(by, Permission.RIGHTS_GIVE, text) if text else []
        context["tops"] = rights.own_tops(by, Permission.RIGHTS_GIVE)
    else:
        form = GiveForm(request.POST or None, by=by, user=user, unit=unit)
        if form.is_valid() and done(form, lambda: give_role(by=by, user=user, unit=unit, **form.given())):
            messages.success(request, _("The role is given."))
            return redirect("rights:person", user.pk)
        context["form"] = form
    return render(request, "organizations/rights/give.html", context)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    by, grant = person_acting(request), _grant_or_404(request, pk)
    require(_may_change(by, grant) or grant.user_id == by.pk)
    form = EndForm(request.POST or None)
    if form.is_valid() and done(form, lambda: end_role(by=by, grant=grant, **form.cleaned_data)):
        messages.success(request, _("The role is ended."))
        return redirect("rights:person", grant.user_id)
    return render(request, "organizations/rights/end.html", {"grant": grant, "form": form})


@require_http_methods(["GET", "POST"])
def prolong(request: HttpRequest, pk: int) -> HttpResponse:
    by, grant = person_acting(request), _grant_or_404(request, pk)
    require(_may_change(by, grant))
    form = ProlongForm(request.POST or None)
    if form.is_valid() and done(form, lambda: prolong_role(by=by, grant=grant, **form.given())):
        messages.success(request, _("The role is prolonged."))
        return redirect("rights:person", grant.user_id)
    return render(request, "organizations/rights/prolong.html", {"grant": grant, "form": form})


def _in_state(rows: QuerySet[RoleGrant], state: str) -> QuerySet[RoleGrant]:
    if state == "sap-toi":
        return rows.filter(valid_from__gt=today())
    if state == "da-het":
        return rows.filter(valid_to__lte=today())
    return rows & RoleGrant.objects.valid_on()


def _may_change(by: User, grant: RoleGrant) -> bool:
    return can_give(by, grant.role, grant.unit, reaches_subtree=grant.reaches_subtree, whose=grant.user)


def _grant_or_404(request: HttpRequest, pk: int) -> RoleGrant:
    rows = rights.grants_visible_to(request.user).select_related("user", "unit", "role")
    return get_object_or_404(rows, pk=pk)


def account_in(request: HttpRequest, by: User, right: Permission) -> User | None:
    """The account the address names; nobody out of reach is named by guessing keys."""
    key = number_in(request.GET.get("nguoi"))
    if not key:
        return None
    account = rights.account_to_choose(by, right, key)
    if account is None:
        raise Http404
    return account


def _unit_in(text: str | None, by: User) -> Unit | None:
    key = number_in(text)
    if not key:
        return None
    return get_object_or_404(Unit.objects.filter(reach(by, Permission.RIGHTS_GIVE, field="")), pk=key)


def done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do it; a refusal becomes a sentence at the field it names."""
    try:
        act()
    except Refused as refused:
        form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
        return False
    return True
