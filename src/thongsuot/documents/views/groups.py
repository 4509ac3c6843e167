"""Saved groups of units: the list, and the page on which one is made or changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from thongsuot.accounts.roles import Permission
from thongsuot.core.refusals import refusal_on
from thongsuot.documents.forms.send import GroupForm
from thongsuot.documents.models import UnitGroup
from thongsuot.documents.queries.whom import groups_of, how_many, what_a_group_means
from thongsuot.documents.services import delete_group, save_group
from thongsuot.documents.views.send import sender_of
from thongsuot.documents.views.viewer import viewer
from thongsuot.documents.views.whom import chosen_in, offered
from thongsuot.documents.whom import Whom
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import own_units


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """The groups of the units in whose name the person sends."""
    user = viewer(request)
    return render(request, "documents/groups.html", {"groups": groups_of(user, _senders(request))})


def new_group(request: HttpRequest) -> HttpResponse:
    senders = _senders(request)
    unit = sender_of(senders, request.POST.get("sender") or request.GET.get("sender"))
    return _edit(request, unit, None, {"senders": senders})


def edit_group(request: HttpRequest, key: int) -> HttpResponse:
    group = _group(request, key)
    return _edit(request, group.unit, group, {"senders": []})


@require_POST
def remove_group(request: HttpRequest, key: int) -> HttpResponse:
    group = _group(request, key)
    delete_group(by=viewer(request), group=group)
    messages.success(request, _("The group “%(name)s” is no longer offered.") % {"name": group.name})
    return redirect("documents:groups")


def _edit(request: HttpRequest, unit: Unit, group: UnitGroup | None, context: dict[str, Any]) -> HttpResponse:
    user = viewer(request)
    before = what_a_group_means(group) if group else Whom()
    whom = chosen_in(request, unit) if request.method == "POST" else before
    if request.method == "POST" and "asking" in request.POST:
        context = {"count": how_many(unit, whom), "whom": whom, "is_group": True}
        return render(request, "documents/_how_many.html", context)
    form = GroupForm(unit=unit, initial={"name": request.POST.get("name", group.name if group else "")})
    status = 200
    if request.method == "POST" and not {"pick", "find", "count"} & set(request.POST):
        form, status = GroupForm(request.POST, unit=unit), 422
        if form.is_valid():
            with refusal_on(form):
                saved = save_group(
                    by=user, unit=unit, name=form.cleaned_data["name"], whom=form.whom, group=group
                )
                messages.success(request, _("The group “%(name)s” is saved.") % {"name": saved.name})
                return redirect("documents:groups")
    context |= {"form": form, "unit": unit, "group": group, "whom": whom, "is_group": True}
    context |= {"offer": offered(request, user, unit, whom, groups=False), "count": how_many(unit, whom)}
    return render(request, "documents/group.html", context, status=status)


def _senders(request: HttpRequest) -> list[Unit]:
    senders = own_units(viewer(request), Permission.DOCUMENT_SEND)
    if not senders:
        raise PermissionDenied
    return senders


def _group(request: HttpRequest, key: int) -> UnitGroup:
    return get_object_or_404(UnitGroup.objects.visible_to(request.user).select_related("unit"), pk=key)
