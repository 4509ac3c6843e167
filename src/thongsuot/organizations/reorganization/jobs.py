"""What the worker does for reorganisations, again and again."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import Error, transaction

from thongsuot.core.clock import now, today
from thongsuot.organizations.hooks import units_succeeded
from thongsuot.organizations.models import Reorganization, ReorganizationState
from thongsuot.organizations.reorganization.carrying_out import carry_out, take_turn
from thongsuot.organizations.reorganization.undoing import handover_of

MINUTES_BETWEEN_LOOKS = 1
SETTLING = dt.timedelta(hours=1)
logger = logging.getLogger(__name__)


def carry_out_due() -> None:
    """Carry out what is due, the oldest first: at midnight, or when a worker that was stopped is back.

    An accident of the database (a dead-lock, a lost connection) leaves it scheduled for the next look.
    """
    due = Reorganization.objects.filter(state=ReorganizationState.SCHEDULED, effective_on__lte=today())
    for key in due.order_by("effective_on", "scheduled_at", "pk").values_list("pk", flat=True):
        try:
            carry_out(key)
        except Error as error:
            logger.warning("Reorganisation %s was not carried out: %s", key, type(error).__name__)
    settle()


def settle() -> None:
    """Pass on once more what somebody wrote for a unit while it was ending, in a transaction of their own."""
    recent = Reorganization.objects.filter(state=ReorganizationState.DONE, ended_at__gt=now() - SETTLING)
    for key in recent.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            take_turn()
            done = Reorganization.objects.filter(pk=key, state=ReorganizationState.DONE).first()
            if done is not None:  # not undone in the meantime
                units_succeeded(handover_of(done))
