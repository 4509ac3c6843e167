"""Papers nobody registered go when their time is over; checks and readings whose process has ended go on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.services import record
from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue
from thongsuot.core.retention import DataClass, Rows
from thongsuot.documents.jobs import read_intake
from thongsuot.documents.models import Intake
from thongsuot.documents.models.intake import IntakeState
from thongsuot.documents.services.checking import close_abandoned_checks
from thongsuot.files.services import remove

# Longer than all tries of a job together (settings.JOB_TIMEOUT and its retries).
A_READING_IS_LOST = dt.timedelta(hours=2)


def tidy_desk() -> None:
    """Once an hour by the worker; harmless at any time."""
    close_abandoned_checks()
    queue_lost_readings()


def queue_lost_readings() -> int:
    """Queue papers anew that nobody has read since long ago: their job may be gone, and reading twice does no harm."""
    before = now() - A_READING_IS_LOST
    waiting = Intake.objects.filter(state=IntakeState.READING, created_at__lt=before).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            enqueue(read_intake, key)
    return len(keys)


def papers_put_aside(before: dt.datetime) -> models.QuerySet[Intake]:
    """Those of which file or text is still here."""
    put_aside = Intake.objects.filter(state=IntakeState.DISCARDED).exclude(text="", file=None)
    return put_aside.annotate(since=Coalesce("put_aside_at", "created_at")).filter(since__lt=before)


def clear_put_aside(keys: Sequence[Any]) -> int:
    """Clear papers put aside; how many. That there was one stays known."""
    return sum(_clear(key) for key in keys)


def papers_not_taken_in(before: dt.datetime) -> models.QuerySet[Intake]:
    return Intake.objects.filter(state=IntakeState.REFUSED, created_at__lt=before)


def forget_not_taken_in(keys: Sequence[Any]) -> int:
    return Intake.objects.filter(state=IntakeState.REFUSED, pk__in=keys).delete()[0]


@transaction.atomic
def _clear(key: int) -> bool:
    rows = Intake.objects.select_for_update(of=("self",)).select_related("file")
    intake = rows.filter(pk=key, state=IntakeState.DISCARDED).first()
    if intake is None:
        return False
    file = intake.file
    # The proposals quote the paper.
    intake.items.all().delete()
    intake.file, intake.sha256, intake.text, intake.pages = None, "", "", []
    intake.save(update_fields=["file", "sha256", "text", "pages"])
    if file is not None:
        remove(file)
    record("intake.cleared", by=None, on=intake)
    return True


PUT_ASIDE = DataClass(
    "documents.put_aside",
    _("Papers put aside"),
    _("The file, its text and what was read from it, of papers that nobody registered."),
    _("File, text and proposals are deleted; that there was a paper stays known."),
    lambda: settings.PUT_ASIDE_DAYS,
    Rows(papers_put_aside, clear_put_aside, since="since", unit="unit_id"),
)
NOT_TAKEN_IN = DataClass(
    "documents.not_taken_in",
    _("Papers that were not taken in"),
    _(
        "Who handed something in that could not be read or was refused, and when; neither its name nor its text."
    ),
    _("The row is deleted."),
    lambda: settings.PUT_ASIDE_DAYS,
    Rows(papers_not_taken_in, forget_not_taken_in, since="created_at", unit="unit_id"),
)
