"""Authority lent for a while: who acts for whom, lending it, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.accounts.models import User
from thongsuot.accounts.roles import NEVER_LENT, Permission
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.keys import number_in
from thongsuot.core.pages import paginate
from thongsuot.core.refusals import Refused
from thongsuot.organizations.forms.rights import LendForm
from thongsuot.organizations.models import Delegation, Unit
from thongsuot.organizations.permissions_of_rights import (
    can_give_roles,
    can_give_roles_in,
    can_lend,
    can_see_rights,
    own_grants,
)
from thongsuot.organizations.queries import rights
from thongsuot.organizations.services.rights import lend_authority, revoke_authority
from thongsuot.organizations.views.rights.giving import account_in, done
from thongsuot.organizations.views.who import person_acting


@require_GET
def loans(request: HttpRequest) -> HttpResponse:
    """Loans that concern oneself, and those of the units whose rights one may see; the newest first."""
    by = person_acting(request)
    rows = rights.loans_visible_to(by).select_related("principal", "delegate", "unit", "revoked_by")
    page = paginate(request, rows.order_by("-made_at", "-pk"))
    context = {
        "page": page,
        "rows": [
            (loan, rights.sentences_of(loan), _state(loan), _may_revoke(by, loan))
            for loan in page.object_list
        ],
        "may_see_rights": can_see_rights(by),
        "may_lend": can_lend(by),
    }
    return render(request, "organizations/rights/loans.html", context)


@require_http_methods(["GET", "POST"])
def lend(request: HttpRequest) -> HttpResponse:
    """One's own authority, or somebody's by a decision: choose who receives it, then what and how long."""
    by = person_acting(request)
    principal = _principal_in(request, by)
    right = Permission.AUTHORITY_LEND if principal.pk == by.pk else Permission.RIGHTS_GIVE
    delegate = account_in(request, by, right)
    text = request.GET.get("q", "").strip()[:80]
    context: dict[str, object] = {"principal": principal, "account": delegate, "text": text}
    if delegate is None:
        found = rights.accounts_to_choose(by, right, text) if text else []
        context["people"] = [person for person in found if person.user_id != principal.pk]
        return render(request, "organizations/rights/lend.html", context)
    form = LendForm(
        request.POST or None, units=_units_of(principal, by), needs_document=principal.pk != by.pk
    )
    if form.is_valid() and done(
        form, lambda: lend_authority(by=by, principal=principal, delegate=delegate, **form.given())
    ):
        messages.success(request, _("The authority is lent."))
        return redirect("rights:loans")
    chosen = set(form.data.getlist("permissions")) if form.is_bound else set()  # type: ignore[attr-defined]  # a QueryDict
    context |= {"form": form, "groups": _can_be_lent(principal), "chosen": chosen}
    return render(request, "organizations/rights/lend.html", context)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    by = person_acting(request)
    loan = get_object_or_404(rights.loans_visible_to(by), pk=pk)
    try:
        revoke_authority(by=by, delegation=loan, reason=request.POST.get("reason", "")[:300])
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("The authority is taken back."))
    return redirect("rights:loans")


def _principal_in(request: HttpRequest, by: User) -> User:
    """Oneself, or for an administrator the person whose authority is to be lent."""
    key = number_in(request.GET.get("cua"))
    if not key or key == by.pk:
        require(can_lend(by))
        return by
    require(can_give_roles(by))
    principal = get_object_or_404(rights.accounts_visible_to(by), pk=key)
    if not _units_of(principal, by):
        raise Http404
    return principal


def _units_of(principal: User, by: User) -> list[Unit]:
    """Where there is something to lend: the units in which the principal holds roles."""
    if principal.pk == by.pk:
        return [grant.unit for grant in own_grants(by) if Permission.AUTHORITY_LEND in grant.permissions]
    return [grant.unit for grant in own_grants(principal) if can_give_roles_in(by, grant.unit)]


def _can_be_lent(principal: User) -> list[tuple[str, list[tuple[Permission, str]]]]:
    has: frozenset[Permission] = frozenset().union(*(grant.permissions for grant in own_grants(principal)))
    groups = [
        (label, [(one, words) for one, words in permissions if one in has - NEVER_LENT])
        for label, permissions in rights.permissions_by_group()
    ]
    return [(label, permissions) for label, permissions in groups if permissions]


def _state(loan: Delegation) -> str:
    if loan.revoked_at:
        return "taken_back"
    if loan.valid_to and loan.valid_to <= today():
        return "over"
    return "coming" if loan.valid_from > today() else "in_force"


def _may_revoke(by: User, loan: Delegation) -> bool:
    concerned = by.pk in (loan.principal_id, loan.delegate_id) or can_give_roles_in(by, loan.unit)
    return concerned and _state(loan) in ("coming", "in_force")
