"""Residents and members of mass organisations reached: numbers of one event, corrected with a trace."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import CoverageCounter, ResidentCount
from thongsuot.dissemination.permissions import can_count_residents
from thongsuot.documents.counting import bump
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

# More people than any ward has: a slip of the finger, not a meeting.
MOST_PEOPLE = 1_000_000


@transaction.atomic
def count_residents(
    *,
    by: User,
    document: Document,
    unit: Unit,
    who: str,
    channel: str,
    day: dt.date,
    number: int,
    expected: int | None = None,
) -> ResidentCount:
    """Note how many people one event in the unit reached, on its day, without any name; of how many, where known."""
    require(can_count_residents(by, unit))
    require(Document.objects.visible_to(by).filter(pk=document.pk).exists())
    row = ResidentCount(
        unit=unit,
        document=document,
        who=who,
        channel=channel,
        day=day,
        number=number,
        expected=expected,
        by=by,
    )
    _write(row)
    bump(CoverageCounter, unit_ids=[unit.pk], document_id=document.pk, of=None, **_adds(row))
    record("residents.counted", by=by, on=document, unit_id=unit.pk, people=number, day=f"{day:%d/%m/%Y}")
    enqueue_once(fold_coverage)
    return row


@transaction.atomic
def correct_residents(*, by: User, unit: Unit, key: UUID, number: int, reason: str) -> ResidentCount:
    """Say that a number was wrong; 0 when it should not have been entered. The wrong one stays, marked.

    Of two corrections at once the first one wins.
    """
    require(can_count_residents(by, unit))
    wrong = ResidentCount.objects.get(unit=unit, id=key)
    if not reason.strip():
        raise Refused(_("Say why the number is corrected."), "no_reason")
    open_row = ResidentCount.objects.filter(unit=unit, id=key, corrected_at=None)
    if not open_row.update(corrected_at=now()):
        raise Refused(_("Somebody has corrected this number already. Reload the page."), "corrected_already")
    row = ResidentCount(
        unit=unit,
        document_id=wrong.document_id,
        who=wrong.who,
        channel=wrong.channel,
        day=wrong.day,
        number=number,
        # An event that was not one called nobody.
        expected=wrong.expected if number else None,
        by=by,
        corrects=wrong.id,
        reason=nfc(reason).strip(),
    )
    _write(row)
    was, adds = _adds(wrong), _adds(row)
    by_how_many = {name: adds[name] - was[name] for name in adds}
    bump(CoverageCounter, unit_ids=[unit.pk], document_id=wrong.document_id, of=None, **by_how_many)
    record(
        "residents.corrected",
        by=by,
        on=wrong.document,
        unit_id=unit.pk,
        reason=row.reason,
        before={"number": wrong.number},
        after={"number": number},
    )
    enqueue_once(fold_coverage)
    return row


def _adds(row: ResidentCount) -> dict[str, int]:
    """What a row adds to the numbers of its unit."""
    known = row.expected is not None
    return {"residents": row.number, "invited": row.expected or 0, "came": row.number if known else 0}


def _write(row: ResidentCount) -> None:
    if row.day > today():
        raise Refused(_("This day has not come yet."), "too_late")
    if row.day < row.document.issued_on:
        raise Refused(_("On that day the document had not been issued. Check the date."), "before_document")
    if row.number > MOST_PEOPLE or (row.number < 1 and not row.corrects):
        raise Refused(_("Check how many people there were."), "number")
    if row.expected is not None and row.number > row.expected:
        raise Refused(
            _("More people came than were to come. Leave that number empty, or correct it."), "expected"
        )
    row.full_clean(exclude=["document", "unit", "by"], validate_constraints=False)
    row.save(force_insert=True)
