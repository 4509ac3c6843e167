"""Giving people accounts and ways in; closing and opening accounts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thongsuot.accounts import services
from thongsuot.accounts.mail import can_be_sent
from thongsuot.accounts.models import Invitation, User
from thongsuot.core.access import require
from thongsuot.core.refusals import Refused
from thongsuot.core.text import fold
from thongsuot.organizations.letting_in.queries import places_of
from thongsuot.organizations.letting_in.rights import (
    require_letting_in,
    whom_may_invite,
    whom_may_manage,
)
from thongsuot.organizations.models import Person
from thongsuot.organizations.services.rights.administrators import an_administrator_stays

MOST_AT_ONCE = 200
OFFICE = "office"  # the key of the provider in the settings


def invite_people(
    *, by: User, people: Sequence[Person], origin: str, by_mail: bool = True
) -> list[Invitation]:
    """Give each person an account, where there is none, and a way in: by mail where an address is known."""
    if len(people) > MOST_AT_ONCE:
        raise Refused(_("At most %(count)s people at once.") % {"count": MOST_AT_ONCE}, "too_many")
    require_letting_in(by, people)
    try:
        return _invite(by, [person.pk for person in people], origin, by_mail)
    except IntegrityError:
        raise Refused(
            _(
                "Somebody was giving these people accounts at the same moment. Look at the list and try again."
            ),
            "race",
        ) from None


@transaction.atomic
def _invite(by: User, keys: Sequence[int], origin: str, by_mail: bool) -> list[Invitation]:
    # Held: two clerks must not give one person two accounts.
    people = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    make_accounts([person for person in people if person.user_id is None])
    accounts = {user.pk: user for user in User.objects.filter(pk__in=[person.user_id for person in people])}
    if any(not user.is_active for user in accounts.values()):
        raise Refused(_("One of these accounts is closed. Open it first."), "account_closed")
    mailed = {person.user_id for person in people if by_mail and person.email and person.user_id}
    if not can_be_sent():
        mailed = set()
    places = places_of(people)
    units = {
        person.user_id: places[person.pk][1] for person in people if person.user_id and person.pk in places
    }
    return services.issue_invitations(
        by=by, users=list(accounts.values()), origin=origin, by_mail=mailed, units=units
    )


def make_accounts(people: Sequence[Person]) -> None:
    """Accounts without a way in, for people who have none; inside the transaction of whoever needs them."""
    names = suggest_usernames([person.name for person in people])
    accounts = [
        User(username=name, display_name=person.name) for name, person in zip(names, people, strict=True)
    ]
    for account in accounts:
        account.set_unusable_password()
    for person, account in zip(people, User.objects.bulk_create(accounts), strict=True):
        person.user = account
    Person.objects.bulk_update(people, ["user"])


def suggest_usernames(names: Sequence[str]) -> list[str]:
    """``Nguyễn Văn An`` → ``an.nguyenvan``, with a number behind it when that is taken."""
    chosen: list[str] = []
    bases = [_base_of(name) for name in names]
    taken = set(User.objects.filter(username__in=bases).values_list("username", flat=True))
    for base in bases:
        name, number = base, 1
        while name in taken or name in chosen:
            number += 1
            name = f"{base}{number}"
            if name not in chosen and User.objects.filter(username=name).exists():
                taken.add(name)
        chosen.append(name)
    return chosen


def _base_of(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", fold(name)) or ["nguoidung"]
    base = f"{words[-1]}.{''.join(words[:-1])}" if len(words) > 1 else words[0]
    return base[:50].ljust(3, "0")


def revoke_invitations_of(*, by: User, person: Person) -> int:
    """Take back the ways in that are open."""
    require(person.pk in whom_may_invite(by, [person]))
    return services.revoke_invitations(by=by, user=_account(person), unit_id=_unit_of(person))


def close_account_of(*, by: User, person: Person, reason: str = "") -> bool:
    """End the person's sessions and let nobody sign in until the account is opened again."""
    require(person.pk in whom_may_manage(by, [person]))
    with transaction.atomic(), an_administrator_stays():
        return services.close_account(by=by, user=_account(person), reason=reason, unit_id=_unit_of(person))


def open_account_of(*, by: User, person: Person) -> bool:
    require(person.pk in whom_may_manage(by, [person]))
    return services.open_account(by=by, user=_account(person), unit_id=_unit_of(person))


def remove_second_factors_of(*, by: User, person: Person) -> bool:
    """For somebody who has lost telephone and recovery codes: the password alone is enough until the next one."""
    require(person.pk in whom_may_manage(by, [person]))
    require_letting_in(by, [person])
    return services.remove_second_factors(by=by, user=_account(person), unit_id=_unit_of(person))


def link_office_account_of(*, by: User, person: Person, uid: str) -> None:
    """Tie the account to the key by which the office's provider knows the person; an empty key unties it."""
    require(person.pk in whom_may_manage(by, [person]))
    require_letting_in(by, [person])
    user, unit_id = _account(person), _unit_of(person)
    services.unlink_provider(by=by, user=user, unit_id=unit_id)
    if uid:
        services.link_provider(by=by, user=user, provider=OFFICE, uid=uid, unit_id=unit_id)


def _account(person: Person) -> User:
    if person.user is None:
        raise Refused(_("This person has no account."), "no_account")
    return person.user


def _unit_of(person: Person) -> int | None:
    place = places_of([person]).get(person.pk)
    return place[1] if place else None
