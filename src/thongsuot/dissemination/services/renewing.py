"""A change of substance in a text: who has heard of the one before is asked again, with the deadline they had.

A correction asks nobody. Who was reached where the document has been given back since is asked once that is undone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.jobs import enqueue_once
from thongsuot.dissemination.audience import sets
from thongsuot.dissemination.audience.counters import MOVED, numbers_of
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import CoverageCounter, ReachEvent, ReachVerb, Requirement
from thongsuot.dissemination.services.days import count_days
from thongsuot.dissemination.services.releasing import BELOW
from thongsuot.documents.hooks import Recalled, TextChange
from thongsuot.documents.models import Document, DocumentVersion
from thongsuot.documents.models.dispatch import OVER, DeliveryState
from thongsuot.documents.queries.replacing import is_replaced

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

COUNTER = CoverageCounter._meta.db_table
# People who are asked again by one statement.
AT_ONCE = 5_000


@dataclass(frozen=True)
class Held:
    """How a receipt that is asked for again had been reached."""

    receipt: sets.Changed
    session_id: int | None


def ask_for_new_text(change: TextChange) -> int:
    """Follows ``text_changed``: of a change of substance, everybody is asked again; how many had confirmed."""
    return _renew(change.document, change.by, change.due) if change.material else 0


def ask_after_recall(recalled: Recalled) -> int:
    """Follows ``recall_taken_back``: what was published in between is asked now; how many had confirmed."""
    return _renew(recalled.recall.document, recalled.by)


def _renew(document: Document, by: User, due: dt.date | None = None) -> int:
    changes = DocumentVersion.objects.filter(document=document, material=True)
    number = changes.aggregate(last=Max("number"))["last"]
    held = _move_on(document.pk, number) if number and not is_replaced(document) else []
    for start in range(0, len(held), AT_ONCE):
        _take_back(held[start : start + AT_ONCE], document.pk, by, due)
    if held and due:
        # By the new day everybody is to be reached, and until then whoever joins is asked.
        Requirement.objects.filter(document=document, due__lt=due).update(due=due)
    if held:
        record("dissemination.asked_again", by=by, on=document, people=len(held), number=number)
        enqueue_once(fold_coverage)
    return len(held)


def _move_on(document: int, number: int) -> list[Held]:
    """Ask all of them for this text; those who were reached, as they were.

    The rows are ours from here to the end of the transaction, so what is taken back next is what stands here.
    """
    of_state = f"{BELOW} JOIN {sets.DELIVERY} d ON d.unit_id = top.id WHERE d.document_id = %s AND d.state"
    gone = f"unit_id IN ({of_state} = %s) AND unit_id NOT IN ({of_state} NOT IN (%s, %s))"
    sql = (
        f"UPDATE {sets.RECEIPT} SET version = %s WHERE document_id = %s AND version < %s "  # noqa: S608
        f"AND NOT (reached_at IS NOT NULL AND {gone}) "
        f"RETURNING unit_id, document_id, person_id, due, reached_on, channel, is_key, session_id"
    )
    over = [str(state) for state in OVER]
    values: list[Any] = [number, document, number, document, DeliveryState.GIVEN_BACK.value, document, *over]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    # SQLite answers dates as text.
    return [
        Held(
            sets.Changed(
                unit,
                of,
                person,
                dt.date.fromisoformat(str(due)),
                dt.date.fromisoformat(str(on)),
                channel,
                bool(key),
            ),
            session,
        )
        for unit, of, person, due, on, channel, key, session in rows
        if on is not None
    ]


def _take_back(held: Sequence[Held], document: int, by: User, due: dt.date | None) -> None:
    alike: dict[tuple[str, int | None], list[sets.Changed]] = defaultdict(list)
    for row in held:
        alike[(row.receipt.channel, row.session_id)].append(row.receipt)
    for (channel, session), receipts in alike.items():
        fact = ReachEvent(
            verb=ReachVerb.WITHDRAWN,
            channel=channel,
            by=by,
            session_id=session,
            reason=_("A new version of the text"),
        )
        sets.note_facts(receipts, fact)
    sets.reopen(document, [(row.receipt.unit_id, row.receipt.person_id) for row in held], due)
    _count(held, document)


def _count(held: Sequence[Held], document: int) -> None:
    """Take them out of the numbers of their cells, by one statement."""
    cells: dict[int, list[sets.Changed]] = defaultdict(list)
    for row in held:
        cells[row.receipt.unit_id].append(row.receipt)
    numbers = [(unit, *numbers_of(rows)) for unit, rows in sorted(cells.items())]
    marks = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(numbers))
    taken = ", ".join(f"{name} = {name} - s.n_{name}" for name in MOVED)
    sql = (
        f"WITH s (unit_id, {', '.join(f'n_{name}' for name in MOVED)}) AS (VALUES {marks}) "  # noqa: S608
        f"UPDATE {COUNTER} SET {taken}, changed = %s "
        f"FROM s WHERE {COUNTER}.unit_id = s.unit_id AND {COUNTER}.document_id = %s"
    )
    values: list[Any] = [number for cell in numbers for number in cell]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, True, document])
    count_days([row.receipt for row in held], -1)
