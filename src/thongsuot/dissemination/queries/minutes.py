"""The minutes of a session, and what their draft is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Sum

from thongsuot.dissemination.meetings.minutes import Turnout, draft_of
from thongsuot.dissemination.models import Minutes, Session, SessionUnit
from thongsuot.dissemination.queries.programme import programme_of

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def minutes_of(session: Session) -> Minutes | None:
    """For whoever may write them: the caller asks."""
    return Minutes.objects.filter(session=session).select_related("document", "signed_by").first()


def turnout_of(session: Session) -> Turnout:
    names = ("called", "present", "excused", "absent")
    sums = SessionUnit.objects.filter(session=session).aggregate(
        cells=Count("pk"), **{n: Sum(n) for n in names}
    )
    return Turnout(sums["cells"], *(sums[name] or 0 for name in names))


def fresh_draft(user: Viewer, session: Session, *, chair: str, secretary: str) -> str:
    """The text as it would be drafted now."""
    documents = [row.document for row in session.agenda.select_related("document").order_by("pk")]
    return draft_of(
        session, turnout_of(session), programme_of(user, session), documents, chair=chair, secretary=secretary
    )
