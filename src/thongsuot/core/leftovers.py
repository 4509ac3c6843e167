"""What our libraries leave in their tables and nobody needs for long: ended jobs, entries the cache has forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, models
from django.utils.translation import gettext_lazy as _
from django_q.models import Task

from thongsuot.core.retention import DataClass, Due, Rows, Spared


class CacheEntries:
    """What the shared cache no longer counts but its table still holds: tries to sign in, marks of jobs."""

    knows_units = False

    def due(self, before: dt.datetime, spared: Spared) -> Due:
        count, oldest = _count(before)
        return Due(held=count) if spared.everything else Due(count, oldest)

    def remove_some(self, before: dt.datetime, spared: Spared, limit: int) -> int:
        """All at once: there are never many."""
        if spared.everything:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {_table()} WHERE expires < %s", [_as_kept(before)])  # noqa: S608  # our own name
            return int(cursor.rowcount)


def _count(before: dt.datetime) -> tuple[int, dt.datetime | None]:
    with connection.cursor() as cursor:
        question = f"SELECT COUNT(*), MIN(expires) FROM {_table()} WHERE expires < %s"  # noqa: S608  # our own name
        cursor.execute(question, [_as_kept(before)])
        count, oldest = cursor.fetchone()
    # As the cache itself reads its table: each database keeps a moment in its own way.
    field = models.Expression(output_field=models.DateTimeField())
    for convert in [*connection.ops.get_db_converters(field), *field.get_db_converters(connection)]:
        oldest = convert(oldest, field, connection)
    return int(count), oldest


def _table() -> str:
    return connection.ops.quote_name(cache._table)  # type: ignore[attr-defined]  # only a cache in the database has one


def _as_kept(moment: dt.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _ended_jobs(before: dt.datetime) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = Task.objects.filter(stopped__lt=before)
    return rows


def _forget_jobs(keys: Sequence[Any]) -> int:
    return int(Task.objects.filter(pk__in=keys).delete()[0])


ENDED_JOBS = DataClass(
    "core.jobs",
    _("Background jobs that have ended"),
    _("What ran and when, with keys of rows; of a failed one the kind of its error. No names."),
    _("The row is deleted; a failed job can no longer be tried again."),
    lambda: settings.JOB_KEPT_DAYS,
    Rows(_ended_jobs, _forget_jobs, since="stopped"),
)
TRIES = DataClass(
    "core.tries",
    _("Counts of tries to sign in"),
    _("How often somebody tried to sign in, from where, as hashes. What counts no longer is read by nobody."),
    _("The entry is deleted."),
    lambda: settings.TRIES_KEPT_DAYS,
    CacheEntries(),
)
