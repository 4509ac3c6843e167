"""Work beside the answer, for bytes that may not be written down: a thread of the serving process, few at a time.

A queue would keep them before anybody knows what they are (Law 117/2025/QH15, article 5). So the thread has the bytes,
the database a row that says how far it is (``core.pulse``), and whoever ends the process ends the work: the row then
gives no sign of life any more, and the file has to be handed in again.
"""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from thongsuot.core.refusals import Refused

# Each holds up to 25 MB and most of a core.
AT_ONCE = 2
_room = threading.BoundedSemaphore(AT_ONCE)


class Place:
    """Room for one piece of work; it is given back when the work has ended, or when none was begun."""

    def __init__(self) -> None:
        self.is_taken = False

    def begin(self, work: Callable[[], None], name: str) -> None:
        """Run ``work`` in a thread with the context of the caller; at once and in line where ``JOBS_INLINE`` is set."""
        self.is_taken = True
        if getattr(settings, "JOBS_INLINE", False):
            _run(work, lambda: None)
            return
        context = contextvars.copy_context()
        # A daemon: who stops the server is not kept waiting for work that can be handed in again.
        thread = threading.Thread(
            target=context.run, args=(_run, work, connections.close_all), name=name, daemon=True
        )
        try:
            thread.start()
        except BaseException:
            self.is_taken = False
            raise


def _run(work: Callable[[], None], close: Callable[[], None]) -> None:
    try:
        work()
    finally:
        _room.release()
        close()


@contextmanager
def place_beside() -> Iterator[Place]:
    """Room for work beside the answer; ``Refused`` with code "busy" where this process has as much as it bears."""
    if not _room.acquire(blocking=False):
        sentence = _(
            "Two long files are being read at this moment. Wait until one of them is done, then hand this one in again."
        )
        raise Refused(sentence, "busy")
    place = Place()
    try:
        yield place
    finally:
        if not place.is_taken:
            _room.release()
