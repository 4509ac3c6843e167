"""Marking receipts as reached, or taking that back, with the facts and the counters that belong to it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from thongsuot.core.clock import day_of
from thongsuot.dissemination.audience import sets
from thongsuot.dissemination.audience.counters import MOVED, numbers_of
from thongsuot.dissemination.audience.outside import put_outside, take_in
from thongsuot.dissemination.models import (
    Channel,
    CoverageCounter,
    Outside,
    ReachEvent,
    ReachVerb,
    Receipt,
    Session,
)
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
    people = sorted(set(person_ids))
    changed = sets.reach_receipts(
        document_ids=document_ids,
        person_ids=people,
        at=at,
        on=day_of(at),
        channel=channel,
        session_id=session.pk if session else None,
        unit_id=unit_id,
        version=version,
    )
    if len(changed) < len(people) * len(document_ids):
        again = {"at": at, "on": day_of(at), "channel": channel, "version": version}
        changed += _exempt_after_all(document_ids, people, unit_id, session, again)
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


def _exempt_after_all(
    documents: Sequence[int], people: Sequence[int], unit_id: int | None, session: Session | None, how: Any
) -> list[sets.Changed]:
    """Exempt members who heard of it all the same: from then on they are among those asked, and reached."""
    exempt = Receipt.objects.filter(
        person__in=people, document__in=documents, outside=Outside.EXEMPT, recalled=False
    )
    rows = exempt.filter(unit=unit_id) if unit_id is not None else exempt
    keys = list(rows.order_by().values_list("unit_id", "document_id", "person_id"))
    if not keys:
        return []
    take_in(keys, Outside.EXEMPT)
    heard = sets.reach_receipts(
        document_ids=sorted({document for _unit, document, _person in keys}),
        person_ids={person for *_rest, person in keys},
        session_id=session.pk if session else None,
        unit_id=unit_id,
        **how,
    )
    # Whom it did not reach, because a later text is asked for, stays exempt.
    put_outside(keys, Outside.EXEMPT)
    return heard


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
