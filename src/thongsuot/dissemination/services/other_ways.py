"""Somebody already reached hears of a document in another way too: kept for the day the first is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from thongsuot.dissemination.audience import sets
from thongsuot.dissemination.models import Channel, ReachEvent, ReachVerb, Receipt
from thongsuot.dissemination.services.reaching import reach_people

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


def note_also(receipt: Receipt, *, by: User, channel: Channel, text_sha256: str, reason: str = "") -> None:
    """Keep that a person already reached has heard of the document in another way too: a fact, not a count."""
    same = {"unit": receipt.unit_id, "document": receipt.document_id, "person": receipt.person_id}
    known = ReachEvent.objects.filter(**same, verb=ReachVerb.ALSO, channel=channel, text_sha256=text_sha256)
    if receipt.channel == channel or known.exists():
        return
    ReachEvent.objects.create(
        unit_id=receipt.unit_id,
        document_id=receipt.document_id,
        person_id=receipt.person_id,
        verb=ReachVerb.ALSO,
        channel=channel,
        by=by,
        text_sha256=text_sha256,
        reason=reason,
    )


def reach_in_the_other_way(withdrawn: Iterable[sets.Changed], *, by: User) -> None:
    """Who had also read and confirmed, or was vouched for, stays reached: on that day and in that way."""
    rows = list(withdrawn)
    facts = ReachEvent.objects.filter(
        verb=ReachVerb.ALSO,
        unit__in={row.unit_id for row in rows},
        document__in={row.document_id for row in rows},
        person__in={row.person_id for row in rows},
    )
    for fact in facts.order_by("at", "id"):
        # Of the text in force at that moment: who was asked for a later one is not reached by it.
        reach_people(
            by=by,
            document_ids=[fact.document_id],
            person_ids=[fact.person_id],
            unit_id=fact.unit_id,
            channel=Channel(fact.channel),
            at=fact.at,
            reason=fact.reason,
            text_sha256=fact.text_sha256,
        )
