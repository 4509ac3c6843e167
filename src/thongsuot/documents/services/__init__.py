"""What others may do with documents: plain imports, no code."""

from thongsuot.documents.services.checking import close_abandoned_checks
from thongsuot.documents.services.data import DocumentFields, ProvisionData, RelationData
from thongsuot.documents.services.dispatch import dispatch_document
from thongsuot.documents.services.groups import delete_group, save_group
from thongsuot.documents.services.intake import take_in
from thongsuot.documents.services.keeping import AlreadyWaiting
from thongsuot.documents.services.numbering import next_number
from thongsuot.documents.services.plans import link_plan
from thongsuot.documents.services.recall import answer_recall, ask_back, take_back_recall
from thongsuot.documents.services.receiving import receive_delivery, refuse_delivery
from thongsuot.documents.services.register import DuplicateDocument, register_document
from thongsuot.documents.services.replacing import settle_replacement
from thongsuot.documents.services.rereading import read_again
from thongsuot.documents.services.review import (
    AlreadyRegistered,
    accept_certain,
    add_item,
    decide,
    discard_intake,
    merge_items,
    register_intake,
    split_item,
    undo,
)
from thongsuot.documents.services.steps import finish_delivery
from thongsuot.documents.services.themes import add_to_theme, delete_theme, save_theme, take_from_theme
from thongsuot.documents.services.urging import urge_deliveries
from thongsuot.documents.services.versions import publish_version

__all__ = [
    "AlreadyRegistered",
    "AlreadyWaiting",
    "DocumentFields",
    "DuplicateDocument",
    "ProvisionData",
    "RelationData",
    "accept_certain",
    "add_item",
    "add_to_theme",
    "answer_recall",
    "ask_back",
    "close_abandoned_checks",
    "decide",
    "delete_group",
    "delete_theme",
    "discard_intake",
    "dispatch_document",
    "finish_delivery",
    "link_plan",
    "merge_items",
    "next_number",
    "publish_version",
    "read_again",
    "receive_delivery",
    "refuse_delivery",
    "register_document",
    "register_intake",
    "save_group",
    "save_theme",
    "settle_replacement",
    "split_item",
    "take_back_recall",
    "take_from_theme",
    "take_in",
    "undo",
    "urge_deliveries",
]
