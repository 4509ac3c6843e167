"""A session and those that make up for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.dissemination.audience import sets
from thongsuot.dissemination.models import Attendance, AttendanceState, Session, SessionState, SessionUnit
from thongsuot.documents.models import Document
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

MOST = 50


@dataclass(frozen=True)
class Series:
    """The sessions of a series with their counts; together everybody counts once, however often they were called."""

    sessions: list[Session]
    called: int
    present: int


def series_of(user: Viewer, session: Session) -> Series | None:
    """The series as far as a person sees its cells; None for a session that stands alone."""
    in_series = Session.objects.visible_to(user).in_series_with(session)
    sessions = list(
        in_series.annotate(called=_sum(user, "called"), present=_sum(user, "present")).order_by(
            "starts_at", "pk"
        )[:MOST]
    )
    if len(sessions) < 2:
        return None
    counted = in_series.exclude(state=SessionState.CANCELLED).values("pk")
    came = Q(state=AttendanceState.PRESENT)
    people = Attendance.objects.filter(_theirs(user), session__in=counted).aggregate(
        called=Count("person_id", distinct=True), present=Count("person_id", distinct=True, filter=came)
    )
    return Series(sessions, people["called"], people["present"])


def missing_of(user: Viewer, session: Session) -> int:
    """How many people a make-up session would call."""
    documents = Document.objects.visible_to(user).filter(sessions__session=session.first_key)
    first = session.makes_up or session
    return sets.count_missing(first, list(documents.order_by("pk").values_list("pk", flat=True)), today())


def _theirs(user: Viewer) -> Q:
    return reach(user, Permission.SESSION_READ) | reach(user, Permission.SESSION_READ, "session__unit")


def _sum(user: Viewer, name: str) -> Coalesce:
    rows = SessionUnit.objects.filter(_theirs(user), session=OuterRef("pk"))
    of_session = rows.order_by().values("session").annotate(together=Sum(name)).values("together")
    return Coalesce(Subquery(of_session), 0)
