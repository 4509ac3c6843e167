"""Where higher subjects take part in the acts of this one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from thongsuot.accounts.models import User
from thongsuot.core.hooks import Hook
from thongsuot.documents.models import Delivery, Dispatch, Document, Recall


@dataclass(frozen=True)
class Answer:
    """What a unit said at its door, and who said it."""

    by: User
    delivery: Delivery


@dataclass(frozen=True)
class TextChange:
    """The issuer has put another text in force; ``material``: who has read the one before has to read again.

    ``document`` holds the new text already.
    """

    document: Document
    number: int
    material: bool
    by: User
    # By when it is to be read again: nobody asked again is late before that day.
    due: dt.date | None = None


@dataclass(frozen=True)
class Recalled:
    """Deliveries that were given back together, or are in force again; a set, because they may be thousands."""

    by: User
    recall: Recall
    deliveries: QuerySet[Delivery]
    at: dt.datetime


@dataclass(frozen=True)
class Replaced:
    """An older document has been replaced by another one of its issuer: nothing is asked for it any more."""

    by: User
    old: Document
    new: Document
    at: dt.datetime


document_dispatched: Hook[Dispatch] = Hook()
"""A document has been sent and its deliveries written; called in the same transaction."""

delivery_refused: Hook[Answer] = Hook()
"""A unit has refused what it was sent; called in the same transaction."""

refusal_taken_back: Hook[Answer] = Hook()
"""A unit has received after all what it had refused; called in the same transaction."""

delivery_recalled: Hook[Recalled] = Hook()
"""Deliveries were given back, with all that was sent on from there; called in the same transaction."""

recall_taken_back: Hook[Recalled] = Hook()
"""Deliveries given back are in force again; ``recalled_at`` still says when each was given back."""

document_replaced: Hook[Replaced] = Hook()
"""What is open of the old document ends; called in the same transaction, before the new one is sent."""

text_changed: Hook[TextChange] = Hook()
"""A new version of a text is in force; called in the same transaction."""
