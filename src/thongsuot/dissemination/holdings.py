"""What dissemination can tell a person about themselves: what they had to take note of, where they were called."""

from __future__ import annotations

from thongsuot.core.holdings import Holding
from thongsuot.dissemination.models import Attendance, AttendanceCorrection, Presenter, ReachEvent, Receipt

HOLDINGS = (
    Holding(
        Receipt,
        lambda who: Receipt.objects.filter(person__in=who.person_ids).order_by("-document"),
        ("document", "unit", "due", "reached_at", "channel"),
    ),
    Holding(
        Attendance,
        lambda who: Attendance._default_manager.filter(person__in=who.person_ids).order_by("-session"),
        ("session", "unit", "state", "way", "marked_at"),
    ),
    Holding(
        AttendanceCorrection,
        lambda who: AttendanceCorrection._default_manager.filter(person__in=who.person_ids).order_by(
            "-at", "-id"
        ),
        ("at", "session", "before", "after", "reason"),
    ),
    Holding(
        Presenter,
        lambda who: Presenter.objects.filter(person__in=who.person_ids).order_by("-valid_from", "pk"),
        ("unit", "title", "topics", "valid_from", "valid_to"),
    ),
    Holding(
        ReachEvent,
        lambda who: ReachEvent._default_manager.filter(person__in=who.person_ids).order_by("-at", "-id"),
        ("at", "document", "verb", "channel", "reason"),
        costly=True,
    ),
)
