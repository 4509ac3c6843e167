"""Work that runs later: the one seam to the queue (django-q2 on our own database; docs/adr/0004).

A job is a module-level function that takes keys, never objects, and is harmless when run twice. It is put
into the queue in the transaction of the act that needs it, so a rolled-back act leaves no job behind. A killed
worker's job runs again, a failing one is tried three times and then shown to the administrator.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone
from django_q.models import Schedule
from django_q.tasks import async_task

from thongsuot.core.origin import Origin, Source, coming_from

DAY = 24 * 60 * 60
SECONDS_A_MARK_HOLDS = 60
Wish = tuple[Callable[..., object], tuple[str | int, ...]]
logger = logging.getLogger(__name__)


class JobFailedError(RuntimeError):
    """A job ended with an error; which kind and where, never what it said."""


class GivenUpError(RuntimeError):
    """A job was begun as often as a failing one is tried, and no worker lived to see its end."""


_held: ContextVar[dict[Wish, None] | None] = ContextVar("held", default=None)


@contextmanager
def held() -> Iterator[None]:
    """Keep the jobs of everything inside back and run each once, here, at the end: for loading whole places."""
    waiting: dict[Wish, None] = {}
    token = _held.set(waiting)
    try:
        yield
    finally:
        _held.reset(token)
    for job, keys in waiting:
        job(*keys)


def _is_held(job: Callable[..., object], keys: tuple[str | int, ...]) -> bool:
    waiting = _held.get()
    if waiting is not None:
        waiting[job, keys] = None
    return waiting is not None


def enqueue(job: Callable[..., object], *keys: str | int) -> None:
    """Run ``job(*keys)`` later; at once and in line where ``JOBS_INLINE`` is set (tests)."""
    if _is_held(job, keys):
        return
    if getattr(settings, "JOBS_INLINE", False):
        job(*keys)
        return
    _put(job, keys)


def enqueue_once(job: Callable[..., object], *keys: str | int) -> None:
    """Like ``enqueue``, but while the same job waits it is not queued again: for work that takes all there is.

    Asked after the commit, not in the transaction: the waiting job may begin before this act is committed, and
    would not see it. Should the process die in between, the next act or ``check_data --repair`` makes up for it.
    """
    if _is_held(job, keys):
        return
    if getattr(settings, "JOBS_INLINE", False):
        job(*keys)
        return

    def put() -> None:
        if cache.get(_waiting(job, keys)):
            return  # nearly always in a busy hour: a look costs no turn at writing
        with transaction.atomic():
            if cache.add(_waiting(job, keys), 1, timeout=SECONDS_A_MARK_HOLDS):
                _put(job, keys)

    transaction.on_commit(put, robust=True)


def repeat(job: Callable[..., object], *, minutes: int) -> None:
    """Have the worker run ``job()`` again and again. Asked after each migration: a second time changes nothing."""
    if Schedule._meta.db_table not in connection.introspection.table_names():
        return  # only some apps were migrated; the next migration asks again
    name = _name(job)
    told = {
        "func": "thongsuot.core.jobs.run",
        "args": repr((job.__module__, job.__qualname__)),
        "schedule_type": Schedule.MINUTES,
        "minutes": minutes,
        "repeats": -1,
    }
    first = timezone.now() + dt.timedelta(minutes=minutes)
    Schedule.objects.update_or_create(name=name, defaults=told, create_defaults=told | {"next_run": first})


def end_repeating(*names: str) -> None:
    """Take jobs that no version runs any more out of the timetable, by their names there."""
    if Schedule._meta.db_table in connection.introspection.table_names():
        Schedule.objects.filter(name__in=names).delete()


def next_run_of(job: Callable[..., object]) -> dt.datetime | None:
    """When the worker runs a repeated job next; nothing where it is not in the timetable."""
    moment: dt.datetime | None = (
        Schedule.objects.filter(name=_name(job)).values_list("next_run", flat=True).first()
    )
    return moment


def run(module: str, name: str, *keys: Any, token: str = "") -> None:
    """What the worker calls."""
    job = getattr(import_module(module), name)
    # Before the work, not after: who asks while it runs gets another run that sees what they wrote.
    cache.delete(_waiting(job, keys))
    tries = settings.JOB_TRIES
    if _count_beginning(token) > tries:
        message = f"{_name(job)} was begun {tries} times and never ended."
        raise GivenUpError(message)
    try:
        with coming_from(Origin(Source.JOB)):
            job(*keys)
    except Exception as error:
        # The queue keeps what an error says and shows it; a database says the whole row it refused.
        logger.error("%s failed", _name(job), exc_info=True)
        where = traceback.extract_tb(error.__traceback__)[-1]
        message = f"{_name(job)}: {type(error).__qualname__}, {Path(where.filename).name} line {where.lineno}"
        raise JobFailedError(message) from None
    cache.delete(_begun(token))


def _put(job: Callable[..., object], keys: tuple[Any, ...]) -> None:
    token = uuid.uuid4().hex
    async_task(
        "thongsuot.core.jobs.run", job.__module__, job.__qualname__, *keys, token=token, task_name=_name(job)
    )


def _count_beginning(token: str) -> int:
    # The queue counts failures only: a job that kills its worker each time would otherwise come back for ever.
    if not token:
        return 1
    begun = int(cache.get(_begun(token), 0)) + 1
    cache.set(_begun(token), begun, timeout=DAY)
    return begun


def _name(job: Callable[..., object]) -> str:
    return f"{job.__module__.removeprefix('thongsuot.')}.{job.__qualname__}"


def _waiting(job: Callable[..., object], keys: tuple[Any, ...]) -> str:
    # Hashed, because a key of the cache holds no spaces and not every letter.
    return "job:" + hashlib.sha256(repr((_name(job), keys)).encode()).hexdigest()


def _begun(token: str) -> str:
    return f"begun:{token}"
