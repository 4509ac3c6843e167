"""The accounts of the people one looks after: who has one, who is invited, and the sheets to hand out."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from thongsuot.accounts.mail import can_be_sent
from thongsuot.accounts.models import MailState
from thongsuot.accounts.queries import ways_of
from thongsuot.audit.queries import timeline_of
from thongsuot.audit.services import note_reading
from thongsuot.core.access import require
from thongsuot.core.keys import number_in
from thongsuot.core.pages import page_or_fragment, paginate
from thongsuot.organizations import letting_in
from thongsuot.organizations.forms.accounts import AccountFilters, CloseForm
from thongsuot.organizations.letting_in.sheets import sheets_of
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.queries.acts import acts_seen_by

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from thongsuot.accounts.models import User

_UNUSABLE = Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
_STATES = {
    "none": Q(user=None),
    "waiting": Q(user__is_active=True) & _UNUSABLE,
    "in_use": Q(user__is_active=True) & ~_UNUSABLE,
    "closed": Q(user__is_active=False),
}


@require_GET
def account_list(request: HttpRequest) -> HttpResponse:
    """Everybody in reach, and how their account stands."""
    user = _who(request)
    filters = AccountFilters(request.GET, user=user)
    page = paginate(request, _matching(user, filters))
    entries = letting_in.entries_of(user, list(page))
    _note(user, "people.accounts", len(entries))
    context = {"filters": filters, "page": page, "entries": entries, "most": letting_in.MOST_AT_ONCE}
    context["may_mail"] = can_be_sent()
    return page_or_fragment(request, "organizations/accounts/list.html", "_rows", context)


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Give the people ticked a way in; who is not written to gets a sheet."""
    user = _who(request)
    people = letting_in.people_in_charge_of(user)
    if request.POST.get("all_matching"):
        chosen = list(_matching(user, AccountFilters(QueryDict(request.POST.get("matching", "")), user=user)))
        allowed = letting_in.whom_may_invite(user, chosen)
        chosen = [person for person in chosen if person.pk in allowed]
    else:
        chosen = list(people.filter(pk__in=_keys(request.POST.getlist("people"))))
    if not chosen:
        messages.warning(request, _("Nobody was chosen."))
        return redirect("organizations:accounts")
    by_mail = request.POST.get("way") == "mail"
    made = letting_in.invite_people(by=user, people=chosen, origin=_origin(request), by_mail=by_mail)
    mailed = sum(invitation.mail_state != MailState.NONE for invitation in made)
    if mailed:
        told = ngettext("%(count)s letter is being sent.", "%(count)s letters are being sent.", mailed)
        messages.success(request, told % {"count": mailed})
    printed = {invitation.user_id for invitation in made if invitation.mail_state == MailState.NONE}
    if not printed:
        return redirect("organizations:accounts")
    query = QueryDict(mutable=True)
    query.setlist(
        "people", [str(key) for key in people.filter(user__in=printed).values_list("pk", flat=True)]
    )
    return redirect(f"{reverse('organizations:account_sheets')}?{query.urlencode()}")


@require_GET
@never_cache
def sheets(request: HttpRequest) -> HttpResponse:
    """The invitations of the people named, many on a page, to be cut apart."""
    user = _who(request)
    people = letting_in.people_in_charge_of(user).filter(pk__in=_keys(request.GET.getlist("people")))
    cards = sheets_of(user, list(people[: letting_in.MOST_AT_ONCE]))
    _note(user, "people.invitations", len(cards))
    context = {"sheets": cards}
    return render(request, "organizations/accounts/sheets.html", context)


@require_GET
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's account: how it stands, what may be done, what was done."""
    user = _who(request)
    person = _person(user, pk)
    _note(user, "people.accounts", 1, person)
    entry = letting_in.account_of(user, person)
    context = {
        "entry": entry,
        "who_else": ""
        if entry.may_invite or person.user_id == user.pk
        else letting_in.who_else_may(user, person),
        "ways": ways_of(person.user) if person.user else None,
        "timeline": timeline_of(person.user, within=acts_seen_by(user)) if person.user else [],
        "close_form": CloseForm(),
        "may_mail": can_be_sent(),
    }
    return render(request, "organizations/accounts/account.html", context)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    user = _who(request)
    if letting_in.revoke_invitations_of(by=user, person=_person(user, pk)):
        messages.success(request, _("The invitation no longer works."))
    return redirect("organizations:account", pk=pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    user = _who(request)
    reason = request.POST.get("reason", "")[:500]
    if letting_in.close_account_of(by=user, person=_person(user, pk), reason=reason):
        messages.success(request, _("The account is closed. Sessions have ended."))
    return redirect("organizations:account", pk=pk)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    user = _who(request)
    if letting_in.open_account_of(by=user, person=_person(user, pk)):
        messages.success(request, _("The account is open again."))
    return redirect("organizations:account", pk=pk)


@require_POST
def remove_second_factors(request: HttpRequest, pk: int) -> HttpResponse:
    user = _who(request)
    if letting_in.remove_second_factors_of(by=user, person=_person(user, pk)):
        messages.success(request, _("The second step is removed. The person should set up a new one."))
    return redirect("organizations:account", pk=pk)


@require_POST
def link_office(request: HttpRequest, pk: int) -> HttpResponse:
    user = _who(request)
    uid = request.POST.get("uid", "").strip()[:190]
    letting_in.link_office_account_of(by=user, person=_person(user, pk), uid=uid)
    messages.success(
        request, _("The office account is linked.") if uid else _("The office account is no longer linked.")
    )
    return redirect("organizations:account", pk=pk)


def _note(user: User, what: str, count: int, person: Person | None = None) -> None:
    """Names and addresses were looked at: noted for the unit in whose name the person looks after accounts."""
    unit_id = letting_in.units_in_charge(user)[0]
    note_reading(
        by=user, what=what, unit_id=unit_id, count=count, on=person, person_id=person.pk if person else None
    )


def _who(request: HttpRequest) -> User:
    user = cast("User", request.user)
    require(letting_in.may_invite_somebody(user))
    return user


def _person(user: User, pk: int) -> Person:
    return get_object_or_404(letting_in.people_in_charge_of(user), pk=pk)


def _matching(user: User, filters: AccountFilters) -> QuerySet[Person]:
    chosen = filters.chosen()
    unit: Unit | None = chosen.get("unit")
    people = letting_in.people_in_charge_of(user, unit).filter(_STATES.get(chosen.get("state", ""), Q()))
    return people.search(chosen["q"]) if chosen.get("q") else people  # type: ignore[attr-defined]  # PersonQuerySet


def _keys(given: list[str]) -> list[int]:
    return [key for text in given[: letting_in.MOST_AT_ONCE] if (key := number_in(text)) is not None]


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
