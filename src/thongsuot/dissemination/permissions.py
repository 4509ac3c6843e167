"""Who may do what about dissemination. Each answers from the grants in force, without a query of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import can, can_anywhere

if TYPE_CHECKING:
    from thongsuot.dissemination.models import Session
    from thongsuot.organizations.reach import Place, Viewer


def can_follow_dissemination(user: Viewer) -> bool:
    """Everybody who may read documents somewhere: officials see their units, members what is theirs."""
    return can_anywhere(user, Permission.DOCUMENT_READ)


def can_see_coverage(user: Viewer, unit: Place) -> bool:
    """Counts of a unit; names are another right."""
    return can(user, Permission.OVERVIEW_READ, unit)


def can_require(user: Viewer, unit: Unit) -> bool:
    """Whoever sends documents for the unit, and whoever leads its sessions."""
    return can(user, Permission.DOCUMENT_SEND, unit) or can(user, Permission.SESSION_CALL, unit)


def can_call(user: Viewer, unit: Unit) -> bool:
    return can(user, Permission.SESSION_CALL, unit)


def can_mark(user: Viewer, unit: Unit) -> bool:
    """Attendance of one cell: its head, and the leader and clerk of a unit above it."""
    return can(user, Permission.SESSION_MARK, unit)


def can_show_screen(user: Viewer, session: Session) -> bool:
    """The code of the whole session: whoever calls it, or takes attendance where it was called."""
    return can_call(user, session.unit) or can_mark(user, session.unit)


def can_write_minutes(user: Viewer, unit: Unit) -> bool:
    """Whoever calls the sessions of the unit, and whoever takes attendance at them: its clerk."""
    return can_call(user, unit) or can_mark(user, unit)


def can_name_members(user: Viewer, unit: Unit) -> bool:
    """By name only for the head of the cell and the leaders it reports to (Law 91/2025/QH15)."""
    return can(user, Permission.MEMBERS_READ, unit)


def can_vouch(user: Viewer, unit: Unit) -> bool:
    return can(user, Permission.READING_VOUCH, unit)


def can_answer(user: Viewer, unit: Unit) -> bool:
    """Questions about documents that are put to the unit: whoever may require dissemination there, or above."""
    return can_require(user, unit)


def can_exempt(user: Viewer, unit: Unit) -> bool:
    """Whoever answers for the readings of a cell says who is not asked, and why."""
    return can(user, Permission.READING_VOUCH, unit)


def can_count_residents(user: Viewer, unit: Unit) -> bool:
    """The clerk of a unit and whoever leads its sessions, there and below."""
    return can_mark(user, unit) or can_require(user, unit)
