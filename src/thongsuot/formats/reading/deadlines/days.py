"""The last day of a deadline."""

from datetime import date

from thongsuot.formats.calendars import VIETNAM, WorkingDays, end_of_period
from thongsuot.formats.reading.deadlines.clock import Clock, last_of
from thongsuot.formats.reading.model import Deadline


def last_day(
    deadline: Deadline,
    issued: str | None = None,
    calendar: WorkingDays = VIETNAM,
    received: date | None = None,
) -> date | None:
    """The last day of the deadline; None where it names no day (periods, most events).

    A period counted from the issue is counted again where `issued` and an office's own `calendar` are given; one
    counted from the receipt where somebody knows the day the paper was `received`. Stated days are never moved.
    """
    note = (deadline.note or "").split()
    start = (
        Clock(issued).day()
        if "counts_from_issue" in note
        else received
        if "counts_from_receipt" in note
        else None
    )
    if deadline.length and start is not None:
        return end_of_period(deadline.length, start, calendar)
    return None if deadline.type in ("periodic", "event") else last_of(deadline.value)
