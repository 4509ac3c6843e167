"""Exemptions: said by the head of the cell, with a reason; taken back by a later word."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.dissemination.models import Exemption, Receipt
from thongsuot.dissemination.permissions import can_exempt
from thongsuot.dissemination.services.following import follow_people
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Affiliation, Membership, Person, Unit

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

# Longer than a year is said anew: circumstances change.
MOST_DAYS = 366


@transaction.atomic
def exempt_member(
    *,
    by: User,
    unit: Unit,
    person: Person,
    kind: str,
    reason: str,
    document: Document | None = None,
    until: dt.date | None = None,
) -> Exemption:
    """Ask this member of the cell no longer: for one document, or for all until a day, the last on which it holds.

    Whom a document has reached stays reached. Saying the same twice is refused, so nobody is counted out twice.
    """
    require(can_exempt(by, unit))
    # Two heads at once: the second waits here and then sees what the first has said.
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    member = any(
        rows.valid_on().filter(unit=unit, person=person).exists()
        for rows in (Membership.objects, Affiliation.objects)
    )
    asked = (
        document is not None and Receipt.objects.filter(unit=unit, document=document, person=person).exists()
    )
    if not member and not asked:
        raise Refused(_("This person is not a member of this cell."), "no_member")
    _check(person, document, reason, until)
    exemption = Exemption(
        unit=unit,
        person=person,
        document=document,
        kind=kind,
        reason=nfc(reason).strip(),
        valid_from=today(),
        valid_to=until + dt.timedelta(days=1) if until else None,
        by=by,
    )
    exemption.full_clean(validate_constraints=False)
    exemption.save()
    record("member.exempt", by=by, on=exemption, unit_id=unit.pk)
    follow_people(person.pk)
    return exemption


def _check(person: Person, document: Document | None, reason: str, until: dt.date | None) -> None:
    if not reason.strip():
        raise Refused(_("Say why this member is exempt."), "no_reason")
    if document is None and until is None:
        raise Refused(_("An exemption from all documents has a last day."), "no_end")
    if until and not today() <= until <= today() + dt.timedelta(days=MOST_DAYS):
        raise Refused(_("The last day lies between today and a year from now."), "until")
    same = Exemption.objects.filter(person=person, document=document, ended_at=None)
    if any(row.valid_to is None or row.valid_to > today() for row in same):
        raise Refused(_("This member is exempt already."), "exempt_already")


@transaction.atomic
def end_exemption(*, by: User, exemption: Exemption) -> Exemption:
    """Take an exemption back: from now on the member is asked again. Of two at once, the first one wins."""
    require(can_exempt(by, exemption.unit))
    ended = Exemption.objects.filter(pk=exemption.pk, ended_at=None).update(ended_at=now(), ended_by=by)
    if not ended:
        raise Refused(_("This exemption has been taken back already."), "ended_already")
    record("member.exempt_no_longer", by=by, on=exemption, unit_id=exemption.unit_id)
    follow_people(exemption.person_id)
    exemption.refresh_from_db()
    return exemption
