"""Giving, prolonging and ending roles. Nobody gives further than they reach, or more than they may hand on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from thongsuot.accounts.models import Role
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.refusals import Refused
from thongsuot.organizations.letting_in.rights import withdraw_weaker_invitation
from thongsuot.organizations.models import RoleGrant, Unit
from thongsuot.organizations.permissions_of_rights import can_give, can_give_roles_in
from thongsuot.organizations.reach import forget_grants
from thongsuot.organizations.services.rights.administrators import an_administrator_stays

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def give_role(
    *,
    by: User,
    user: User,
    unit: Unit,
    role: Role,
    since: dt.date,
    until: dt.date | None = None,
    reaches_subtree: bool | None = None,
    decided_by: str = "",
) -> RoleGrant:
    """Give a role in a unit from a day on; whether it reaches the units below follows the role unless said."""
    below = role.reaches_subtree if reaches_subtree is None else reaches_subtree
    # Held until the end: a role cannot be retired, or get other permissions, between the check and the grant.
    role = Role.objects.select_for_update(no_key=True).get(pk=role.pk)
    _require_giving(by, role, unit, below, user)
    if role.retired_at:
        raise Refused(_("This role is no longer given. Choose another one."), code="role")
    _refuse_wrong_days(unit, since, until)
    meeting = _meeting(
        RoleGrant.objects.filter(user=user, unit=unit, role=role).select_for_update(), since, until
    )
    if meeting:
        raise Refused(
            _("This person already has the role in this unit in that time. Prolong it instead."), code="user"
        )
    grant, _made = RoleGrant.objects.update_or_create(
        # A role taken back on its first day left a row that is in force on no day.
        user=user,
        unit=unit,
        role=role,
        valid_from=since,
        defaults={"valid_to": until, "reaches_subtree": below, "decided_by": decided_by.strip()},
    )
    record("role.given", by=by, on=grant, after=_codes(grant))
    withdraw_weaker_invitation(by=by, user=user, unit_id=unit.pk)
    return grant


@transaction.atomic
def prolong_role(*, by: User, grant: RoleGrant, until: dt.date | None, decided_by: str = "") -> RoleGrant:
    """Let a role that is in force, or will be, last longer; without a day, until it is ended."""
    grant = _held(grant)
    _require_giving(by, grant.role, grant.unit, grant.reaches_subtree, grant.user)
    if grant.valid_to is None or grant.valid_to <= today():
        raise Refused(_("Only a role that has an end and is not over can be prolonged."), code="until")
    if until is not None and until <= grant.valid_to:
        raise Refused(_("The new end lies after the present one."), code="until")
    others = RoleGrant.objects.filter(user=grant.user_id, unit=grant.unit_id, role=grant.role_id)
    if _meeting(others.exclude(pk=grant.pk), grant.valid_from, until):
        raise Refused(_("The same role is already given for a later time."), code="until")
    before = _codes(grant)
    grant.valid_to = until
    grant.decided_by = decided_by.strip() or grant.decided_by
    grant.save(update_fields=["valid_to", "decided_by"])
    record("role.prolonged", by=by, on=grant, before=before, after=_codes(grant))
    return grant


@transaction.atomic
def end_role(*, by: User, grant: RoleGrant, on: dt.date | None = None, reason: str = "") -> RoleGrant:
    """End a role from a day on, today unless said. One's own role may always be given back."""
    with an_administrator_stays():
        forget_grants(by)  # while this waited for its turn, somebody may have ended theirs
        grant = _held(grant)
        if grant.user_id != by.pk:
            _require_giving(by, grant.role, grant.unit, grant.reaches_subtree, grant.user)
        day = on or today()
        if day < today():
            raise Refused(_("What was done with the role stays done: it ends today or later."), code="on")
        if grant.valid_to is not None and grant.valid_to <= day:
            raise Refused(_("The role has ended by then already."), code="on")
        before = _codes(grant)
        grant.valid_to = max(day, grant.valid_from)
        grant.save(update_fields=["valid_to"])
        record("role.ended", by=by, on=grant, reason=reason.strip(), before=before, after=_codes(grant))
    return grant


def _require_giving(by: User, role: Role, unit: Unit, below: bool, whose: User) -> None:
    require(
        can_give_roles_in(by, unit, reaches_subtree=below),
        _("You may not give roles that reach this far."),
    )
    require(
        can_give(by, role, unit, reaches_subtree=below, whose=whose),
        _("This role allows more than you may put into these hands."),
    )


def _held(grant: RoleGrant) -> RoleGrant:
    rows = RoleGrant.objects.select_related("unit", "role", "user")
    return rows.select_for_update(of=("self",)).get(pk=grant.pk)


def _refuse_wrong_days(unit: Unit, since: dt.date, until: dt.date | None) -> None:
    if since < today():
        raise Refused(_("A role begins today or later."), code="since")
    if until is not None and until <= since:
        raise Refused(_("The end lies before the beginning."), code="until")
    if unit.valid_to is not None and unit.valid_to <= since:
        raise Refused(_("This unit has ended by then. Choose the one that took over."), code="unit")


def _meeting(rows: QuerySet[RoleGrant], since: dt.date, until: dt.date | None) -> bool:
    """Whether any of the grants is in force on a day of the period."""
    meets = Q(valid_to=None) | Q(valid_to__gt=since)
    if until is not None:
        meets &= Q(valid_from__lt=until)
    return any(row.valid_to != row.valid_from for row in rows.filter(meets))


def _codes(grant: RoleGrant) -> dict[str, object]:
    return {
        "user": grant.user_id,
        "role": grant.role_id,
        "reaches_subtree": grant.reaches_subtree,
        "valid_from": grant.valid_from.isoformat(),
        "valid_to": grant.valid_to.isoformat() if grant.valid_to else None,
    }
