from thongsuot.documents.models.books import Book, RegisterEntry
from thongsuot.documents.models.dispatch import Delivery, DeliveryEvent, Dispatch, FlowCounter, FlowTotal
from thongsuot.documents.models.intake import Intake, ReadingItem
from thongsuot.documents.models.register import (
    Circulation,
    Document,
    DocumentRelation,
    Provision,
    ProvisionUnit,
)

__all__ = [
    "Book",
    "Circulation",
    "Delivery",
    "DeliveryEvent",
    "Dispatch",
    "Document",
    "DocumentRelation",
    "FlowCounter",
    "FlowTotal",
    "Intake",
    "Provision",
    "ProvisionUnit",
    "ReadingItem",
    "RegisterEntry",
]
