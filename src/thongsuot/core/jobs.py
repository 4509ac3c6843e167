"""Work that runs later: the one seam to the queue (django-q2 on our own database; docs/adr/0004).

A job is a module-level function that takes keys, never objects, and is harmless when run twice. It is put
into the queue in the transaction of the act that needs it, so a rolled-back act leaves no job behind. A killed
worker's job runs again, a failing one is tried three times and then shown to the administrator.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django_q.tasks import async_task


def enqueue(job: Callable[..., object], *keys: str | int) -> None:
    """Run ``job(*keys)`` later; at once and in line where ``JOBS_INLINE`` is set (tests, loading)."""
    if getattr(settings, "JOBS_INLINE", False):
        job(*keys)
        return
    async_task("thongsuot.core.jobs.run", job.__module__, job.__qualname__, *keys, task_name=_name(job))


def enqueue_once(job: Callable[..., object], *keys: str | int) -> None:
    """Like ``enqueue``, but while the same job waits it is not queued again: for work that takes all there is."""
    if getattr(settings, "JOBS_INLINE", False):
        job(*keys)
        return
    if cache.add(_waiting(job, keys), 1, timeout=60):
        async_task("thongsuot.core.jobs.run", job.__module__, job.__qualname__, *keys, task_name=_name(job))


def run(module: str, name: str, *keys: Any) -> None:
    """What the worker calls."""
    job = getattr(import_module(module), name)
    # Before the work, not after: who asks while it runs gets another run that sees what they wrote.
    cache.delete(_waiting(job, keys))
    job(*keys)


def _name(job: Callable[..., object]) -> str:
    return f"{job.__module__.removeprefix('thongsuot.')}.{job.__qualname__}"


def _waiting(job: Callable[..., object], keys: tuple[Any, ...]) -> str:
    return "job:" + ":".join([_name(job), *map(str, keys)])
