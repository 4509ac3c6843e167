"""Where higher subjects take part in the acts of this one."""

from __future__ import annotations

from dataclasses import dataclass

from thongsuot.accounts.models import User
from thongsuot.core.hooks import Hook
from thongsuot.documents.models import Delivery, Dispatch, Document


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


document_dispatched: Hook[Dispatch] = Hook()
"""A document has been sent and its deliveries written; called in the same transaction."""

delivery_refused: Hook[Answer] = Hook()
"""A unit has refused what it was sent; called in the same transaction."""

refusal_taken_back: Hook[Answer] = Hook()
"""A unit has received after all what it had refused; called in the same transaction."""

text_changed: Hook[TextChange] = Hook()
"""A new version of a text is in force; called in the same transaction."""
