"""The run that removes what has been kept long enough: once a day, and again where the time of a job was too short."""

from __future__ import annotations

import logging
import time
import traceback
import uuid
from pathlib import Path

from thongsuot.core.jobs import enqueue_once
from thongsuot.core.keys import uuid7
from thongsuot.core.retention import DataClass, due, period_of, registered, remove_expired
from thongsuot.privacy.models import Outcome, RetentionEntry

MINUTES_BETWEEN_RUNS = 24 * 60
# All classes together stay well below the time a job may take; what is left goes on in a run of its own.
SECONDS_FOR_ALL = 200
ROWS_AT_A_TIME = 500
logger = logging.getLogger(__name__)


class RetentionFailedError(RuntimeError):
    """Some classes could not be cleared; the others were."""


def remove_what_expired() -> None:
    """Go through all classes. One that fails stops no other; at the end the whole job fails, so that it is seen."""
    run, ends_at = uuid7(), time.monotonic() + SECONDS_FOR_ALL
    classes = registered()
    outcomes = [
        _clear(one, run, time.monotonic() + _share(ends_at, len(classes) - n))
        for n, one in enumerate(classes)
    ]
    if Outcome.CONTINUED in outcomes:
        enqueue_once(remove_what_expired)
    if failed := outcomes.count(Outcome.FAILED):
        message = f"{failed} of {len(classes)} classes could not be cleared."
        raise RetentionFailedError(message)


def _share(ends_at: float, left: int) -> float:
    """Of the time that is left, as much as is fair to those that come after."""
    return max(0.0, ends_at - time.monotonic()) / left


def _clear(data_class: DataClass, run: uuid.UUID, ends_at: float) -> Outcome:
    def note(count: int) -> None:
        _write(data_class, run, Outcome.REMOVED, count)

    try:
        remove_expired(
            data_class.name, note=note, goes_on=lambda: time.monotonic() < ends_at, limit=ROWS_AT_A_TIME
        )
        left = due(data_class)
        outcome = Outcome.CONTINUED if left.count and time.monotonic() >= ends_at else Outcome.FINISHED
        _write(data_class, run, outcome, left.held)
    except Exception as error:
        # What an error says may quote a row; where and of which kind it was is enough to find it.
        logger.error("Retention of %s failed", data_class.name, exc_info=True)
        where = traceback.extract_tb(error.__traceback__)[-1]
        failure = f"{type(error).__qualname__}, {Path(where.filename).name} line {where.lineno}"
        _write(data_class, run, Outcome.FAILED, 0, failure[:120])
        return Outcome.FAILED
    return outcome


def _write(data_class: DataClass, run: uuid.UUID, outcome: Outcome, count: int, failure: str = "") -> None:
    RetentionEntry.objects.create(
        run=run,
        data_class=data_class.name,
        outcome=outcome,
        count=count,
        days=period_of(data_class.name),
        failure=failure,
    )
