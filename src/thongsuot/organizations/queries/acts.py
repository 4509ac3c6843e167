"""Which acts about a person somebody sees: on pages about units and papers everybody sees what was done there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from thongsuot.accounts.roles import Permission
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import grants_with, reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def reads_acts_of_no_unit(user: Viewer) -> bool:
    """What concerns the whole installation is for those who look after all of it."""
    return any(
        grant.reaches_subtree and grant.unit.depth == 0 and Permission.JOBS_READ in grant.permissions
        for grant in grants_with(user, Permission.AUDIT_READ)
    )


def acts_seen_by(user: Viewer) -> Q:
    """Acts in units whose record the person reads, and the person's own."""
    units = Unit.objects.filter(reach(user, Permission.AUDIT_READ, field=""))
    seen = Q(by=user.pk) | Q(unit_id__in=units.values("pk"))
    return seen | Q(unit_id=None) if reads_acts_of_no_unit(user) else seen
