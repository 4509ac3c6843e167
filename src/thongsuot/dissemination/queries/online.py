"""Whom the list of a meeting system means, among those whose attendance a person takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.dissemination.meetings.online.matching import Called, Matched, Stay, match
from thongsuot.dissemination.models import Attendance, AttendanceList, Session
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from thongsuot.organizations.reach import Viewer


def lists_of(user: Viewer, session: Session) -> QuerySet[AttendanceList]:
    """The person's own: a list may name people outside everybody else's reach."""
    return AttendanceList.objects.filter(session=session, created_by=user.pk).select_related("session__unit")


def audience_of(user: Viewer, session: Session) -> list[Called]:
    """Those called in the cells where the person takes attendance."""
    rows = Attendance.objects.filter(reach(user, Permission.SESSION_MARK), session=session)
    return [
        Called(
            row.person_id,
            row.unit_id,
            row.person.name,
            row.unit.short_name,
            row.state,
            row.person.code,
            row.person.email,
            row.person.phone,
        )
        for row in rows.select_related("person", "unit").order_by("person__sort_key", "person_id")
    ]


def look_through(
    batch: AttendanceList, called: Iterable[Called], answers: Mapping[str, int] | None = None
) -> Matched:
    """What the rows say, with the answers to what had to be asked; a name asked about means one of its candidates."""
    matched = match(batch.rows, batch.columns, called)
    for ask in matched.asked:
        chosen = (answers or {}).get(ask.key)
        if chosen in {one.person_id for one in ask.candidates}:
            assert chosen is not None  # noqa: S101  # None is no key of a person
            matched.found.setdefault(chosen, Stay(ask.stay.shown)).add(ask.stay)
    return matched
