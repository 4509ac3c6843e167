"""The first unit and the first administrator of an installation: everything else is done by somebody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.models import Invitation, Role, User
from thongsuot.accounts.roles import BuiltIn
from thongsuot.accounts.services import issue_invitations
from thongsuot.audit.services import record
from thongsuot.core.clock import today
from thongsuot.core.refusals import Refused
from thongsuot.core.text import fold, nfc
from thongsuot.organizations.letting_in.services import suggest_usernames
from thongsuot.organizations.models import Person, Unit, UnitKind
from thongsuot.organizations.services.founding import enrol_people, found_units, grant_role

# The day of the two-level organisation (Law 72/2025/QH15): no unit of a catalogue is older.
TWO_LEVELS = dt.date(2025, 7, 1)
# By how the name begins, folded; the longer beginning first.
_KINDS = (
    ("tinh uy", UnitKind.PROVINCE_COMMITTEE),
    ("thanh uy", UnitKind.CITY_COMMITTEE),
    ("dang uy phuong", UnitKind.WARD_COMMITTEE),
    ("dang uy xa", UnitKind.COMMUNE_COMMITTEE),
    ("dang uy dac khu", UnitKind.COMMUNE_COMMITTEE),
    ("uy ban nhan dan", UnitKind.PEOPLES_COMMITTEE),
)


@dataclass(frozen=True)
class Beginning:
    """What was made: the top unit, its administrator, and the way in unless a password was chosen."""

    unit: Unit
    user: User
    invitation: Invitation | None


def is_founded() -> bool:
    """Whether anybody is there already."""
    return User.objects.exists() or Unit.objects.exists()


def kind_by_name(name: str) -> UnitKind | None:
    """The kind a name speaks of: "Tỉnh ủy Tây Ninh" is the committee of a province."""
    folded = fold(name)
    return next((kind for beginning, kind in _KINDS if folded.startswith(beginning)), None)


@transaction.atomic
def begin(
    *,
    unit_name: str,
    kind: UnitKind,
    person_name: str,
    username: str = "",
    email: str = "",
    password: str = "",
    origin: str,
    short_name: str = "",
    since: dt.date = TWO_LEVELS,
) -> Beginning:
    """Found the top unit with an administrator, once: the second who tries is told.

    The only service without ``by``: nobody is there yet. Whoever can run commands on the machine may do it.
    """
    # Held to the end: two at once must not both find the place empty.
    Role.objects.select_for_update().get(code=BuiltIn.ADMINISTRATOR)
    if is_founded():
        raise Refused(
            _("This installation has been founded already; nothing was changed."), "founded_already"
        )
    if since > today():
        raise Refused(_("The first day lies in the future."), "too_late")
    unit_name, person_name = nfc(unit_name).strip(), nfc(person_name).strip()
    unit = Unit(
        name=unit_name, short_name=nfc(short_name).strip() or unit_name[:80], kind=kind, valid_from=since
    )
    if email:
        validate_email(email)
    unit.clean_fields(exclude=["parent", "path", "depth", "search_text", "sort_key"])
    found_units([unit])
    user = User.objects.create_user(
        username=username or suggest_usernames([person_name])[0],
        password=password or None,
        display_name=person_name,
    )
    person = enrol_people([(person_name, None)], since=today())[0]
    Person.objects.filter(pk=person.pk).update(user=user, email=email)
    grant_role(user=user, unit=unit, role=BuiltIn.ADMINISTRATOR, since=today())
    record("installation.founded", by=user, on=unit, unit_id=unit.pk)
    if password:
        return Beginning(unit, user, None)
    invitation = issue_invitations(by=user, users=[user], origin=origin, units={user.pk: unit.pk})[0]
    return Beginning(unit, user, invitation)
