"""Noting who looked at personal data of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.models import Reading, Way
from thongsuot.audit.services.recording import key_of
from thongsuot.core.origin import origin
from thongsuot.core.retention import DataClass, Rows

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


def old_readings(before: dt.datetime) -> models.QuerySet[Reading]:
    return Reading._default_manager.filter(at__lt=before)


def forget_readings(keys: Sequence[Any]) -> int:
    """Delete these; how many there still were."""
    # Both parts of the key by themselves: as pairs PostgreSQL compares each row with every pair, fifteen times slower.
    parts = {"unit_id__in": {unit for unit, _key in keys}, "id__in": [key for _unit, key in keys]}
    gone, _by_model = Reading._default_manager.filter(**parts).delete()
    return gone


READINGS = DataClass(
    "audit.readings",
    _("Who looked at personal data"),
    _(
        "That an account saw or exported names and data of people of a unit: when, how many, from which network."
    ),
    _("The row is deleted."),
    lambda: settings.READING_DAYS,
    Rows(old_readings, forget_readings, since="at", unit="unit_id", order="at"),
    least=30,
)
