"""The sign of life of long work: how many pages are done, written beside it so that the work waits for nobody.

The rows have ``pages_done``, ``pages_all`` and ``beat_at``.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.models import QuerySet

from thongsuot.core.clock import now

logger = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_BETWEEN_SIGNS = 15.0
# After which somebody who looks takes the work for ended.
WITHOUT_A_SIGN = dt.timedelta(minutes=2)


class Withdrawn(BaseException):  # no error: nobody wants the work any more
    """The row went out of the set while the work was done. Nothing that catches errors may swallow it."""


@contextmanager
def pulse(rows: QuerySet[Any], name: str) -> Iterator[Progress]:
    """Gives the function to tell pages done and pages all; raises ``Withdrawn`` there once ``rows`` are none."""
    beating = _Pulse(rows)
    companion = None
    if not getattr(settings, "JOBS_INLINE", False):
        companion = threading.Thread(target=beating.beat, name=f"pulse-{name}", daemon=True)
        companion.start()
    try:
        yield beating.tell
    finally:
        beating.ended.set()
        if companion is not None:
            companion.join()


class _Pulse:
    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows
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
