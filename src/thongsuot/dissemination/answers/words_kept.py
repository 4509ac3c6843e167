"""How long the words of reflections and commitments are kept. That somebody handed in stays, for the counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.retention import DataClass, Rows
from thongsuot.dissemination.models import ReflectionText
from thongsuot.dissemination.models.reflections import TEXTS_KEPT


def old_texts(before: dt.datetime) -> models.QuerySet[ReflectionText]:
    return ReflectionText._default_manager.filter(written_at__lt=before)


def forget_texts(keys: Sequence[Any]) -> int:
    """Delete these; how many there still were."""
    return ReflectionText._default_manager.filter(pk__in=keys).delete()[0]


WORDS_KEPT = DataClass(
    TEXTS_KEPT,
    _("Reflections and commitments"),
    _("What members wrote about a document, and why it was returned: encrypted."),
    _("The words are deleted; that somebody handed in stays counted."),
    lambda: settings.REFLECTION_DAYS,
    Rows(old_texts, forget_texts, since="written_at", unit="unit_id", order="written_at"),
    least=30,
)
