"""The periods the office chose and its holds, as ``core.retention`` asks for them."""

from __future__ import annotations

from django.db.models import QuerySet

from thongsuot.core.retention import DataClass, Spared, Terms, registered
from thongsuot.organizations.models import Unit
from thongsuot.privacy.models import LegalHold, RetentionPeriod


def current_terms() -> Terms:
    """Two queries, whatever is registered."""
    days = dict(RetentionPeriod.objects.values_list("data_class", "days"))
    holds = list(LegalHold.objects.in_force().select_related("unit"))
    return Terms(days, {one.name: _spared(one, holds) for one in registered()})


def _spared(data_class: DataClass, holds: list[LegalHold]) -> Spared:
    about = [hold for hold in holds if hold.data_class in ("", data_class.name)]
    if any(hold.unit is None for hold in about):
        return Spared(everything=True)
    units = [hold.unit for hold in about if hold.unit is not None]
    if not units or not data_class.store.knows_units:
        return Spared()
    return Spared(units=_below(units))


def _below(units: list[Unit]) -> QuerySet[Unit, int]:
    """A hold on a unit keeps what belongs to it, to all below it, and to the ended units whose heir it is."""
    return Unit.objects.under(*units).order_by().values_list("pk", flat=True)
