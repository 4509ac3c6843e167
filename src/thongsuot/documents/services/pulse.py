"""The sign of life of a check: how many pages are done, written beside the work so that the work waits for nobody."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connections

from thongsuot.core.clock import now
from thongsuot.documents.models import Intake
from thongsuot.documents.models.intake import IntakeState

logger = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_BETWEEN_SIGNS = 15.0


class Withdrawn(BaseException):  # no error: the clerk does not want the paper any more
    """The intake has been put aside while it was checked. Nothing that catches errors may swallow it."""


@contextmanager
def pulse(key: int) -> Iterator[Progress]:
    """Gives the function to tell pages done and pages all; raises ``Withdrawn`` there once nobody wants the paper."""
    beating = _Pulse(key)
    companion = None
    if not getattr(settings, "JOBS_INLINE", False):
        companion = threading.Thread(target=beating.beat, name=f"pulse-{key}", daemon=True)
        companion.start()
    try:
        yield beating.tell
    finally:
        beating.ended.set()
        if companion is not None:
            companion.join()


class _Pulse:
    def __init__(self, key: int) -> None:
        self.rows = Intake.objects.filter(pk=key, state=IntakeState.CHECKING)
        self.done = self.all = 0
        self.is_wanted = True
        self.ended = threading.Event()

    def tell(self, done: int, total: int) -> None:
        self.done, self.all = done, total
        if not self.is_wanted:
            raise Withdrawn

    def beat(self) -> None:
        """Writes what has changed, and a sign of life from time to time, until the work has ended."""
        written, at = (0, 0), time.monotonic()
        try:
            while not self.ended.wait(SECONDS_BETWEEN_LOOKS):
                told = (self.done, self.all)
                if told == written and time.monotonic() - at < SECONDS_BETWEEN_SIGNS:
                    continue
                row = {"pages_done": told[0], "pages_all": told[1], "beat_at": now()}
                try:
                    self.is_wanted = bool(self.rows.update(**row))
                except (
                    DatabaseError
                ) as error:  # the next sign may get through; the work does not depend on it
                    logger.warning("A sign of life was not written: %s", type(error).__name__)
                    continue
                written, at = told, time.monotonic()
        finally:
            connections.close_all()
