"""Where higher subjects take part in the acts of this one."""

from __future__ import annotations

from dataclasses import dataclass

from thongsuot.accounts.models import User
from thongsuot.core.hooks import Hook
from thongsuot.documents.models import Delivery, Dispatch


@dataclass(frozen=True)
class Answer:
    """What a unit said at its door, and who said it."""

    by: User
    delivery: Delivery


document_dispatched: Hook[Dispatch] = Hook()
"""A document has been sent and its deliveries written; called in the same transaction."""

delivery_refused: Hook[Answer] = Hook()
"""A unit has refused what it was sent; called in the same transaction."""

refusal_taken_back: Hook[Answer] = Hook()
"""A unit has received after all what it had refused; called in the same transaction."""
