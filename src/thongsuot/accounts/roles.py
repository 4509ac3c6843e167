"""The catalogue: every permission there is, and what the built-in roles always allow.

Roles are rows (``accounts.models.Role``), built-in ones included; who holds one in which unit: ``organizations``.
A new permission gets its line in ``Permission``, its group and sentence in ``CATALOGUE``, and its built-in roles.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    UNIT_REORGANIZE = "unit.reorganize"
    PEOPLE_MANAGE = "people.manage"
    # When somebody became a member, and how they were evaluated: to read it, and to keep it.
    PARTY_RECORD_READ = "party_record.read"
    PARTY_RECORD_MANAGE = "party_record.manage"
    # Ways in for those who may do no more than oneself; then any account in reach: closing, devices, providers.
    ACCOUNT_INVITE = "account.invite"
    ACCOUNT_MANAGE = "account.manage"
    JOBS_READ = "jobs.read"
    AUDIT_READ = "audit.read"
    # Who may do what: seeing it, giving and ending roles, shaping the roles themselves, lending one's own authority.
    RIGHTS_READ = "rights.read"
    RIGHTS_GIVE = "rights.give"
    ROLES_SHAPE = "roles.shape"
    AUTHORITY_LEND = "authority.lend"
    PRIVACY_MANAGE = "privacy.manage"


class BuiltIn(models.TextChoices):
    """The roles every installation has: rows as well (``accounts.models.Role``), and always with what stands here."""

    CLERK = "clerk", _("clerk")
    LEADER = "leader", _("leader")
    OFFICER = "officer", _("officer")
    HEAD_OF_CELL = "head_of_cell", _("head of cell")
    MEMBER = "member", _("member")
    INSPECTOR = "inspector", _("inspector")
    ADMINISTRATOR = "administrator", _("administrator")


P = Permission


class Group(models.TextChoices):
    """The subjects under which permissions are read, chosen and lent."""

    DOCUMENTS = "documents", pgettext_lazy("rights", "Papers")
    TASKS = "tasks", pgettext_lazy("rights", "Tasks")
    SESSIONS = "sessions", pgettext_lazy("rights", "Sessions and dissemination")
    INSPECTIONS = "inspections", pgettext_lazy("rights", "Inspections")
    OVERVIEW = "overview", pgettext_lazy("rights", "Overview")
    UNITS = "units", pgettext_lazy("rights", "Units and people")
    PARTY_RECORDS = "party_records", pgettext_lazy("rights", "Party records")
    RIGHTS = "rights", pgettext_lazy("rights", "Rights and system")


# What each permission allows, as the end of the sentence "Whoever has this right may …".
CATALOGUE: dict[Permission, tuple[Group, str | Promise]] = {
    P.DOCUMENT_READ: (Group.DOCUMENTS, _("read the papers that circulate in the unit")),
    P.DOCUMENT_REGISTER: (Group.DOCUMENTS, _("take papers in and enter them in the books of the unit")),
    P.DOCUMENT_SEND: (Group.DOCUMENTS, _("send papers to the units below in the name of the unit")),
    P.DOCUMENT_RECEIVE: (Group.DOCUMENTS, _("receive or refuse papers sent to the unit")),
    P.TASK_READ: (Group.TASKS, _("see the tasks of the unit")),
    P.TASK_ASSIGN: (Group.TASKS, _("give tasks and pass them on")),
    P.TASK_REPORT: (Group.TASKS, _("report the progress of the unit's tasks")),
    P.TASK_ACCEPT: (Group.TASKS, _("accept work as done, return it, or move its deadline")),
    P.URGE: (Group.TASKS, _("urge those who are late")),
    P.SESSION_READ: (Group.SESSIONS, _("see the sessions of the unit")),
    P.SESSION_CALL: (Group.SESSIONS, _("call sessions")),
    P.SESSION_MARK: (Group.SESSIONS, _("take the attendance of sessions")),
    P.MEMBERS_READ: (Group.SESSIONS, _("see the names of members and who has been reached")),
    P.READING_VOUCH: (Group.SESSIONS, _("confirm that a member has read a paper")),
    P.INSPECTION_READ: (Group.INSPECTIONS, _("see inspections")),
    P.INSPECTION_CONDUCT: (Group.INSPECTIONS, _("open and conduct inspections")),
    P.INSPECTION_ANSWER: (Group.INSPECTIONS, _("answer an inspection of the unit")),
    P.OVERVIEW_READ: (Group.OVERVIEW, _("see the overview and the counts of the unit")),
    P.UNIT_READ: (Group.UNITS, _("see the unit in the tree")),
    P.UNIT_DESCRIBE: (Group.UNITS, _("keep the contacts and other names of the unit")),
    P.UNIT_MANAGE: (Group.UNITS, _("keep the identifiers and symbols of the unit")),
    P.UNIT_REORGANIZE: (Group.UNITS, _("prepare, schedule and undo reorganisations below the unit")),
    P.PEOPLE_MANAGE: (Group.UNITS, _("keep people, their positions and memberships")),
    P.PARTY_RECORD_READ: (Group.PARTY_RECORDS, _("read the Party records and evaluations of members")),
    P.PARTY_RECORD_MANAGE: (Group.PARTY_RECORDS, _("keep the Party records and enter evaluations")),
    P.ACCOUNT_INVITE: (Group.RIGHTS, _("let people without wider rights sign in")),
    P.ACCOUNT_MANAGE: (Group.RIGHTS, _("open and close accounts and look after how they sign in")),
    P.JOBS_READ: (Group.RIGHTS, _("see background jobs and run failed ones again")),
    P.AUDIT_READ: (Group.RIGHTS, _("read the record of acts")),
    P.RIGHTS_READ: (Group.RIGHTS, _("see who may do what in the unit")),
    P.RIGHTS_GIVE: (Group.RIGHTS, _("give, prolong and end roles in the unit")),
    P.ROLES_SHAPE: (Group.RIGHTS, _("make and change the roles themselves")),
    P.AUTHORITY_LEND: (Group.RIGHTS, _("lend their own authority to somebody while away")),
    P.PRIVACY_MANAGE: (Group.RIGHTS, _("look after personal data: requests, periods, breaches")),
}
_READING = {P.DOCUMENT_READ, P.UNIT_READ}

PERMISSIONS_OF: dict[str, frozenset[Permission]] = {
    BuiltIn.CLERK: frozenset(
        _READING
        | {
            P.DOCUMENT_REGISTER,
            P.DOCUMENT_SEND,
            P.DOCUMENT_RECEIVE,
            P.TASK_READ,
            P.SESSION_READ,
            P.SESSION_MARK,
        }
        | {P.OVERVIEW_READ, P.INSPECTION_READ, P.URGE, P.UNIT_DESCRIBE, P.UNIT_REORGANIZE}
        | {P.ACCOUNT_INVITE}
    ),
    BuiltIn.LEADER: frozenset(
        _READING
        | {P.DOCUMENT_SEND, P.DOCUMENT_RECEIVE, P.TASK_READ, P.TASK_ASSIGN, P.TASK_REPORT, P.TASK_ACCEPT}
        | {P.SESSION_READ, P.SESSION_CALL, P.SESSION_MARK, P.MEMBERS_READ, P.OVERVIEW_READ, P.URGE}
        | {P.INSPECTION_READ, P.INSPECTION_ANSWER, P.RIGHTS_READ, P.AUTHORITY_LEND}
        | {P.PARTY_RECORD_READ, P.PARTY_RECORD_MANAGE}
    ),
    BuiltIn.OFFICER: frozenset(
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
    BuiltIn.HEAD_OF_CELL: frozenset(
        _READING
        | {P.DOCUMENT_RECEIVE, P.TASK_READ, P.TASK_ASSIGN, P.TASK_REPORT, P.TASK_ACCEPT, P.SESSION_READ}
        | {P.SESSION_CALL, P.SESSION_MARK, P.MEMBERS_READ, P.READING_VOUCH, P.OVERVIEW_READ, P.AUTHORITY_LEND}
        | {P.PARTY_RECORD_READ}
    ),
    # A member's own tasks, sessions and readings are theirs by name, not by a role.
    BuiltIn.MEMBER: frozenset(_READING),
    BuiltIn.INSPECTOR: frozenset(
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
    BuiltIn.ADMINISTRATOR: frozenset(
        {P.UNIT_READ, P.UNIT_DESCRIBE, P.UNIT_MANAGE, P.UNIT_REORGANIZE, P.PEOPLE_MANAGE}
        | {P.JOBS_READ, P.AUDIT_READ, P.ACCOUNT_INVITE, P.ACCOUNT_MANAGE}
        | {P.RIGHTS_READ, P.RIGHTS_GIVE, P.ROLES_SHAPE, P.PRIVACY_MANAGE}
    ),
}

# Roles whose holder answers for everything below the unit; a grant may say otherwise.
REACHES_SUBTREE: frozenset[str] = frozenset(
    {BuiltIn.CLERK, BuiltIn.LEADER, BuiltIn.INSPECTOR, BuiltIn.ADMINISTRATOR}
)

# What somebody who gives roles may put into other hands without having it: an administrator appoints clerks and
# leaders, and is neither. For themselves nobody gives what they do not have already.
GIVES_OF: dict[str, frozenset[Permission]] = {BuiltIn.ADMINISTRATOR: frozenset(Permission)}

# Authority that cannot be lent: with it, what was lent for a week could be made to last (what is erased is gone).
NEVER_LENT: frozenset[Permission] = frozenset(
    {P.RIGHTS_GIVE, P.ROLES_SHAPE, P.AUTHORITY_LEND, P.ACCOUNT_INVITE, P.ACCOUNT_MANAGE, P.PRIVACY_MANAGE}
)


def permissions_of(code: str) -> frozenset[Permission]:
    """What a built-in role always allows; nothing for one's own roles."""
    return PERMISSIONS_OF.get(code, frozenset())


def gives_of(code: str) -> frozenset[Permission]:
    return GIVES_OF.get(code, frozenset())
