"""Making the rows of the official list, in the background: reading the old units takes more than a page may."""

from __future__ import annotations

import logging

from django.db import transaction

from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.organizations.catalogue.former import refresh_former_areas
from thongsuot.organizations.catalogue.rows import Choice, rows_of
from thongsuot.organizations.imports.jobs import look_through
from thongsuot.organizations.imports.reading import keep_rows
from thongsuot.organizations.imports.services import carry_out_import
from thongsuot.organizations.models import Import, ImportState

logger = logging.getLogger(__name__)


def prepare(key: int) -> None:
    """Make the rows, look through them, and write them at once where that was asked for and nothing is wrong."""
    batch = _batch(key)
    if batch is None:
        return
    if not batch.parts.exists():
        refresh_former_areas()
        rows = rows_of(Choice.of(batch.notes["catalogue"]), batch.unit)
        with transaction.atomic():
            keep_rows(batch, [[number, cells] for number, cells in enumerate(rows, start=1)])
            Import.objects.filter(pk=key).update(total=len(rows), moved_at=now())
    look_through(key)
    _go_on(key)


def _go_on(key: int) -> None:
    batch = Import.objects.select_related("unit", "created_by").get(pk=key)
    is_sure = batch.state == ImportState.PLANNED and not batch.wrong and batch.new + batch.changed
    if not batch.notes.get("at_once") or not is_sure:
        return
    try:
        carry_out_import(by=batch.created_by, batch=batch, skip_wrong=False)
    except Refused as refusal:
        # Another import is being written: this one waits for a person, with what it would do on its page.
        logger.info("Import %s waits: %s", key, refusal.code)


def _batch(key: int) -> Import | None:
    rows = Import.objects.select_related("unit", "created_by")
    return rows.filter(pk=key, state=ImportState.PLANNING).first()
