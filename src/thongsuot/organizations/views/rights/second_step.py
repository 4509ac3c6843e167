"""The page that leads to a second step, and who has none though a role asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from thongsuot.accounts.models import Role
from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import note_reading
from thongsuot.core.access import require
from thongsuot.core.pages import paginate
from thongsuot.organizations.letting_in import may_invite_somebody
from thongsuot.organizations.models import RoleGrant
from thongsuot.organizations.permissions_of_rights import can_see_rights
from thongsuot.organizations.queries import rights
from thongsuot.organizations.reach import asked_from
from thongsuot.organizations.second_step import Demand, demand_on
from thongsuot.organizations.views.who import person_acting


@dataclass(frozen=True)
class Row:
    """A role that asks, held by somebody without; ``by_office``: the office's provider is trusted to have asked."""

    grant: RoleGrant
    demand: Demand
    person_id: int | None
    by_office: bool


@require_GET
def needed(request: HttpRequest) -> HttpResponse:
    """Where somebody lands who has to set one up."""
    demand = demand_on(person_acting(request))
    if demand is None:
        return redirect("accounts:own")
    return render(request, "organizations/rights/second_step.html", {"demand": demand})


@require_GET
def without(request: HttpRequest) -> HttpResponse:
    by = person_acting(request)
    require(can_see_rights(by))
    page = paginate(request, rights.grants_without_second_step(by))
    top = rights.top_unit(by, Permission.RIGHTS_READ)
    if top:
        seen = {grant.user_id for grant in page.object_list} - {by.pk}
        note_reading(by=by, what="rights.holders", unit_id=top.pk, count=len(seen))
    may_open = may_invite_somebody(by)
    context = {
        "page": page,
        "rows": [_row(grant, may_open) for grant in page.object_list],
        "asking": Role.objects.exclude(second_step_since=None).exists(),
    }
    return render(request, "organizations/rights/without_second_step.html", context)


def _row(grant: RoleGrant, may_open: bool) -> Row:
    starts = asked_from(grant.role, grant.valid_from)
    person = getattr(grant.user, "person", None)
    return Row(
        grant,
        Demand(grant.role.label, starts or grant.valid_from),
        person.pk if person and may_open else None,
        settings.OFFICE_IS_SECOND_STEP and bool(getattr(grant, "has_office", False)),
    )
