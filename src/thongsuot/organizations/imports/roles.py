"""Roles in a table of people: which are meant, whether the sender may give them, and what is held already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation

from thongsuot.accounts.models import Role, User
from thongsuot.core.clock import today
from thongsuot.core.text import fold
from thongsuot.core.ui.words import day as in_words
from thongsuot.organizations.imports.values import Row, WrongRowError, day_of
from thongsuot.organizations.letting_in.rights import may_invite_somebody
from thongsuot.organizations.models import Person, RoleGrant, Unit
from thongsuot.organizations.permissions_of_rights import can_give, can_give_roles_in

if TYPE_CHECKING:
    from thongsuot.organizations.imports.places import Places

COLUMNS = ("role", "role_unit", "role_from", "role_to")


@dataclass(frozen=True)
class WantedRole:
    """A role of a row, in order by itself; ``since`` is empty when the row names no day."""

    role: Role
    unit: Unit
    since: dt.date | None
    until: dt.date | None


@dataclass(frozen=True)
class HeldRole:
    """A role somebody has, or will have after the rows read so far."""

    role_id: str
    unit_id: int
    since: dt.date
    until: dt.date | None

    def meets(self, wanted: WantedRole) -> bool:
        """The same role in the same unit, on a day that is still to come or on the day the row names."""
        day = wanted.since or today()
        lasts = self.until is None or self.until > min(day, today())
        begins = wanted.until is None or self.since < wanted.until
        return (self.role_id, self.unit_id) == (wanted.role.pk, wanted.unit.pk) and lasts and begins


class RolesOfFile:
    """Looks at the roles of a file with the rights of whoever sent it."""

    def __init__(self, by: User, places: Places) -> None:
        self.by, self.places = by, places
        self._by_name: dict[str, Role] | None = None

    def understood(self, row: Row, unit: Unit) -> WantedRole | None:
        """What the row asks for; without a unit of its own, the role is in the unit of the post or in the cell."""
        name = row.get("role")
        if not name:
            if any(row.get(column) for column in COLUMNS):
                raise WrongRowError("no_role")
            return None
        role = self._known().get(fold(name))
        if role is None:
            raise WrongRowError("unknown_role", value=name[:80])
        if row.get("role_unit"):
            unit = self.places.get(row.get("role_unit"))
        since, until = day_of(row.get("role_from")), day_of(row.get("role_to"))
        if until and until <= (since or today()):
            raise WrongRowError("ends_before")
        if unit.valid_to:
            raise WrongRowError("unit_ends", day=in_words(unit.valid_to), unit=unit.name)
        return WantedRole(role, unit, since, until)

    def _known(self) -> Mapping[str, Role]:
        """The roles that may still be given, by every name they have: read when the first row asks."""
        if self._by_name is None:
            self._by_name = {}
            for role in Role.objects.in_use().in_order():
                names = {role.code}
                for language in ("vi", "en"):
                    with translation.override(language):
                        names.add(role.label)
                self._by_name |= {fold(name): role for name in names}
        return self._by_name

    def to_give(
        self, wanted: WantedRole | None, person: Person, held: Iterable[HeldRole]
    ) -> WantedRole | None:
        """The role as it will be given; nothing when it is held already. Refused where the sender may not give it."""
        if wanted is None or any(one.meets(wanted) for one in held):
            return None
        if wanted.since and wanted.since < today():
            raise WrongRowError("role_past")
        if person.user_id is None and not may_invite_somebody(self.by):
            raise WrongRowError("no_account")
        below = wanted.role.reaches_subtree
        # Nobody's account yet: somebody else's hands in any case.
        whose = User(pk=person.user_id)
        may = can_give_roles_in(self.by, wanted.unit, reaches_subtree=below) and can_give(
            self.by, wanted.role, wanted.unit, reaches_subtree=below, whose=whose
        )
        if not may:
            raise WrongRowError("role_beyond", role=wanted.role.label, unit=wanted.unit.name)
        return WantedRole(wanted.role, wanted.unit, wanted.since or today(), wanted.until)


def roles_held(people: Sequence[Person]) -> dict[int, list[HeldRole]]:
    """By the key of the account, the roles of these people that are not over, in one query."""
    accounts = [person.user_id for person in people if person.user_id]
    held: dict[int, list[HeldRole]] = {}
    for row in RoleGrant.objects.filter(user__in=accounts) if accounts else ():
        if row.valid_to != row.valid_from:
            one = HeldRole(row.role_id, row.unit_id, row.valid_from, row.valid_to)
            held.setdefault(row.user_id, []).append(one)
    return held
