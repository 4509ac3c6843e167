"""The catalogue of permissions and the roles that group them. Who holds a role in which unit: ``organizations``."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing a person may do in a unit (and below it, when the role reaches the subtree)."""

    DOCUMENT_READ = "document.read"
    DOCUMENT_REGISTER = "document.register"
    DOCUMENT_SEND = "document.send"
    DOCUMENT_RECEIVE = "document.receive"
    TASK_READ = "task.read"
    TASK_ASSIGN = "task.assign"
    TASK_REPORT = "task.report"
    TASK_ACCEPT = "task.accept"
    SESSION_READ = "session.read"
    SESSION_CALL = "session.call"
    SESSION_MARK = "session.mark"
    MEMBERS_READ = "members.read"
    READING_VOUCH = "reading.vouch"
    INSPECTION_READ = "inspection.read"
    INSPECTION_CONDUCT = "inspection.conduct"
    INSPECTION_ANSWER = "inspection.answer"
    OVERVIEW_READ = "overview.read"
    URGE = "urge"
    UNIT_READ = "unit.read"
    # Contacts and the names that documents use; then identifiers, symbols and what else is no reorganisation.
    UNIT_DESCRIBE = "unit.describe"
    UNIT_MANAGE = "unit.manage"
    PEOPLE_MANAGE = "people.manage"
    # Ways in for those who may do no more than oneself; then any account in reach: closing, devices, providers.
    ACCOUNT_INVITE = "account.invite"
    ACCOUNT_MANAGE = "account.manage"
    JOBS_READ = "jobs.read"
    AUDIT_READ = "audit.read"


class Role(models.TextChoices):
    CLERK = "clerk", _("clerk")
    LEADER = "leader", _("leader")
    OFFICER = "officer", _("officer")
    HEAD_OF_CELL = "head_of_cell", _("head of cell")
    MEMBER = "member", _("member")
    INSPECTOR = "inspector", _("inspector")
    ADMINISTRATOR = "administrator", _("administrator")


P = Permission
_READING = {P.DOCUMENT_READ, P.UNIT_READ}

PERMISSIONS_OF: dict[str, frozenset[Permission]] = {
    Role.CLERK: frozenset(
        _READING
        | {
            P.DOCUMENT_REGISTER,
            P.DOCUMENT_SEND,
            P.DOCUMENT_RECEIVE,
            P.TASK_READ,
            P.SESSION_READ,
            P.SESSION_MARK,
        }
        | {P.OVERVIEW_READ, P.INSPECTION_READ, P.URGE, P.UNIT_DESCRIBE, P.ACCOUNT_INVITE}
    ),
    Role.LEADER: frozenset(
        _READING
        | {P.DOCUMENT_SEND, P.DOCUMENT_RECEIVE, P.TASK_READ, P.TASK_ASSIGN, P.TASK_REPORT, P.TASK_ACCEPT}
        | {P.SESSION_READ, P.SESSION_CALL, P.SESSION_MARK, P.MEMBERS_READ, P.OVERVIEW_READ, P.URGE}
        | {P.INSPECTION_READ, P.INSPECTION_ANSWER}
    ),
    Role.OFFICER: frozenset(
        _READING
        | {
            P.TASK_READ,
            P.TASK_REPORT,
            P.SESSION_READ,
            P.OVERVIEW_READ,
            P.INSPECTION_READ,
            P.INSPECTION_ANSWER,
        }
    ),
    Role.HEAD_OF_CELL: frozenset(
        _READING
        | {P.DOCUMENT_RECEIVE, P.TASK_READ, P.TASK_ASSIGN, P.TASK_REPORT, P.TASK_ACCEPT, P.SESSION_READ}
        | {P.SESSION_CALL, P.SESSION_MARK, P.MEMBERS_READ, P.READING_VOUCH, P.OVERVIEW_READ}
    ),
    # A member's own tasks, sessions and readings are theirs by name, not by a role.
    Role.MEMBER: frozenset(_READING),
    Role.INSPECTOR: frozenset(
        _READING
        | {
            P.TASK_READ,
            P.TASK_ACCEPT,
            P.SESSION_READ,
            P.OVERVIEW_READ,
            P.INSPECTION_READ,
            P.INSPECTION_CONDUCT,
            P.AUDIT_READ,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {P.UNIT_READ, P.UNIT_DESCRIBE, P.UNIT_MANAGE, P.PEOPLE_MANAGE, P.JOBS_READ, P.AUDIT_READ}
        | {P.ACCOUNT_INVITE, P.ACCOUNT_MANAGE}
    ),
}

# Roles whose holder answers for everything below the unit; a grant may say otherwise.
REACHES_SUBTREE: frozenset[str] = frozenset({Role.CLERK, Role.LEADER, Role.INSPECTOR, Role.ADMINISTRATOR})
