"""Who is not asked although the document is: exempt members, and those who have left. Counted apart, and taken back.

Whoever has heard stays reached: only receipts that nothing has reached yet are moved. Each step says what has to be
true of the row, so that it is harmless when run twice, or by two at once.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q

from thongsuot.core.clock import now
from thongsuot.dissemination.audience.counters import Shift, shift_counters
from thongsuot.dissemination.models import Exemption, Outside, Receipt, Requirement

RECEIPT = Receipt._meta.db_table
# Unit, document, person: the key of a receipt.
Key = tuple[int, int, int]
AT_ONCE = 1_000


def exemptions_on(day: dt.date) -> Any:
    """Exemptions in force on a day."""
    return Exemption.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day, ended_at=None
    )


def excuse(requirement: Requirement, day: dt.date) -> int:
    """Take those out who are exempt on the day a requirement is opened; how many."""
    document = requirement.document_id
    exempt = exemptions_on(day).filter(Q(document=None) | Q(document=document)).order_by()
    people = sorted(set(exempt.values_list("person_id", flat=True)))
    moved = 0
    for start in range(0, len(people), AT_ONCE):
        asked = open_receipts().filter(document=document, person__in=people[start : start + AT_ONCE])
        moved += put_outside(asked.values_list("unit_id", "document_id", "person_id"), Outside.EXEMPT)
    return moved


def open_receipts() -> Any:
    """Receipts that are asked and not reached."""
    return Receipt.objects.filter(reached_at=None, released_at=None).order_by()


def put_outside(keys: Iterable[Key], cause: Outside) -> int:
    """Ask these people no longer, as far as they are asked and have not been reached; how many."""
    at = Receipt._meta.get_field("released_at").get_db_prep_value(now(), connection)
    rows = _change(
        keys,
        "released_at = %s, outside = %s",
        [at, cause.value],
        "reached_at IS NULL AND released_at IS NULL",
    )
    shifts: dict[tuple[int, int], Shift] = defaultdict(Shift)
    for unit, document, _recalled, is_key in rows:
        shifts[(unit, document)].add(required=-1, key=-is_key, **{cause.value: 1})
    shift_counters(shifts)
    return len(rows)


def take_in(keys: Iterable[Key], cause: Outside) -> int:
    """Ask them again, unless the document itself was taken back meanwhile; how many."""
    rows = _change(
        keys,
        "outside = '', released_at = CASE WHEN recalled THEN released_at ELSE NULL END",
        [],
        "outside = %s",
        [cause.value],
    )
    shifts: dict[tuple[int, int], Shift] = defaultdict(Shift)
    for unit, document, recalled, is_key in rows:
        back = {"released": 1} if recalled else {"required": 1, "key": is_key}
        shifts[(unit, document)].add(**{cause.value: -1}, **back)
    shift_counters(shifts)
    return len(rows)


def _change(
    keys: Iterable[Key], changes: str, values: list[Any], condition: str, known: Sequence[Any] = ()
) -> list[tuple[int, int, bool, int]]:
    """Change the receipts with these keys of which the condition is true: unit, document, recalled, key cadre."""
    chosen = dict(enumerate(sorted(set(keys))))
    if not chosen:
        return []
    unit, document, person = (f"CAST(f.value ->> {place} AS bigint)" for place in range(3))
    sql = (
        f"UPDATE {RECEIPT} SET {changes} "  # noqa: S608
        f"FROM (SELECT {unit} AS cell, {document} AS paper, {person} AS who FROM json_each(%s) AS f) s "
        f"WHERE {RECEIPT}.unit_id = s.cell AND {RECEIPT}.document_id = s.paper AND {RECEIPT}.person_id = s.who "
        f"AND {condition} RETURNING unit_id, document_id, recalled, is_key"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, json.dumps(chosen), *known])
        rows = cursor.fetchall()
    return [(unit_id, document_id, bool(recalled), int(key)) for unit_id, document_id, recalled, key in rows]
