"""What documents do later: harmless when run twice."""

from __future__ import annotations

import logging

from django.db import transaction

from thongsuot.documents.counting import fold
from thongsuot.documents.models import FlowCounter, FlowTotal, Intake, ReadingItem
from thongsuot.documents.models.intake import IntakeState
from thongsuot.documents.reading import proposals_of, reading_of
from thongsuot.formats.reading import READER_VERSION

logger = logging.getLogger(__name__)


def read_intake(key: int) -> None:
    """Propose what a kept text says. A text the reader cannot take apart becomes empty fields to fill by hand."""
    mine = Intake.objects.filter(pk=key, state=IntakeState.READING)
    intake = mine.select_related("file", "unit").first()
    if intake is None:
        return
    mine.update(progress=20)
    warnings = list(intake.warnings)
    reading = None
    try:
        reading = reading_of(intake)
        warnings = [{"code": notice.code, "message": notice.message} for notice in reading.warnings]
    except Exception as error:  # the paper is kept, the clerk goes on by hand; no text of it in a log
        logger.error("The reader could not take intake %s apart: %s", key, type(error).__name__)
        warnings.append({"code": "reader_failed", "message": ""})
    mine.update(progress=70)
    rows = proposals_of(reading, intake)
    with transaction.atomic():
        ready = {"state": IntakeState.READY, "progress": 100, "warnings": warnings}
        if mine.update(reader_version=READER_VERSION, **ready):
            ReadingItem.objects.bulk_create(rows)


def fold_flow() -> None:
    """Add what units received, refused and planned since the last time to the totals above them."""
    fold(FlowCounter, FlowTotal)
