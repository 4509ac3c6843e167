"""Reflections and commitments: asked for, handed in, returned once with a word, or noted as received on paper.

Acts name no writer and no word; who opened somebody's paper is noted as a look at personal data.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.jobs import fold_responses
from thongsuot.dissemination.models import (
    Receipt,
    Reflection,
    ReflectionCall,
    ReflectionKind,
    ReflectionState,
    ReflectionText,
    ResponseCounter,
)
from thongsuot.dissemination.permissions import can_require, can_vouch
from thongsuot.dissemination.queries.own import asked_receipt
from thongsuot.dissemination.queries.reflections import MEASURE, binding_on, calls_about
from thongsuot.documents.counting import bump
from thongsuot.documents.models import Document
from thongsuot.documents.services.harmless import proven_harmless
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.reach import in_own_name

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

LONGEST = 20_000


@transaction.atomic
def ask_for_papers(
    *, by: User, document: Document, unit: Unit, kind: ReflectionKind, due: dt.date
) -> ReflectionCall:
    """Ask everybody in and below the unit who has to hear of the document for a paper of their own."""
    require(can_require(by, unit))
    require(Document.objects.visible_to(by).filter(pk=document.pk).exists())
    if due < today():
        raise Refused(_("The deadline has already passed. Choose today or a later day."), "due_passed")
    call, is_new = ReflectionCall._default_manager.get_or_create(
        document=document, unit=unit, kind=kind, defaults={"due": due, "asked_by": by}
    )
    if not is_new:
        raise Refused(_("The unit has asked for it already."), "asked_already")
    record("reflection.asked_for", by=by, on=document, unit_id=unit.pk, kind=str(kind), due=f"{due:%d/%m/%Y}")
    return call


def hand_in(*, by: User, document: Document, kind: ReflectionKind, text: str) -> Reflection:
    """One's own paper as text. Handed in twice with the same words it is one; a returned one once more."""
    in_own_name(by)
    receipt = _asked(by, document, kind)
    text = text.strip()
    if not text:
        raise Refused(_("Write the text, or choose a file."), "empty")
    if len(text) > LONGEST:
        raise Refused(_("The text is too long: at most 20,000 letters."), "too_long")
    return _keep(receipt, kind, text)


def hand_in_file(
    *, by: User, document: Document, kind: ReflectionKind, content: bytes, name: str, too_large: bool = False
) -> Reflection:
    """The same from a file: it is read in memory and refused if it is secret; its words are kept, not the file."""
    in_own_name(by)
    receipt = _asked(by, document, kind)
    read = proven_harmless(by=by, unit=receipt.unit, content=content, name=name, too_large=too_large)
    return hand_in(by=by, document=document, kind=kind, text=read.text)


def _asked(by: User, document: Document, kind: ReflectionKind) -> Receipt:
    receipt = asked_receipt(by, document)
    if receipt is None or kind not in binding_on(calls_about(document), receipt.unit):
        raise Refused(_("Nobody has asked you for this."), "not_asked")
    return receipt


@transaction.atomic
def _keep(receipt: Receipt, kind: ReflectionKind, text: str) -> Reflection:
    row, is_new = _row(receipt, kind, ReflectionState.HANDED_IN)
    key = {"unit_id": row.unit_id, "document_id": row.document_id, "person_id": row.person_id, "kind": kind}
    words = ReflectionText._default_manager.filter(**key).first()
    if not is_new and row.state != ReflectionState.RETURNED:
        if words is not None and words.text == text:
            return row
        raise Refused(_("You have handed it in already."), "handed_in_already")
    if not is_new:
        _mine(row).update(state=ReflectionState.HANDED_IN, at=now())
        row.state = ReflectionState.HANDED_IN
    words = words or ReflectionText(**key)
    words.text, words.written_at = text, now()
    words.save()
    _count(row, kind, 1)
    return row


@transaction.atomic
def return_paper(
    *, by: User, document: Document, unit: Unit, person: Person, kind: ReflectionKind, word: str
) -> Reflection:
    """Give it back to its writer with a word, once; it counts again when it comes back."""
    require(can_vouch(by, unit))
    if not word.strip():
        raise Refused(_("Say what is missing."), "no_reason")
    rows = Reflection.objects.filter(unit=unit, document=document, person=person, kind=kind)
    returned = rows.handed_in().filter(returned_at=None)
    if not returned.update(state=ReflectionState.RETURNED, returned_at=now()):
        raise Refused(_("It was returned before, or has not come in. Talk to the member."), "not_returnable")
    row = rows.get()
    key = {"unit_id": unit.pk, "document_id": document.pk, "person_id": person.pk, "kind": kind}
    words = ReflectionText._default_manager.filter(**key).first() or ReflectionText(**key, text="")
    words.word = word.strip()
    words.save()
    _count(row, kind, -1)
    record("reflection.returned", by=by, on=document, unit_id=unit.pk, kind=str(kind))
    return row


@transaction.atomic
def note_on_paper(
    *, by: User, document: Document, unit: Unit, person: Person, kind: ReflectionKind
) -> Reflection:
    """The head of the cell has it on paper: it counts like any other, marked as such for good."""
    require(can_vouch(by, unit))
    asked = Receipt.objects.filter(unit=unit, document=document, person=person, released_at=None)
    receipt = asked.select_related("unit").first()
    if receipt is None or kind not in binding_on(calls_about(document), unit):
        raise Refused(_("This person is not asked for it in this cell."), "not_asked")
    row, is_new = _row(receipt, kind, ReflectionState.ON_PAPER)
    if not is_new and row.state != ReflectionState.RETURNED:
        return row
    _mine(row).update(state=ReflectionState.ON_PAPER, at=now(), noted_by=by)
    row.state = ReflectionState.ON_PAPER
    _count(row, kind, 1)
    record("reflection.on_paper", by=by, on=document, unit_id=unit.pk, kind=str(kind))
    return row


def _row(receipt: Receipt, kind: ReflectionKind, state: ReflectionState) -> tuple[Reflection, bool]:
    """The row of a paper, ours until the end: of two hands at once one waits and finds it."""
    row, is_new = Reflection.objects.get_or_create(
        unit_id=receipt.unit_id,
        document_id=receipt.document_id,
        person_id=receipt.person_id,
        kind=kind,
        defaults={"state": state},
    )
    return (row, True) if is_new else (_mine(row).select_for_update(no_key=True).get(), False)


def _mine(row: Reflection) -> models.QuerySet[Reflection]:
    return Reflection.objects.filter(
        unit=row.unit_id, document=row.document_id, person=row.person_id, kind=row.kind
    )


def _count(row: Reflection, kind: ReflectionKind, by: int) -> None:
    measure = {MEASURE[kind]: by}
    bump(ResponseCounter, unit_ids=[row.unit_id], document_id=row.document_id, of=None, **measure)
    enqueue_once(fold_responses)
