"""Looking through, writing and taking back, in the background. Each is harmless when run twice.

People are written part by part, a transaction each: a killed worker's job begins where the last part ended. Units
depend on each other and are written in one transaction, and so is every taking back: all or nothing.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError, RestrictedError, Sum

from thongsuot.audit.services import record
from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue, enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.organizations.catalogue.former import refresh_former_areas
from thongsuot.organizations.imports.people import PeoplePlan
from thongsuot.organizations.imports.undoing import ChangedSinceError
from thongsuot.organizations.imports.units import UnitsPlan
from thongsuot.organizations.imports.values import Result, WrongRowError, rows_of
from thongsuot.organizations.imports.writing_people import take_back_people, write_people
from thongsuot.organizations.imports.writing_roles import give_roles, take_back_roles
from thongsuot.organizations.imports.writing_units import take_back_units, write_units
from thongsuot.organizations.models import (
    PERMISSION_FOR,
    Import,
    ImportFile,
    ImportPart,
    ImportState,
    ImportSubject,
    RowState,
)
from thongsuot.organizations.reach import can

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thongsuot.accounts.models import User

SECONDS_AT_A_TIME = 100  # a long import hands itself on, well below the time a job may take
MINUTES_BETWEEN_LOOKS = 60
STANDS_STILL = dt.timedelta(hours=1)
S = ImportState
COUNTS = ("new", "changed", "same", "wrong")
logger = logging.getLogger(__name__)


class StoppedError(Exception):
    """The work ends here; ``code`` has a sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@contextmanager
def _stopping(batch: Import, otherwise: str, refusal_of_database: str = "race") -> Iterator[None]:
    """Whatever goes wrong leaves the import in a state from which a person can go on."""
    failure = "unexpected"
    try:
        yield
    except StoppedError as error:
        failure = error.code
    except Refused as error:
        logger.warning("Import %s stopped: %s", batch.pk, error.code)
    except PermissionDenied:
        failure = "no_right"
    except (ProtectedError, RestrictedError, ChangedSinceError):
        failure = "depends"
    except DatabaseError as error:
        logger.warning("Import %s stopped: %s", batch.pk, type(error).__name__)
        failure = refusal_of_database
    except Exception:
        Import.objects.filter(pk=batch.pk).update(state=otherwise, is_writing=False, failure=failure)
        raise
    else:
        return
    Import.objects.filter(pk=batch.pk).update(state=otherwise, is_writing=False, failure=failure)


def look_through(key: int) -> None:
    """Say of every row what would become of it. Writes results only."""
    batch = _batch(key, S.PLANNING)
    if batch is None:
        return
    with _stopping(batch, S.MAPPING):
        user = _allowed(batch, batch.created_by)
        if batch.subject == ImportSubject.UNITS:
            _look_through_units(batch, user)
        else:
            people, done = PeoplePlan(batch, user, is_preview=True), 0
            for part in batch.parts.order_by("ordinal").iterator(chunk_size=5):
                results, _writing = people.plan(rows_of(part.rows, batch.columns))
                _note(part, results)
                done += len(part.rows)
                Import.objects.filter(pk=key).update(done=done, moved_at=now())
        _sum_up(batch, S.PLANNED, S.PLANNING)


def _look_through_units(batch: Import, user: User) -> None:
    parts = list(batch.parts.order_by("ordinal"))
    rows = [row for part in parts for row in rows_of(part.rows, batch.columns)]
    lines = UnitsPlan(batch, user).plan(rows)
    notes = [note for line in lines for note in line.result.notes]
    batch.notes["reorganizing"] = sum(
        code == "reorganize" and bool(more.get("wants")) for code, more in notes
    )
    results = iter([line.result for line in lines])
    with transaction.atomic():
        for part in parts:
            _note(part, [next(results) for _row in part.rows])
        batch.save(update_fields=["notes"])


def write(key: int) -> None:
    """Carry out what was shown, as far as it still is what was shown."""
    batch = _batch(key, S.RUNNING)
    if batch is None or batch.decided_by is None:
        return
    with _stopping(batch, S.STOPPED):
        user = _allowed(batch, batch.decided_by)
        if batch.subject == ImportSubject.UNITS:
            _write_units(batch, user)
        elif not _write_people(batch, user):
            enqueue(write, key)


def _write_people(batch: Import, user: User) -> bool:
    """Part after part until the time is over; whether all are written."""
    plan = PeoplePlan(batch, user, is_preview=False)
    begun = time.monotonic()
    for key in list(batch.parts.filter(applied=False).order_by("ordinal").values_list("pk", flat=True)):
        if time.monotonic() - begun > SECONDS_AT_A_TIME:
            return False
        with transaction.atomic():
            part = ImportPart.objects.select_for_update().get(pk=key)
            if part.applied:  # another worker was given the same job
                continue
            _write_part(part, plan, batch)
    with transaction.atomic():
        _finish(batch, user)
    return True


def _write_part(part: ImportPart, plan: PeoplePlan, batch: Import) -> None:
    shown = [(result[0], result[1]) for result in part.results]
    rows = rows_of(part.rows, batch.columns)
    to_write = [
        row
        for row, (state, _notes) in zip(rows, shown, strict=True)
        if state in (RowState.NEW, RowState.CHANGED)
    ]
    heads = {unit: list(spells) for unit, spells in plan.people.heads.items()}
    results, writing = plan.plan(to_write)
    expected = [state for state, _notes in shown if state in (RowState.NEW, RowState.CHANGED)]
    moved_on = [
        row.number
        for row, result, state in zip(to_write, results, expected, strict=True)
        if result.state != state
    ]
    if moved_on:
        # What was shown no longer holds for these; the others of the part are planned without them.
        plan.people.heads = heads
        results, writing = _without(plan, to_write, expected, set(moved_on))
    found = dict(zip((row.number for row in to_write), results, strict=True))
    part.made, part.applied = write_people(writing) | give_roles(writing.roles, plan.by), True
    _note(part, [found.get(row.number) or _shown(result) for row, result in zip(rows, shown, strict=True)])
    Import.objects.filter(pk=batch.pk).update(done=min(batch.total, part.rows[-1][0]), moved_at=now())


def _without(
    plan: PeoplePlan, rows: Sequence[Any], expected: Sequence[str], moved_on: set[int]
) -> tuple[list[Result], Any]:
    kept = [row for row in rows if row.number not in moved_on]
    results, writing = plan.plan(kept)
    found = dict(zip((row.number for row in kept), results, strict=True))
    gone = Result.wrong(WrongRowError("moved_on"))
    return [found.get(row.number, gone) for row in rows], writing


def _shown(result: tuple[str, list[Any]]) -> Result:
    return Result(result[0], [(code, parameters) for code, parameters in result[1]])


def _write_units(batch: Import, user: User) -> None:
    with transaction.atomic():
        parts = list(batch.parts.select_for_update().order_by("ordinal"))
        if all(part.applied for part in parts):
            return
        shown = [_shown((result[0], result[1])) for part in parts for result in part.results]
        rows = [row for part in parts for row in rows_of(part.rows, batch.columns)]
        lines = UnitsPlan(batch, user).plan(rows)
        if any(line.result.state != was.state for line, was in zip(lines, shown, strict=True)):
            raise StoppedError("tree_changed")
        parts[0].made = write_units(lines, user)
        results = iter([line.result for line in lines])
        for part in parts:
            part.applied = True
            _note(part, [next(results) for _row in part.rows])
        if "area_code" in batch.columns:
            # Whoever knows the codes of areas is told what these were before, wherever the units came from.
            enqueue_once(refresh_former_areas)
        _finish(batch, user)


def _finish(batch: Import, user: User) -> None:
    if not _sum_up(batch, S.DONE, S.RUNNING, ended_at=now(), is_writing=False, done=batch.total):
        return
    batch.refresh_from_db()
    counts = {name: getattr(batch, name) for name in COUNTS}
    record("import.carried_out", by=user, on=batch, unit_id=batch.unit_id, **counts)


def take_back(key: int) -> None:
    """All or nothing: what somebody changed or needs since stops it, and everything stays."""
    batch = _batch(key, S.UNDOING)
    if batch is None or batch.decided_by is None:
        return
    before = S.STOPPED if batch.parts.filter(applied=False).exists() else S.DONE
    with _stopping(batch, before, "depends"), transaction.atomic():
        user = _allowed(batch, batch.decided_by)
        for part in batch.parts.filter(applied=True).order_by("-ordinal").iterator(chunk_size=5):
            if batch.subject == ImportSubject.UNITS:
                if part.made:
                    take_back_units(part.made, user)
            else:
                take_back_roles(part.made, user)
                take_back_people(part.made, user)
        Import.objects.filter(pk=key).update(state=S.UNDONE, is_writing=False, ended_at=now())
        record("import.undone", by=user, on=batch, unit_id=batch.unit_id)


def release_given_up() -> None:
    """A job whose workers died each time is not begun again; its import must not shut out all others for ever."""
    still = Import.objects.filter(moved_at__lt=now() - STANDS_STILL)
    begun = (
        (S.READING, S.DISCARDED),
        (S.PLANNING, S.MAPPING),
        (S.RUNNING, S.STOPPED),
        (S.UNDOING, S.STOPPED),
    )
    for state, otherwise in begun:
        still.filter(state=state).update(state=otherwise, is_writing=False, failure="unexpected")
    ImportFile.objects.exclude(batch__state=S.READING).delete()


def _batch(key: int, state: str) -> Import | None:
    return (
        Import.objects.select_related("unit", "created_by", "decided_by").filter(pk=key, state=state).first()
    )


def _allowed(batch: Import, user: User) -> User:
    """Rights are asked again: between the decision and the work a role may have ended."""
    if not user.is_active or not can(user, PERMISSION_FOR[ImportSubject(batch.subject)], batch.unit):
        raise StoppedError("no_right")
    return user


def _note(part: ImportPart, results: Sequence[Result]) -> None:
    part.results = [result.plain() for result in results]
    states = [str(result.state) for result in results]
    for name in COUNTS:
        setattr(part, name, states.count(name))
    part.save(update_fields=["results", "made", "applied", *COUNTS])


def _sum_up(batch: Import, target: str, source: str, **fields: Any) -> bool:
    sums = batch.parts.aggregate(**{name: Sum(name) for name in COUNTS})
    counts = {name: sums[name] or 0 for name in COUNTS}
    done = {"done": batch.total} | fields
    return bool(Import.objects.filter(pk=batch.pk, state=source).update(state=target, **counts, **done))
