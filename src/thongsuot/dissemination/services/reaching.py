"""Marking receipts as reached, or taking that back, with the facts and the counters that belong to it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from thongsuot.core.clock import day_of
from thongsuot.dissemination.audience import sets
from thongsuot.dissemination.audience.counters import MOVED, numbers_of
from thongsuot.dissemination.models import Channel, CoverageCounter, ReachEvent, ReachVerb, Session
from thongsuot.dissemination.services.days import count_days
from thongsuot.documents.counting import bump

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


def reach_people(
    *,
    by: User,
    document_ids: Sequence[int],
    person_ids: Iterable[int],
    channel: Channel,
    at: dt.datetime,
    session: Session | None = None,
    unit_id: int | None = None,
    reason: str = "",
    version: int | None = None,
    text_sha256: str = "",
) -> list[sets.Changed]:
    """Mark the receipts not reached yet: one statement for all of them, one fact each, counters by what changed.

    ``version`` and ``text_sha256`` name the text somebody has read; otherwise it is the one in force at ``at``.
    """
    changed = sets.reach_receipts(
        document_ids=document_ids,
        person_ids=person_ids,
        at=at,
        on=day_of(at),
        channel=channel,
        session_id=session.pk if session else None,
        unit_id=unit_id,
        version=version,
    )
    if changed:
        fact = ReachEvent(
            verb=ReachVerb.REACHED,
            channel=channel,
            by=by,
            session=session,
            reason=reason,
            text_sha256=text_sha256,
        )
        sets.note_facts(changed, fact)
        _count(changed, 1)
    return changed


def withdraw_people(*, by: User, session: Session, person_ids: Iterable[int]) -> list[sets.Changed]:
    """Take back what this session had reached; the fact that it was noted stays."""
    changed = sets.withdraw_receipts(session=session, person_ids=person_ids)
    if changed:
        sets.note_facts(
            changed, ReachEvent(verb=ReachVerb.WITHDRAWN, channel=Channel.SESSION, by=by, session=session)
        )
        _count(changed, -1)
    return changed


def _count(changed: list[sets.Changed], sign: int) -> None:
    """Cells whose numbers change alike share a statement: one document at a session of one cell is one of each kind."""
    cells: dict[tuple[int, int], list[sets.Changed]] = defaultdict(list)
    for row in changed:
        cells[(row.document_id, row.unit_id)].append(row)
    alike: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(list)
    for (document_id, unit_id), rows in sorted(cells.items()):
        alike[(document_id, numbers_of(rows))].append(unit_id)
    for (document_id, numbers), unit_ids in alike.items():
        added = {name: sign * number for name, number in zip(MOVED, numbers, strict=True) if number}
        bump(CoverageCounter, unit_ids=unit_ids, document_id=document_id, of=None, **added)
    count_days(changed, sign)
