from thongsuot.documents.counting.models import FlowDay
from thongsuot.documents.models.books import Book, RegisterEntry
from thongsuot.documents.models.dispatch import (
    Delivery,
    DeliveryEvent,
    DeliveryState,
    Dispatch,
    FlowCounter,
    FlowTotal,
    Purpose,
)
from thongsuot.documents.models.groups import UnitGroup, UnitGroupMember
from thongsuot.documents.models.intake import Intake, ReadingItem
from thongsuot.documents.models.recall import DeliveryUrge, Recall
from thongsuot.documents.models.register import (
    Circulation,
    Document,
    DocumentRelation,
    Part,
    Provision,
    ProvisionKind,
    ProvisionUnit,
    Relation,
)
from thongsuot.documents.models.themes import Theme, ThemeDocument
from thongsuot.documents.models.versions import DocumentVersion

__all__ = [
    "Book",
    "Circulation",
    "Delivery",
    "DeliveryEvent",
    "DeliveryState",
    "DeliveryUrge",
    "Dispatch",
    "Document",
    "DocumentRelation",
    "DocumentVersion",
    "FlowCounter",
    "FlowDay",
    "FlowTotal",
    "Intake",
    "Part",
    "Provision",
    "ProvisionKind",
    "ProvisionUnit",
    "Purpose",
    "ReadingItem",
    "Recall",
    "RegisterEntry",
    "Relation",
    "Theme",
    "ThemeDocument",
    "UnitGroup",
    "UnitGroupMember",
]
