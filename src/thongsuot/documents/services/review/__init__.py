"""What a person makes of the reader's proposals: plain imports, no code."""

from thongsuot.documents.services.review.deciding import accept_certain, add_item, decide, undo
from thongsuot.documents.services.review.entering import discard_intake, register_intake
from thongsuot.documents.services.review.held import AlreadyRegistered
from thongsuot.documents.services.review.reshaping import merge_items, split_item

__all__ = [
    "AlreadyRegistered",
    "accept_certain",
    "add_item",
    "decide",
    "discard_intake",
    "merge_items",
    "register_intake",
    "split_item",
    "undo",
]
