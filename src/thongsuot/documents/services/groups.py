"""Saved groups of units: made, changed and given up by whoever sends in the name of their unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.documents.models.groups import UnitGroup, UnitGroupMember
from thongsuot.documents.permissions import can_send
from thongsuot.documents.whom import LEVELS, Whom
from thongsuot.organizations.models import UnitKind
from thongsuot.organizations.queries import units_below

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit


@transaction.atomic
def save_group(*, by: User, unit: Unit, name: str, whom: Whom, group: UnitGroup | None = None) -> UnitGroup:
    """Write what the group means: a rule, units below the unit by name, and those left out."""
    require(can_send(by, unit) and (group is None or group.unit_id == unit.pk))
    name = nfc(name).strip()
    if not name:
        raise Refused(_("Give the group a name."), "no_name")
    if whom.is_empty:
        raise Refused(_("Choose at least one unit or one rule."), "no_units")
    named = whom.units | whom.without
    if units_below(unit).filter(pk__in=named).count() != len(named):
        raise Refused(_("A group holds only units in force below its own."), "outside")
    group = group or UnitGroup(unit=unit)
    group.name, group.changed_at, group.changed_by = name, now(), by
    group.levels = [level for level in LEVELS if level in whom.levels]
    group.kinds = [kind for kind in UnitKind.values if kind in whom.kinds]
    verb = "unit_group.changed" if group.pk else "unit_group.made"
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise Refused(_("The unit has a group of this name already."), "name") from None
    UnitGroupMember.objects.filter(group=group).delete()
    UnitGroupMember.objects.bulk_create(
        [
            UnitGroupMember(group=group, unit_id=key, is_exception=key in whom.without)
            for key in sorted(named)
        ],
        batch_size=500,
    )
    record(verb, by=by, on=group, units=len(whom.units), left_out=len(whom.without))
    return group


@transaction.atomic
def delete_group(*, by: User, group: UnitGroup) -> None:
    """Give the group up; what was sent to it stays sent."""
    require(can_send(by, group.unit))
    record("unit_group.deleted", by=by, on=group)
    group.delete()
