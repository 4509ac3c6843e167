"""Who may do what with documents: questions for views and services, answered without a query beyond the grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.documents.kinds import Direction
from thongsuot.organizations.reach import can, can_anywhere

if TYPE_CHECKING:
    from thongsuot.documents.models import Delivery, Document
    from thongsuot.organizations.models import Unit
    from thongsuot.organizations.reach import Viewer


def can_register(user: Viewer, unit: Unit, right: Permission = Permission.DOCUMENT_REGISTER) -> bool:
    """To write into the unit's book; ``right`` is that of a higher subject whose act issues the document."""
    return can(user, right, unit)


def can_send(user: Viewer, unit: Unit, right: Permission = Permission.DOCUMENT_SEND) -> bool:
    """To send down from the unit; ``right`` is that of a higher subject whose act sends the document."""
    return can(user, right, unit)


def can_receive(user: Viewer, delivery: Delivery) -> bool:
    """Whether the person may receive or refuse at the door of the delivery's unit."""
    return can(user, Permission.DOCUMENT_RECEIVE, delivery.unit)


def can_publish(user: Viewer, document: Document) -> bool:
    """To put another text in force: only where the document was issued here, by whoever keeps the issuer's book."""
    unit = document.issuing_unit
    return unit is not None and document.direction == Direction.OUTGOING and can_register(user, unit)


def can_read_documents(user: Viewer) -> bool:
    return can_anywhere(user, Permission.DOCUMENT_READ)


def can_receive_anywhere(user: Viewer) -> bool:
    return can_anywhere(user, Permission.DOCUMENT_RECEIVE)


def can_register_anywhere(user: Viewer) -> bool:
    return can_anywhere(user, Permission.DOCUMENT_REGISTER)


def can_send_anywhere(user: Viewer) -> bool:
    return can_anywhere(user, Permission.DOCUMENT_SEND)


def keeps_a_book(user: Viewer) -> bool:
    """Whether the person works with a unit's register; a plain member only reads what circulates."""
    return can_anywhere(user, Permission.OVERVIEW_READ)
