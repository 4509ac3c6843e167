"""What is done in an inspection: plain imports, no code."""

from thongsuot.inspections.services.conclusion import (
    close_inspection,
    close_requirement,
    conclude,
    preview_of_conclusion,
    return_requirement,
)
from thongsuot.inspections.services.conduct import (
    add_requirement,
    note_finding,
    open_inspection,
    withdraw_finding,
    withdraw_requirement,
)
from thongsuot.inspections.services.self_report import draft_self_report, hand_in_self_report, write_draft

__all__ = [
    "add_requirement",
    "close_inspection",
    "close_requirement",
    "conclude",
    "draft_self_report",
    "hand_in_self_report",
    "note_finding",
    "open_inspection",
    "preview_of_conclusion",
    "return_requirement",
    "withdraw_finding",
    "withdraw_requirement",
    "write_draft",
]
