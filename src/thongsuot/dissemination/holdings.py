"""What dissemination can tell a person about themselves: what they had to take note of, where they were called."""

from __future__ import annotations

from thongsuot.core.holdings import Holding, Subject
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceCorrection,
    BridgePoint,
    CheckAnswer,
    CheckTaken,
    Exemption,
    Inquiry,
    InquirySupport,
    Presenter,
    ReachEvent,
    Receipt,
    Reflection,
    ReflectionText,
    SessionGuest,
)
from thongsuot.dissemination.queries.inquiries import signs_of


def _marks(who: Subject) -> list[str]:
    """No name leads to a question: the signs are made anew for every document there are questions about."""
    documents = Inquiry._default_manager.order_by("document").values_list("document", flat=True).distinct()
    return signs_of(who.person_ids, documents)


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
        SessionGuest,
        lambda who: SessionGuest._default_manager.filter(person__in=who.person_ids).order_by("-session"),
        ("session", "unit", "noted_at"),
    ),
    Holding(
        BridgePoint,
        lambda who: BridgePoint._default_manager.filter(head__in=who.person_ids).order_by("-session"),
        ("session", "unit", "place"),
    ),
    Holding(
        Exemption,
        lambda who: Exemption.objects.filter(person__in=who.person_ids).order_by("-at", "-pk"),
        ("unit", "document", "kind", "reason", "valid_from", "valid_to", "ended_at"),
    ),
    Holding(
        ReachEvent,
        lambda who: ReachEvent._default_manager.filter(person__in=who.person_ids).order_by("-at", "-id"),
        ("at", "document", "verb", "channel", "reason"),
        costly=True,
    ),
    Holding(
        CheckTaken,
        lambda who: CheckTaken._default_manager.filter(person__in=who.person_ids).order_by("-document"),
        ("document", "unit", "finished_at", "understood_at"),
    ),
    Holding(
        CheckAnswer,
        lambda who: CheckAnswer._default_manager.filter(person__in=who.person_ids).order_by("question"),
        ("question", "right_at_first", "right"),
        costly=True,
    ),
    Holding(
        Inquiry,
        lambda who: Inquiry._default_manager.filter(mark__in=_marks(who)).order_by("-asked_on", "pk"),
        ("asked_on", "document", "text", "state", "answer"),
        costly=True,
    ),
    Holding(
        InquirySupport,
        lambda who: (
            InquirySupport._default_manager.filter(mark__in=_marks(who))
            .select_related("inquiry")
            .order_by("pk")
        ),
        ("inquiry",),
        costly=True,
    ),
    Holding(
        Reflection,
        lambda who: Reflection.objects.filter(person__in=who.person_ids).order_by("-document", "kind"),
        ("document", "kind", "state", "at"),
    ),
    Holding(
        ReflectionText,
        lambda who: ReflectionText._default_manager.filter(person__in=who.person_ids).order_by(
            "-document", "kind"
        ),
        ("document", "kind", "text", "word"),
    ),
)
