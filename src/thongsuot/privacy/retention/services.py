"""Choosing periods, and keeping back what a proceeding needs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.refusals import Refused
from thongsuot.core.retention import LONGEST, DataClass, registered
from thongsuot.privacy.models import LegalHold, RetentionPeriod
from thongsuot.privacy.permissions import can_manage_privacy_everywhere, can_manage_privacy_in

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit
    from thongsuot.organizations.reach import Viewer


@transaction.atomic
def change_period(*, by: User, data_class: DataClass, days: int, reason: str, was: int) -> None:
    """Keep a class for so many days from now on. ``was`` is what the person saw: of two at once, the second is told."""
    require(can_manage_privacy_everywhere(by))
    if not data_class.least <= days <= LONGEST:
        sentence = _("Data of this class is kept for %(least)s to %(most)s days.")
        raise Refused(sentence % {"least": data_class.least, "most": LONGEST}, "days")
    if not reason.strip():
        raise Refused(_("Say why the period is changed."), "reason")
    told = {"changed_at": now(), "changed_by": by}
    start = told | {"days": data_class.days()}
    period, _made = RetentionPeriod.objects.get_or_create(data_class=data_class.name, defaults=start)
    if not RetentionPeriod.objects.filter(pk=period.pk, days=was).update(days=days, **told):
        raise Refused(_("Somebody else has just changed this period. Look at it again."), "changed")
    record(
        "retention.period_changed",
        by=by,
        on=period,
        reason=reason,
        before={"days": was},
        after={"days": days},
        days=days,
    )


@transaction.atomic
def place_hold(
    *, by: User, unit: Unit | None, data_class: str, reason: str, until: dt.date | None
) -> LegalHold:
    """Remove nothing of a class, of a unit with all below it, or of both, until the hold is lifted or over."""
    require(can_manage_privacy_everywhere(by) if unit is None else can_manage_privacy_in(by, unit))
    known = {one.name: one for one in registered()}
    if data_class and data_class not in known:
        raise Refused(_("There is no such class of data."), "class")
    if unit is not None and data_class and not known[data_class].store.knows_units:
        sentence = _("Data of this class belongs to no unit. Hold the whole class, or choose another one.")
        raise Refused(sentence, "no_unit")
    if not reason.strip():
        raise Refused(_("Say why the data must stay."), "reason")
    if until is not None and until < today():
        raise Refused(_("The last day of a hold lies in the past."), "until")
    same = LegalHold.objects.in_force().filter(
        unit=unit, data_class=data_class, placed_by=by, reason=reason, until=until
    )
    if (already := same.first()) is not None:
        return already  # sent twice
    hold = LegalHold.objects.create(
        unit=unit, data_class=data_class, reason=reason, until=until, placed_by=by
    )
    record("retention.hold_placed", by=by, on=hold, unit_id=unit.pk if unit else None, reason=reason)
    return hold


@transaction.atomic
def lift_hold(*, by: User, hold: LegalHold, reason: str) -> None:
    """End a hold: what it kept goes with the next run if its time is over."""
    require(may_lift(by, hold))
    if not reason.strip():
        raise Refused(_("Say why the hold is no longer needed."), "reason")
    open_ones = LegalHold.objects.filter(pk=hold.pk, lifted_at=None)
    if not open_ones.update(lifted_at=now(), lifted_by=by):
        raise Refused(_("This hold has already been lifted."), "lifted")
    record("retention.hold_lifted", by=by, on=hold, unit_id=hold.unit_id, reason=reason)


def may_lift(user: Viewer, hold: LegalHold) -> bool:
    """Whoever could have placed it."""
    if hold.unit is None:
        return can_manage_privacy_everywhere(user)
    return can_manage_privacy_in(user, hold.unit)
