"""Small tables for the tests of imports."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from tests.cast import Cast
from thongsuot.accounts.models import User
from thongsuot.organizations.columns import PEOPLE_COLUMNS, UNIT_COLUMNS
from thongsuot.organizations.imports import services
from thongsuot.organizations.models import Import, ImportSubject, Unit

UNITS, PEOPLE = ImportSubject.UNITS, ImportSubject.PEOPLE


def table(subject: str, rows: Sequence[dict[str, str]]) -> bytes:
    columns = UNIT_COLUMNS if subject == UNITS else PEOPLE_COLUMNS
    used = [name for name in columns if any(name in row for row in rows)]
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow([columns[name] for name in used])
    writer.writerows([[row.get(name, "") for name in used] for row in rows])
    return file.getvalue().encode()


def looked_through(
    cast: Cast, subject: str, *rows: dict[str, str], unit: Unit | None = None, by: User | None = None
) -> Import:
    """The import as it waits for a decision, by the administrator below the city."""
    by = by or cast.administrator
    unit = unit or cast.city
    content = table(subject, rows)
    batch = services.take_in_table(by=by, unit=unit, subject=subject, content=content, name="tệp.csv")
    services.choose_columns(by=by, batch=batch, columns=batch.columns, since=batch.since)
    batch.refresh_from_db()
    return batch


def written(cast: Cast, subject: str, *rows: dict[str, str], skip_wrong: bool = False) -> Import:
    batch = looked_through(cast, subject, *rows)
    services.carry_out_import(by=cast.administrator, batch=batch, skip_wrong=skip_wrong)
    batch.refresh_from_db()
    return batch


def states(batch: Import) -> list[str]:
    return [result[0] for part in batch.parts.order_by("ordinal") for result in part.results]


def codes(batch: Import) -> list[list[str]]:
    """The codes of what is said of each row."""
    return [
        [note[0] for note in result[1]] for part in batch.parts.order_by("ordinal") for result in part.results
    ]


def counts(batch: Import) -> tuple[int, int, int, int]:
    return batch.new, batch.changed, batch.same, batch.wrong
