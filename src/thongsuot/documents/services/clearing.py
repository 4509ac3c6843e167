"""What is not needed goes, what got stuck goes on: papers put aside, checks and readings whose process has ended."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from thongsuot.audit.services import record
from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue
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
    clear_put_aside()


def queue_lost_readings() -> int:
    """Queue papers anew that nobody has read since long ago: their job may be gone, and reading twice does no harm."""
    before = now() - A_READING_IS_LOST
    waiting = Intake.objects.filter(state=IntakeState.READING, created_at__lt=before).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            enqueue(read_intake, key)
    return len(keys)


def clear_put_aside() -> int:
    """Clear papers put aside ``settings.PUT_ASIDE_DAYS`` ago; how many. That there was one stays known."""
    before = now() - dt.timedelta(days=settings.PUT_ASIDE_DAYS)
    aside = Intake.objects.filter(state=IntakeState.DISCARDED)
    old = aside.filter(Q(put_aside_at__lt=before) | Q(put_aside_at=None, created_at__lt=before))
    kept = old.exclude(text="", file=None)
    keys = list(kept.order_by("pk").values_list("pk", flat=True))
    Intake.objects.filter(state=IntakeState.REFUSED, created_at__lt=before).delete()
    return sum(_clear(key) for key in keys)


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
