"""Rights by the book: every question answered by walking everything, with none of the product's code for rights.

A plain definition to compare with. It knows the tree by parents only, asks each grant and each loan in turn, and
never makes a range, a cache or a condition.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from thongsuot.accounts.models import User
from thongsuot.accounts.roles import Permission
from thongsuot.organizations.models import Delegation, RoleGrant, Unit

UNLENDABLE = {
    "rights.give",
    "roles.shape",
    "authority.lend",
    "account.invite",
    "account.manage",
    "privacy.manage",
}


@dataclass
class Book:
    """All there is, as it stands today."""

    day: dt.date
    units: list[Unit]
    grants: list[RoleGrant]
    loans: list[Delegation]
    parent: dict[int, int | None] = field(default_factory=dict)
    ended: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.parent = {unit.pk: unit.parent_id for unit in self.units}
        self.ended = {unit.pk for unit in self.units if unit.valid_to and unit.valid_to <= self.day}

    def may(self, user: User, permission: Permission, unit: int) -> bool:
        """By a role of one's own here, or by what somebody lends who has it here by a role of theirs."""
        if self._has(user.pk, permission, unit):
            return True
        return any(
            loan.delegate_id == user.pk
            and loan.revoked_at is None
            and loan.principal.is_active
            and self._in_force(loan.valid_from, loan.valid_to)
            and permission in set(loan.permissions) - UNLENDABLE
            and self._includes(loan.unit_id, loan.reaches_subtree, unit)
            and self._has(loan.principal_id, permission, unit)
            for loan in self.loans
        )

    def where(self, user: User, permission: Permission) -> set[int]:
        return {unit.pk for unit in self.units if self.may(user, permission, unit.pk)}

    def rows(self, user: User, permission: Permission) -> Callable[[int], bool]:
        """Whether a row of a unit is within reach."""
        reached = self.where(user, permission)
        return lambda unit: unit in reached

    def _has(self, user: int, permission: Permission, unit: int) -> bool:
        return any(
            grant.user_id == user
            and self._in_force(grant.valid_from, grant.valid_to)
            and permission in grant.role.permissions
            and self._includes(grant.unit_id, grant.reaches_subtree, unit)
            for grant in self.grants
        )

    def _in_force(self, since: dt.date, until: dt.date | None) -> bool:
        return since <= self.day and (until is None or self.day < until)

    def _includes(self, top: int, below: bool, unit: int) -> bool:
        if top == unit:
            return True
        if not below:
            # Who answers for a unit answers for what ended and hangs below it.
            return unit in self.ended and self.parent[unit] == top
        above = self.parent[unit]
        while above is not None:
            if above == top:
                return True
            above = self.parent[above]
        return False
