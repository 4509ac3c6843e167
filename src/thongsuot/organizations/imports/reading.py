"""From the bytes of a table to the rows of an import: while the sender waits, or in the background when it is large."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.db import transaction

from thongsuot.audit.services import record
from thongsuot.core.clock import now
from thongsuot.formats.reading.errors import ReadingError
from thongsuot.formats.tables import read_table
from thongsuot.organizations.imports.values import guess_columns, heading_row
from thongsuot.organizations.models import Import, ImportFile, ImportPart, ImportState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thongsuot.organizations.models import Unit

PART = 500
# About 20,000 rows, a second or two. What is larger nobody waits for.
READ_AT_ONCE = 1024 * 1024
logger = logging.getLogger(__name__)


class NoRowsError(ValueError):
    """A line of headings at most, and nothing below it."""


def read_into(batch: Import, content: bytes) -> None:
    """Take the table apart and keep its rows with the import, saved or not yet; the file itself is not kept."""
    table = read_table(content)
    heading = heading_row(table.rows, batch.subject)
    header = table.rows[heading]
    rows = [
        [number, cells]
        for number, cells in enumerate(table.rows, start=1)
        if number > heading + 1 and any(cells)
    ]
    if not rows:
        raise NoRowsError
    batch.header, batch.total, batch.state, batch.failure = header, len(rows), ImportState.MAPPING, ""
    batch.columns = guess_columns(header, batch.subject, _earlier(batch.unit, batch.subject))
    batch.notes = {
        "formulas": table.formulas,
        "left_out": list(table.left_out)[:5],
        "converted": table.converted,
    }
    with transaction.atomic():
        batch.save()
        keep_rows(batch, rows)
        ImportFile.objects.filter(batch=batch).delete()
        record(
            "import.begun",
            by=batch.created_by,
            on=batch,
            unit_id=batch.unit_id,
            subject=str(batch.subject),
            rows=len(rows),
        )


def read_kept_file(key: int) -> None:
    """The job for a large file: its bytes are there until it has been read, and no longer."""
    batch = (
        Import.objects.select_related("unit", "created_by").filter(pk=key, state=ImportState.READING).first()
    )
    file = ImportFile.objects.filter(batch=key).first()
    if batch is None or file is None:
        return
    try:
        read_into(batch, bytes(file.content))
    except (ReadingError, NoRowsError) as error:
        _give_up(key, error.code if isinstance(error, ReadingError) else "no_rows")
    except Exception:
        _give_up(key, "unreadable")
        raise


def _give_up(key: int, failure: str) -> None:
    logger.info("Import %s was not read: %s", key, failure)
    with transaction.atomic():
        ImportFile.objects.filter(batch=key).delete()
        Import.objects.filter(pk=key, state=ImportState.READING).update(
            state=ImportState.DISCARDED, failure=failure, ended_at=now()
        )


def keep_rows(batch: Import, rows: Sequence[list[Any]]) -> None:
    """Keep the rows of an import in parts: ``[number in the file, [cells]]`` each."""
    parts = (
        ImportPart(batch=batch, ordinal=at // PART, rows=rows[at : at + PART])
        for at in range(0, len(rows), PART)
    )
    ImportPart.objects.bulk_create(parts, batch_size=10)


def _earlier(unit: Unit, subject: str) -> dict[str, str]:
    """By field, the heading that was meant the last time this office sent such a file."""
    unread = (ImportState.READING, ImportState.MAPPING)
    last = Import.objects.filter(unit=unit, subject=subject).exclude(state__in=unread).order_by("-pk").first()
    if last is None:
        return {}
    return {name: last.header[at] for name, at in last.columns.items() if at < len(last.header)}
