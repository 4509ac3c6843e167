"""Work that runs by itself: what waits, what has failed, and trying it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_q.models import Failure, OrmQ

from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue
from thongsuot.core.refusals import Refused

MOST = 100


@dataclass(frozen=True)
class FailedJob:
    """A job that has failed. ``error`` is the last line of what it said: the cause, without data of people."""

    key: str
    name: str
    stopped: dt.datetime
    tries: int
    error: str


@dataclass(frozen=True)
class WaitingJob:
    name: str
    running: bool


def failed_jobs() -> list[FailedJob]:
    """Newest first."""
    rows = Failure.objects.order_by("-stopped", "id")[:MOST]
    return [
        FailedJob(row.id, row.name, row.stopped, row.attempt_count, _last_line(row.result)) for row in rows
    ]


def waiting_jobs() -> list[WaitingJob]:
    """Oldest first; one that a worker has taken is locked for as long as it may run."""
    moment = now()
    rows = OrmQ.objects.order_by("pk")[:MOST]
    return [WaitingJob(row.name() or "", bool(row.lock and row.lock > moment)) for row in rows]


def _last_line(result: Any) -> str:
    lines = str(result or "").strip().splitlines()
    return lines[-1][:300] if lines else ""


@transaction.atomic
def retry_job(key: str) -> str:
    """Put a failed job into the queue again and forget the failure; its name. A job is harmless when run twice."""
    row = Failure.objects.filter(pk=key).first()
    job, keys = _job_of(row.args) if row else (None, ())
    if row is None or job is None:
        raise Refused(_("This job can no longer be tried again. Reload the page."), "job")
    name = str(row.name)
    row.delete()
    enqueue(job, *keys)
    return name


def _job_of(args: Any) -> tuple[Callable[..., object] | None, tuple[Any, ...]]:
    """The function behind (module, name, keys), as ``core.jobs`` puts it there; of ours only."""
    if not isinstance(args, tuple | list) or len(args) < 2 or not str(args[0]).startswith("thongsuot."):
        return None, ()
    try:
        job = getattr(import_module(args[0]), args[1], None)
    except ImportError:
        return None, ()
    return job, tuple(args[2:])
