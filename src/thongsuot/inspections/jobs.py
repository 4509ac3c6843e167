"""Work of inspections that runs later."""

from __future__ import annotations

from thongsuot.inspections.services.self_report import write_draft


def draft_self_report(report_id: int) -> None:
    """Write the Word file of one draft; a second run finds it written and leaves it."""
    write_draft(report_id)
