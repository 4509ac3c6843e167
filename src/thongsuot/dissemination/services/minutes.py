"""The minutes of a session: written, signed, and if wanted registered as a document of the unit."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import day_of, now
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.dissemination.meetings.minutes import paper_of
from thongsuot.dissemination.models import Minutes, Session, SessionState
from thongsuot.dissemination.permissions import can_write_minutes
from thongsuot.documents.kinds import Direction, Kind
from thongsuot.documents.models import Document
from thongsuot.documents.models.register import Relation
from thongsuot.documents.permissions import can_register
from thongsuot.documents.services import DocumentFields, RelationData, register_document
from thongsuot.documents.services.numbering import next_symbol, regime_of
from thongsuot.files.services import store
from thongsuot.formats.word import MEDIA_TYPE, OfficialDocument, write

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

ATTEMPTS = 5


class _OvertakenError(Exception):
    """Between writing the file and registering it somebody took the number."""


@transaction.atomic
def write_minutes(
    *, by: User, session: Session, chair: str, secretary: str, text: str, seen: dt.datetime | None = None
) -> Minutes:
    """Keep the text. ``seen`` is when the text was written that the person had before them; not what came meanwhile."""
    require(can_write_minutes(by, session.unit))
    if session.state != SessionState.HELD:
        raise Refused(_("Minutes are written of a session that was held."), "not_held")
    given = {
        "chair": nfc(chair.strip()),
        "secretary": nfc(secretary.strip()),
        "text": nfc(text.strip()),
        "written_at": now(),
        "written_by": by,
    }
    there = Minutes.objects.filter(session=session)
    if seen is None or not there.filter(signed_at=None, written_at=seen).update(**given):
        if found := there.first():
            raise _too_late(found)
        try:
            with transaction.atomic():
                Minutes.objects.create(session=session, **given)
        except IntegrityError:
            raise _too_late(there.get()) from None
    record("minutes.written", by=by, on=session)
    return there.get()


def _too_late(minutes: Minutes) -> Refused:
    if minutes.signed_at:
        return Refused(_("The minutes are signed: they are not changed any more."), "signed")
    return Refused(
        _(
            "Somebody has changed the minutes meanwhile. Your text is below: copy it, reload the page and look again."
        ),
        "changed",
    )


@transaction.atomic
def sign_minutes(*, by: User, session: Session) -> Minutes:
    """Note that the minutes are signed on paper: from now on nobody changes them."""
    require(can_write_minutes(by, session.unit))
    signed = Minutes.objects.filter(session=session, signed_at=None).exclude(chair="").exclude(secretary="")
    if not signed.update(signed_at=now(), signed_by=by):
        raise Refused(_("There are no minutes that wait to be signed."), "state")
    record("minutes.signed", by=by, on=session)
    return Minutes.objects.get(session=session)


def register_minutes(*, by: User, session: Session) -> Document:
    """Give signed minutes a number from the unit's book, with their Word file. All of it or nothing."""
    require(can_write_minutes(by, session.unit) and can_register(by, session.unit))
    minutes = Minutes.objects.select_related("session__unit").get(session=session)
    _check(minutes)
    documents = [row.document for row in session.agenda.select_related("document").order_by("pk")]
    day, regime = day_of(session.starts_at), regime_of(session.unit)
    for _attempt in range(ATTEMPTS):
        symbol = next_symbol(session.unit, Kind.BIEN_BAN, regime, day)
        paper = paper_of(minutes, documents, symbol=symbol)
        content = write(paper)
        try:
            with transaction.atomic():
                return _register(by, minutes, paper, content, documents)
        except _OvertakenError:
            continue
    raise Refused(_("Many documents are being registered at this moment. Please try again."), "busy")


def _check(minutes: Minutes) -> None:
    if minutes.signed_at is None:
        raise Refused(_("Minutes get their number once they are signed."), "not_signed")
    if minutes.document_id is not None:
        raise Refused(_("The minutes have their number already."), "registered")


def _register(
    by: User, minutes: Minutes, paper: OfficialDocument, content: bytes, documents: list[Document]
) -> Document:
    session = minutes.session
    _check(Minutes.objects.select_for_update(no_key=True, of=("self",)).get(pk=minutes.pk))
    document = register_document(
        by=by,
        unit=session.unit,
        direction=Direction.OUTGOING,
        fields=DocumentFields(
            kind=Kind.BIEN_BAN,
            regime=regime_of(session.unit),
            issuing_body=paper.body,
            issuing_body_parent=paper.parent_body,
            place=paper.place,
            issued_on=day_of(session.starts_at),
            subject=paper.subject,
            signer=paper.signer,
            signer_title=paper.position,
            recipients=list(paper.recipients),
            is_illustration=paper.is_illustration,
        ),
        file=store(
            by=by, content=content, name=f"{paper.number.replace('/', '-')}.docx", media_type=MEDIA_TYPE
        ),
        text=minutes.text,
        relations=[_citing(document) for document in documents],
    )
    if document.symbol != paper.number:
        raise _OvertakenError
    Minutes.objects.filter(pk=minutes.pk).update(document=document)
    record("minutes.registered", by=by, on=session, symbol=document.symbol)
    return document


def _citing(document: Document) -> RelationData:
    return RelationData(
        relation=Relation.REFERS_TO,
        kind=document.get_kind_display(),
        symbol=document.symbol,
        issued_on=document.issued_on,
        issuing_body=document.issuing_body,
        target_id=document.pk,
    )
