"""Sheets to sign: printing them, handing them in, saying who has signed."""

from thongsuot.dissemination.views.paper.handing_in import paper, paper_hand_in, paper_progress
from thongsuot.dissemination.views.paper.printing import paper_of_document, paper_of_session, paper_print
from thongsuot.dissemination.views.paper.sheet import paper_sheet, paper_strip

__all__ = [
    "paper",
    "paper_hand_in",
    "paper_of_document",
    "paper_of_session",
    "paper_print",
    "paper_progress",
    "paper_sheet",
    "paper_strip",
]
