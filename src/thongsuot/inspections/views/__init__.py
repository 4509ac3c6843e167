from thongsuot.inspections.views.acts import (
    add_finding,
    add_requirement,
    close,
    close_requirement,
    conclude,
    draft,
    hand_in,
    return_requirement,
    withdraw_finding,
    withdraw_requirement,
)
from thongsuot.inspections.views.pages import (
    inspection,
    inspection_list,
    open_new,
    report_file,
    report_progress,
)

__all__ = [
    "add_finding",
    "add_requirement",
    "close",
    "close_requirement",
    "conclude",
    "draft",
    "hand_in",
    "inspection",
    "inspection_list",
    "open_new",
    "report_file",
    "report_progress",
    "return_requirement",
    "withdraw_finding",
    "withdraw_requirement",
]
