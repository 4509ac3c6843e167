"""What the worker does for reorganisations, again and again."""

from __future__ import annotations

import logging

from django.db import Error

from thongsuot.core.clock import today
from thongsuot.organizations.models import Reorganization, ReorganizationState
from thongsuot.organizations.reorganization.carrying_out import carry_out

MINUTES_BETWEEN_LOOKS = 1
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
