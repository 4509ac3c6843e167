"""Roles that ask for a second step at signing in: whoever holds one without is led to set it up before anything else.

Setting one up is always open to them, so nobody is locked out by it; a lost telephone is helped by an administrator,
and the last administrator by ``thongsuot second-step`` at the computer itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from thongsuot.accounts.models import User
from thongsuot.core.clock import today
from thongsuot.core.ui.words import day
from thongsuot.organizations.models.units import day_before
from thongsuot.organizations.reach import grants_of, has_second_step

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

TOLD = "second_step_told"
PAGE = "rights:second_step"
# What setting one up needs, and leaving.
OPEN = frozenset(
    {
        PAGE,
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "account_change_password",
        "account_logout",
    }
)


@dataclass(frozen=True)
class Demand:
    """What asks somebody who has none for a second step, and from which day on nothing else is open."""

    role: str
    starts: dt.date

    @property
    def last_day(self) -> dt.date | None:
        return day_before(self.starts)

    @property
    def is_due(self) -> bool:
        return self.starts <= today()


def demand_on(user: Viewer) -> Demand | None:
    """The first of the roles that ask for it; nothing for who has a second step. No query beyond the grants."""
    asking = [
        (grant.second_step_from, grant.role_name) for grant in grants_of(user) if grant.second_step_from
    ]
    if not asking or not isinstance(user, User) or has_second_step(user):
        return None
    starts, role = min(asking)
    return Demand(role, starts)


def signed_in_by_trusted_office(request: HttpRequest) -> bool:
    if not settings.OFFICE_IS_SECOND_STEP or not isinstance(request.user, User):
        return False
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "socialaccount" for record in records)


class SecondStepMiddleware:
    """Stands last: the address is known, and who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_args: Any) -> HttpResponse | None:
        match = request.resolver_match
        if not getattr(view, "login_required", True) or match is None or match.view_name in OPEN:
            return None
        demand = demand_on(request.user) if request.user.is_authenticated else None
        if demand is None or signed_in_by_trusted_office(request):
            return None
        if not demand.is_due:
            _tell(request, demand)
            return None
        if "HX-Request" in request.headers:
            return HttpResponse(headers={"HX-Redirect": redirect(PAGE).url})
        return redirect(PAGE)


def _tell(request: HttpRequest, demand: Demand) -> None:
    """Once a sign-in, on the first whole page."""
    if request.method != "GET" or "HX-Request" in request.headers or request.session.get(TOLD):
        return
    request.session[TOLD] = True
    sentence = _(
        "The role “%(role)s” asks for a second step at signing in. Set it up under “My account” by %(day)s."
    )
    messages.warning(request, sentence % {"role": demand.role, "day": day(demand.last_day)})
