"""What documents do later: harmless when run twice."""

from __future__ import annotations

import logging

from django.db import transaction
from django.db.models import F, Max

from thongsuot.documents.counting import fold, keep_still, sum_up, touched_by
from thongsuot.documents.items import in_order
from thongsuot.documents.matching import Overlay, overlay
from thongsuot.documents.models import FlowCounter, FlowTotal, Intake, ReadingItem
from thongsuot.documents.models.intake import IntakeState
from thongsuot.documents.phases import DONE, MATCHING, UNDERSTANDING
from thongsuot.documents.reading import of_the_file, proposals_of, reading_of
from thongsuot.formats.reading import READER_VERSION, Reading

logger = logging.getLogger(__name__)


# A worker that is killed while it reads (too much time, too much memory) is tried once more, then left alone.
BEGINNINGS = 2
REFRESHED = ["confidence", "rule", "reader_version", "section", "span_start", "span_end"]


def read_intake(key: int) -> None:
    """Propose what a kept text says. A text the reader cannot take apart becomes empty fields to fill by hand."""
    mine = Intake.objects.filter(pk=key, state=IntakeState.READING)
    if not mine.update(progress=UNDERSTANDING, begun=F("begun") + 1):
        return
    intake = mine.select_related("file", "unit").first()
    if intake is None:
        return
    reading, warnings = _understood(intake)
    mine.update(progress=MATCHING)
    rows = proposals_of(reading, intake)
    with transaction.atomic():
        ready = {"state": IntakeState.READY, "progress": DONE, "warnings": warnings}
        if mine.update(reader_version=READER_VERSION, **ready):
            ReadingItem.objects.bulk_create(rows)


def read_again(key: int) -> None:
    """Lay today's reading over a paper that waits to be checked. What a person has decided stays as it is."""
    waiting = Intake.objects.filter(pk=key, state=IntakeState.READY)
    intake = waiting.select_related("file", "unit").first()
    if intake is None:
        return
    intake.warnings, intake.begun = of_the_file(intake.warnings), 0
    reading, warnings = _understood(intake)
    if reading is None:
        return  # what the earlier reader found is better than nothing
    rows = proposals_of(reading, intake)
    with transaction.atomic():
        # Held, so that nobody decides or registers between the look at the rows and their change.
        if waiting.select_for_update(of=("self",)).only("pk").first() is None:
            return
        _write(overlay(list(intake.items.order_by("ordinal")), rows), intake)
        waiting.update(reader_version=READER_VERSION, warnings=warnings)


def _write(plan: Overlay, intake: Intake) -> None:
    last = intake.items.aggregate(last=Max("ordinal"))["last"] or 0
    ReadingItem.objects.filter(pk__in=[row.pk for row in plan.gone]).delete()
    for old, new in plan.refreshed:
        for name in REFRESHED:
            setattr(old, name, getattr(new, name))
    ReadingItem.objects.bulk_update([old for old, _new in plan.refreshed], REFRESHED)
    for ordinal, row in enumerate(in_order(plan.come), start=last + 1):
        row.ordinal = ordinal
    ReadingItem.objects.bulk_create(plan.come)


def _understood(intake: Intake) -> tuple[Reading | None, list[dict[str, str]]]:
    warnings = list(intake.warnings)
    if intake.begun <= BEGINNINGS:
        try:
            reading = reading_of(intake)
            return reading, [{"code": notice.code, "message": notice.message} for notice in reading.warnings]
        except Exception as error:  # the paper is kept, the clerk goes on by hand; no text of it in a log
            logger.error("The reader could not take intake %s apart: %s", intake.pk, type(error).__name__)
    else:
        logger.error("The reader never came to the end of intake %s.", intake.pk)
    return None, [*warnings, {"code": "reader_failed", "message": ""}]


def fold_flow() -> None:
    """Add what units received, refused and planned since the last time to the totals above them."""
    fold(FlowCounter, FlowTotal)


def keep_flow_still(_act: None) -> None:
    keep_still(FlowCounter)


def sum_up_after(reorganization_id: int) -> None:
    """Make the totals anew of the documents counted in units that a reorganisation hung elsewhere."""
    sum_up(FlowCounter, FlowTotal, touched_by(FlowCounter, reorganization_id))
