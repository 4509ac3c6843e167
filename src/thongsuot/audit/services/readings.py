"""Noting who looked at personal data of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from thongsuot.audit.models import Reading, Way
from thongsuot.audit.services.recording import key_of
from thongsuot.core.clock import now
from thongsuot.core.origin import origin

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

_waiting: ContextVar[list[Reading] | None] = ContextVar("readings", default=None)


def note_reading(
    *,
    by: User,
    what: str,
    unit_id: int,
    count: int,
    on: models.Model | None = None,
    person_id: int | None = None,
    way: Way = Way.PAGE,
) -> None:
    """Note that names or data of ``count`` other people of a unit were shown to this person.

    ``what`` is a code with a sentence (``say`` of ``audit.queries``). On a page the row is written with the
    answer, once a request whatever the page notes; a page that fails shows nothing and notes nothing.
    """
    if not count:
        return
    reading = Reading(
        unit_id=unit_id,
        by=by,
        what=what,
        way=way,
        object_type=on._meta.label_lower if on is not None else "",
        object_id=key_of(on) if on is not None else "",
        person_id=person_id,
        count=count,
        address=origin().address,
    )
    waiting = _waiting.get()
    if waiting is None:
        reading.save(force_insert=True)
    else:
        waiting.append(reading)


@contextmanager
def gathered() -> Iterator[list[Reading]]:
    """Hold what is noted inside back; whoever opened this writes it (``write_gathered``) when the answer is made."""
    readings: list[Reading] = []
    token = _waiting.set(readings)
    try:
        yield readings
    finally:
        _waiting.reset(token)


def write_gathered(readings: list[Reading]) -> None:
    if readings:
        Reading._default_manager.bulk_create(readings)


def forget_readings() -> int:
    """Delete what is older than ``READING_DAYS``; how many rows it was. Runs by itself once a day."""
    until = now() - dt.timedelta(days=settings.READING_DAYS)
    gone, _by_model = Reading._default_manager.filter(at__lt=until).delete()
    return gone
