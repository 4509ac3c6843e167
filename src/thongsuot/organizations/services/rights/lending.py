"""Lending authority for a while: by whoever is away, or by an administrator with the document that decides it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import NEVER_LENT, Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.refusals import Refused
from thongsuot.organizations.letting_in.rights import withdraw_weaker_invitation
from thongsuot.organizations.models import Delegation, Unit
from thongsuot.organizations.permissions_of_rights import can_give_roles_in, may_put_into_hands, own_grants
from thongsuot.organizations.reach import grants_of, shared_part

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def lend_authority(
    *,
    by: User,
    principal: User,
    delegate: User,
    unit: Unit,
    permissions: Iterable[Permission],
    since: dt.date,
    until: dt.date,
    reaches_subtree: bool = True,
    decided_by: str = "",
) -> Delegation:
    """Let another person use some of the principal's authority in a unit until a day. It need not be accepted."""
    _require_lending(by, principal, delegate, unit, reaches_subtree, decided_by)
    wanted = frozenset(permissions)
    if by.pk != principal.pk:  # a loan is no way round what one may give
        hands = may_put_into_hands(by, unit, reaches_subtree=reaches_subtree, whose=delegate)
        require(wanted <= hands)
    _refuse_what_cannot_be_lent(principal, unit, reaches_subtree, wanted)
    if since < today():
        raise Refused(_("Authority is lent from today on, or from a later day."), code="since")
    if until <= since:
        raise Refused(_("The end lies before the beginning."), code="until")
    if not delegate.is_active:
        raise Refused(_("This person may not sign in. Choose somebody else."), code="delegate")
    delegation = Delegation.objects.create(
        principal=principal,
        delegate=delegate,
        unit=unit,
        reaches_subtree=reaches_subtree,
        permissions=sorted(wanted),
        valid_from=since,
        valid_to=until,
        decided_by=decided_by.strip(),
        made_by=by,
    )
    withdraw_weaker_invitation(by=by, user=delegate, unit_id=unit.pk)
    record(
        "authority.lent",
        by=by,
        on=delegation,
        principal=principal.pk,
        delegate=delegate.pk,
        permissions=sorted(wanted),
        valid_from=since.isoformat(),
        valid_to=until.isoformat(),
    )
    return delegation


@transaction.atomic
def revoke_authority(*, by: User, delegation: Delegation, reason: str = "") -> Delegation:
    """Take it back at once: whoever lent it, whoever holds it, or who gives roles in the unit."""
    require(
        by.pk in (delegation.principal_id, delegation.delegate_id) or can_give_roles_in(by, delegation.unit),
        _("Only the two people concerned and an administrator of the unit can take this back."),
    )
    if delegation.valid_to is not None and delegation.valid_to <= today():
        raise Refused(_("This has ended by itself already."), code="over")
    taken = Delegation.objects.filter(pk=delegation.pk, revoked_at=None).update(
        revoked_at=now(), revoked_by=by
    )
    if not taken:
        raise Refused(_("Somebody has taken this back already."), code="revoked")
    record("authority.taken_back", by=by, on=delegation, reason=reason.strip())
    delegation.refresh_from_db()
    return delegation


def _require_lending(
    by: User, principal: User, delegate: User, unit: Unit, reaches_subtree: bool, decided_by: str
) -> None:
    if by.pk == principal.pk:
        lends = [grant for grant in own_grants(by) if Permission.AUTHORITY_LEND in grant.permissions]
        require(
            any(shared_part(grant, unit, reaches_subtree) for grant in lends),
            _("Only whoever leads a unit can lend their authority there."),
        )
    else:
        require(
            can_give_roles_in(by, unit, reaches_subtree=reaches_subtree) and by.pk != delegate.pk,
            _(
                "Authority is lent by whoever has it, or by an administrator, and never by the one who receives it."
            ),
        )
        if not decided_by.strip():
            raise Refused(_("Name the document that decides this."), code="decided_by")
    if principal.pk == delegate.pk:
        raise Refused(_("Authority is lent to somebody else."), code="delegate")


def _refuse_what_cannot_be_lent(
    principal: User, unit: Unit, reaches_subtree: bool, wanted: frozenset[Permission]
) -> None:
    """Each permission is one the principal has somewhere in what is lent, by a role of their own."""
    if not wanted:
        raise Refused(_("Choose what is lent."), code="permissions")
    has: frozenset[Permission] = frozenset().union(
        *(
            grant.permissions
            for grant in grants_of(principal)
            if grant.lent_by is None and shared_part(grant, unit, reaches_subtree)
        )
    )
    if not wanted <= has - NEVER_LENT:
        raise Refused(
            _("Only authority that the person has by a role of their own in this unit can be lent."),
            code="permissions",
        )
