"""The pages of the review: plain imports, no code."""

from thongsuot.documents.views.review.deciding import (
    accept_certain,
    add_item,
    decide,
    discard,
    register_intake,
    undo,
)
from thongsuot.documents.views.review.page import review
from thongsuot.documents.views.review.reshaping import assignees, merge, split

__all__ = [
    "accept_certain",
    "add_item",
    "assignees",
    "decide",
    "discard",
    "merge",
    "register_intake",
    "review",
    "split",
    "undo",
]
