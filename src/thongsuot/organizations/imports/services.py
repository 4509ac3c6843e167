"""What a person does with a file of units or people. Writing and looking through run later (``jobs``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.jobs import enqueue
from thongsuot.core.refusals import Refused
from thongsuot.core.retention import period_of
from thongsuot.formats.reading.errors import ReadingError
from thongsuot.organizations.imports import jobs, reading
from thongsuot.organizations.imports.clearing import IMPORT_ROWS
from thongsuot.organizations.imports.sentences import REFUSALS
from thongsuot.organizations.imports.values import NEEDED
from thongsuot.organizations.models import (
    PERMISSION_FOR,
    Import,
    ImportFile,
    ImportState,
    ImportSubject,
    Unit,
)
from thongsuot.organizations.reach import can

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

S = ImportState


def take_in_table(*, by: User, unit: Unit, subject: str, content: bytes, name: str) -> Import:
    """Read a table and keep its rows, not the file. Nothing is looked at yet: the columns are to be confirmed.

    A large one is read in the background; until then its bytes are kept.
    """
    require(can(by, PERMISSION_FOR[ImportSubject(subject)], unit))
    batch = Import(unit=unit, subject=subject, file_name=name[-200:] or "file", since=today(), created_by=by)
    if len(content) > reading.READ_AT_ONCE:
        with transaction.atomic():
            batch.state, batch.moved_at = S.READING, now()
            batch.save()
            ImportFile.objects.create(batch=batch, content=content)
            enqueue(reading.read_kept_file, batch.pk)
        batch.refresh_from_db()
        return batch
    try:
        reading.read_into(batch, content)
    except reading.NoRowsError:
        raise Refused(str(REFUSALS["no_rows"]), "no_rows") from None
    except ReadingError as error:
        raise Refused(str(REFUSALS.get(error.code, REFUSALS["broken"])), error.code) from error
    return batch


def choose_columns(*, by: User, batch: Import, columns: Mapping[str, int], since: dt.date) -> None:
    """Say which column is which, and have the rows looked through; nothing of the place is changed by it."""
    check_right(by, batch)
    if missing := [name for name in NEEDED[ImportSubject(batch.subject)] if name not in columns]:
        raise Refused(_("Choose the column of the name."), f"no_{missing[0]}")
    if len(set(columns.values())) != len(columns):
        raise Refused(_("Each column can be chosen once."), "column_twice")
    with transaction.atomic():
        _step(
            batch,
            (S.MAPPING, S.PLANNED),
            S.PLANNING,
            columns=dict(columns),
            since=since,
            done=0,
            failure="",
            moved_at=now(),
        )
        enqueue(jobs.look_through, batch.pk)


def carry_out_import(*, by: User, batch: Import, skip_wrong: bool) -> None:
    """Have what was shown written. With wrong rows only when the person says that the others are to go in."""
    check_right(by, batch)
    if batch.wrong and not skip_wrong and batch.state == S.PLANNED:
        raise Refused(
            _("Some rows are wrong. Say that only the others are to go in, or correct the file."),
            "wrong_rows",
        )
    if not batch.new + batch.changed:
        raise Refused(_("Nothing in this file is new or different."), "nothing_new")
    with transaction.atomic():
        _claim(batch, (S.PLANNED, S.STOPPED), S.RUNNING, by)
        record("import.decided", by=by, on=batch, unit_id=batch.unit_id, new=batch.new, changed=batch.changed)
        enqueue(jobs.write, batch.pk)


def undo_import(*, by: User, batch: Import) -> None:
    """Take back everything an import wrote, all or nothing, while nothing else rests on it."""
    check_right(by, batch)
    if not can_be_undone(batch):
        raise Refused(_("This import can no longer be undone."), "too_late")
    with transaction.atomic():
        _claim(batch, (S.DONE, S.STOPPED), S.UNDOING, by)
        enqueue(jobs.take_back, batch.pk)


def can_be_undone(batch: Import) -> bool:
    """While its rows are kept; a stopped one too, as far as it came."""
    if batch.state not in (S.DONE, S.STOPPED):
        return False
    kept_for = dt.timedelta(days=period_of(IMPORT_ROWS.name))
    # Asked too whether they are there: the time may have been made longer after they went.
    return now() - batch.created_at < kept_for and batch.parts.exists()


def give_up_import(*, by: User, batch: Import) -> None:
    """Forget the rows of a file that was not carried out."""
    check_right(by, batch)
    with transaction.atomic():
        _step(batch, (S.MAPPING, S.PLANNED), S.DISCARDED, ended_at=now())
        batch.parts.all().delete()
        record("import.given_up", by=by, on=batch, unit_id=batch.unit_id)


def check_right(by: User, batch: Import) -> None:
    require(can(by, PERMISSION_FOR[ImportSubject(batch.subject)], batch.unit))


def _claim(batch: Import, sources: tuple[str, ...], target: str, by: User) -> None:
    """Only one import writes at a time; the database settles two that ask at once."""
    try:
        with transaction.atomic():
            _step(batch, sources, target, is_writing=True, moved_at=now(), decided_by=by, failure="", done=0)
    except IntegrityError:
        raise Refused(
            _("Another import is being written. Wait until it has ended, then try again."), "busy"
        ) from None


def _step(batch: Import, sources: tuple[str, ...], target: str, **fields: Any) -> None:
    if not Import.objects.filter(pk=batch.pk, state__in=sources).update(state=target, **fields):
        raise Refused(
            _("Somebody has changed this in the meantime. Reload the page and look again."), "state"
        )
    batch.refresh_from_db()
