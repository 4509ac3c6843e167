"""Roles × permissions, and the form that changes one role."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.accounts.models import Role
from thongsuot.core.access import require
from thongsuot.core.refusals import Refused
from thongsuot.organizations.forms.rights import RoleForm
from thongsuot.organizations.permissions_of_rights import can_see_rights, can_shape_roles
from thongsuot.organizations.queries import rights
from thongsuot.organizations.services.rights import change_role, make_role, reset_role, retire_role
from thongsuot.organizations.views.rights.giving import done
from thongsuot.organizations.views.who import person_acting


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """What each role allows, all on one sheet."""
    by = person_acting(request)
    require(can_see_rights(by))
    shown = list(Role.objects.in_use().in_order())
    context = {
        "roles": shown,
        "groups": rights.matrix(shown),
        "asking": [role for role in shown if role.second_step_since],
        "retired": Role.objects.exclude(retired_at=None).in_order(),
        "may_shape": can_shape_roles(by),
    }
    return render(request, "organizations/rights/roles.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    by = person_acting(request)
    require(can_shape_roles(by))
    form = RoleForm(request.POST or None)
    if form.is_valid() and done(form, lambda: make_role(by=by, **form.cleaned_data)):
        messages.success(request, _("The role is made. It can be given now."))
        return redirect("rights:roles")
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    by = person_acting(request)
    require(can_shape_roles(by))
    role = get_object_or_404(Role.objects.in_use(), pk=code)
    form = RoleForm(request.POST or None, role=role)
    if form.is_valid() and done(form, lambda: change_role(by=by, role=role, **form.cleaned_data)):
        messages.success(request, _("The role is changed, for everybody who holds it."))
        return redirect("rights:roles")
    return _form(request, form, role)


@require_POST
def reset(request: HttpRequest, code: str) -> HttpResponse:
    by = person_acting(request)
    require(can_shape_roles(by))
    reset_role(by=by, role=get_object_or_404(Role, pk=code))
    messages.success(request, _("The role is as the catalogue says again."))
    return redirect("rights:roles")


@require_POST
def retire(request: HttpRequest, code: str) -> HttpResponse:
    by = person_acting(request)
    require(can_shape_roles(by))
    role = get_object_or_404(Role, pk=code)
    try:
        retire_role(by=by, role=role)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("rights:role", role.code)
    messages.success(request, _("The role is given to nobody any more."))
    return redirect("rights:roles")


def _form(request: HttpRequest, form: RoleForm, role: Role | None) -> HttpResponse:
    shown = role or Role()
    chosen = _chosen(form, "permissions", shown.can_do)
    entrusted = _chosen(form, "gives", shown.can_give)
    context = {
        "form": form,
        "role": role,
        "groups": [
            (
                label,
                [
                    (one, words, rights.cell_of(shown, one), one in chosen, one in entrusted)
                    for one, words in permissions
                ],
            )
            for label, permissions in rights.permissions_by_group()
        ],
    }
    return render(request, "organizations/rights/role.html", context)


def _chosen(form: RoleForm, name: str, has: frozenset[str]) -> set[str]:
    """What is ticked: as it was sent, or as the role stands."""
    return set(form.data.getlist(name)) if form.is_bound else set(has)  # type: ignore[attr-defined]  # a QueryDict
