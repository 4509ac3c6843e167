"""Accounts of people: who may let whom in, and the acts. What an invitation is, is known by ``accounts``."""

from thongsuot.organizations.letting_in.queries import (
    Entry,
    account_of,
    address_of_user,
    entries_of,
    people_in_charge_of,
)
from thongsuot.organizations.letting_in.rights import (
    may_invite_somebody,
    units_in_charge,
    who_else_may,
    whom_may_invite,
    whom_may_manage,
)
from thongsuot.organizations.letting_in.services import (
    MOST_AT_ONCE,
    close_account_of,
    invite_people,
    link_office_account_of,
    open_account_of,
    remove_second_factors_of,
    revoke_invitations_of,
)

__all__ = [
    "MOST_AT_ONCE",
    "Entry",
    "account_of",
    "address_of_user",
    "close_account_of",
    "entries_of",
    "invite_people",
    "link_office_account_of",
    "may_invite_somebody",
    "open_account_of",
    "people_in_charge_of",
    "remove_second_factors_of",
    "revoke_invitations_of",
    "units_in_charge",
    "who_else_may",
    "whom_may_invite",
    "whom_may_manage",
]
