"""Reading on one's own: the member confirms, or the head of the cell vouches for somebody without a phone.

The facts are ``ReachEvent`` rows, by whom and on which text; the general record of acts names nobody's reading.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from thongsuot.core.access import require
from thongsuot.core.clock import day_of, now
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import Channel, Receipt
from thongsuot.dissemination.models.receipts import MAY_HEAR
from thongsuot.dissemination.permissions import can_vouch
from thongsuot.dissemination.queries import receipts_to_confirm
from thongsuot.dissemination.reading_page.tokens import Given, moment_that_counts
from thongsuot.dissemination.services.other_ways import note_also
from thongsuot.dissemination.services.reaching import reach_people
from thongsuot.documents.models import Document, DocumentVersion
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.reach import in_own_name

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


def confirm_reading(*, by: User, document: Document, shown: str | None = None) -> Receipt:
    """The person's own confirmation of one text: the one of this hash, or that of ``document`` as it was read."""
    return confirm_shown(
        by=by, document_id=document.pk, shown=document.text_sha256 if shown is None else shown
    )


@transaction.atomic
def confirm_shown(*, by: User, document_id: int, shown: str | None) -> Receipt:
    """The same as a page asks for it: the hash its form stood under, none if it is from before there were versions.

    A second tap changes nothing. Of a text that is not in force any more nothing is counted.
    """
    in_own_name(by)
    receipts = receipts_to_confirm(by, document_id)
    if not receipts:
        raise Refused(
            _("Nobody has asked you to confirm this document. You can go on reading it."), "not_required"
        )
    document = receipts[0].document
    if shown is None and document.version == 1:
        shown = document.text_sha256
    if all(receipt.reached_at for receipt in receipts):
        if shown == document.text_sha256:
            for receipt in receipts:
                note_also(receipt, by=by, channel=Channel.READING, text_sha256=shown)
        return receipts[0]
    if shown is None or shown != document.text_sha256:
        raise _changed_meanwhile()
    return _count(by=by, receipts=receipts, shown=shown, version=document.version, at=now())


@transaction.atomic
def confirm_later(*, by: User, given: Given, said: dt.datetime | None) -> Receipt:
    """A confirmation that a telephone kept while it had no connection; sent twice it counts once.

    It counts for the moment ``tokens.moment_that_counts`` says. Unlike on the page, a mere correction of the text in
    the meantime does not stand against it: who has confirmed before is not asked again because of one either.
    """
    in_own_name(by)
    if given.user_id != by.pk:
        raise Refused(_("This confirmation is somebody else's. It waits until they sign in."), "other_person")
    receipts = receipts_to_confirm(by, given.document_id)
    if not receipts:
        raise Refused(
            _("Nobody asks for your confirmation of this document any more. Nothing has been counted."),
            "not_required",
        )
    if all(receipt.reached_at for receipt in receipts):
        return receipts[0]
    version = _version_read(receipts[0].document, given.text_sha256)
    if version < max(receipt.version for receipt in receipts):
        raise _changed_meanwhile()
    at = moment_that_counts(given, said, now())
    return _count(by=by, receipts=receipts, shown=given.text_sha256, version=version, at=at)


def _version_read(document: Document, text_sha256: str) -> int:
    """The number of the text with this hash; 0 when the document never had it."""
    if text_sha256 == document.text_sha256:
        return document.version
    versions = DocumentVersion.objects.filter(document=document, text_sha256=text_sha256)
    return versions.aggregate(last=Max("number"))["last"] or 0


def _count(*, by: User, receipts: list[Receipt], shown: str, version: int, at: dt.datetime) -> Receipt:
    """Who was asked twice, because they were written down twice, has read it once."""
    counted = False
    for receipt in receipts:
        changed = reach_people(
            by=by,
            document_ids=[receipt.document_id],
            person_ids=[receipt.person_id],
            unit_id=receipt.unit_id,
            channel=Channel.READING,
            at=at,
            version=version,
            text_sha256=shown,
        )
        if changed:
            counted = True
            receipt.reached_at, receipt.reached_on, receipt.channel = at, day_of(at), Channel.READING
    if counted:
        enqueue_once(fold_coverage)
    else:
        _refuse_if_asked_anew(receipts)
    return receipts[0]


def _refuse_if_asked_anew(receipts: list[Receipt]) -> None:
    """Nothing was counted: a second tap, or a text published between the look at it and the writing."""
    for receipt in receipts:
        later = Receipt.objects.filter(pk=receipt.pk, reached_at=None, version__gt=receipt.document.version)
        if later.exists():
            raise _changed_meanwhile()


def _changed_meanwhile() -> Refused:
    return Refused(
        _(
            "The text has changed since you opened it. Nothing has been counted: read what is new and confirm."
        ),
        "text_changed",
    )


@transaction.atomic
def vouch_reading(
    *, by: User, document: Document, unit: Unit, person: Person, reason: str, shown: str | None = None
) -> Receipt:
    """The head of the cell says how this member has heard of the document; marked as such for good.

    ``shown`` as in ``confirm_reading``: the text that was in force when the head opened the form.
    """
    require(can_vouch(by, unit))
    asked = Receipt.objects.filter(MAY_HEAR, unit=unit, document=document)
    receipt = asked.filter(person=person).select_related("document").defer("document__text").first()
    if receipt is None:
        raise Refused(_("This person is not asked to hear of the document in this cell."), "not_required")
    if not reason.strip():
        raise Refused(_("Say how this person has heard of the document."), "no_reason")
    shown = document.text_sha256 if shown is None else shown
    if receipt.reached_at is None and shown != receipt.document.text_sha256:
        raise _changed_meanwhile()
    changed = reach_people(
        by=by,
        document_ids=[document.pk],
        person_ids=[person.pk],
        unit_id=unit.pk,
        channel=Channel.VOUCHED,
        at=now(),
        reason=reason.strip(),
        version=receipt.document.version,
        text_sha256=shown,
    )
    if changed:
        enqueue_once(fold_coverage)
        receipt.refresh_from_db()
    else:
        _refuse_if_asked_anew([receipt])
    return receipt
