"""Reading a waiting paper again with today's reader: what a person has decided stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.jobs import enqueue
from thongsuot.documents import jobs
from thongsuot.documents.models import Intake
from thongsuot.documents.models.intake import IntakeState
from thongsuot.documents.services.review.held import too_late
from thongsuot.organizations.reach import can

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

# Some fifty pages: read in about a second, so whoever asked need not come back for it.
LETTERS_AT_ONCE = 150_000


def read_again(*, by: User, intake: Intake) -> bool:
    """Replace what nobody has decided by what today's reader proposes; whether that is done already or queued."""
    require(can(by, Permission.DOCUMENT_REGISTER, intake.unit))
    if intake.state != IntakeState.READY:
        raise too_late(intake)
    at_once = len(intake.text) <= LETTERS_AT_ONCE
    with transaction.atomic():
        record("intake.read_again", by=by, on=intake)
        if not at_once:
            enqueue(jobs.read_again, intake.pk)
    if at_once:
        jobs.read_again(intake.pk)
    return at_once
