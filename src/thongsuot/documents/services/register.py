"""The register: a document gets its number, its relations and what it demands in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.refusals import Refused
from thongsuot.core.search import searchable
from thongsuot.core.text import nfc, sort_key
from thongsuot.documents.kinds import Direction, Kind
from thongsuot.documents.models import (
    Circulation,
    Document,
    DocumentRelation,
    Provision,
    ProvisionUnit,
    RegisterEntry,
)
from thongsuot.documents.models.register import Part
from thongsuot.documents.permissions import can_register
from thongsuot.documents.queries.identity import cited_documents, identity_of, in_chain, meant, same_document
from thongsuot.documents.queries.identity import symbol_key as key_of
from thongsuot.documents.services.data import DocumentFields, ProvisionData, RelationData
from thongsuot.documents.services.numbering import (
    enter_in_book,
    next_number,
    period_of,
    regime_of,
    register_of,
    symbol_of,
)
from thongsuot.documents.services.plans import mark_plans
from thongsuot.organizations.models import Unit

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.files.models import StoredFile


class DuplicateDocument(Refused):
    """The paper is in the unit's register already; ``document`` is where."""

    def __init__(self, sentence: str, document: Document) -> None:
        super().__init__(sentence, "duplicate")
        self.document = document


@transaction.atomic
def register_document(
    *,
    by: User,
    unit: Unit,
    direction: str,
    fields: DocumentFields,
    file: StoredFile | None = None,
    text: str = "",
    provisions: Sequence[ProvisionData] = (),
    relations: Sequence[RelationData] = (),
    right: Permission = Permission.DOCUMENT_REGISTER,
) -> Document:
    """Write a document into the unit's register and give it the next number of its book.

    An outgoing document takes its symbol from the number. The same paper twice is a ``DuplicateDocument``; where
    it implements a document delivered to the unit, that delivery has its plan.
    """
    require(can_register(by, unit, right))
    _refuse_closed_books(unit)
    document = _document(by=by, unit=unit, direction=direction, fields=fields, file=file, text=text)
    if direction == Direction.OUTGOING:
        _register_outgoing(by, unit, document)
    else:
        _save_once(unit, document)
        enter_in_book(by=by, unit=unit, document=document, direction=direction)
    Circulation.objects.get_or_create(unit=unit, document=document)
    written = _write_relations(unit, document, relations)
    _write_provisions(document, provisions)
    record("document.registered", by=by, on=document, symbol=document.symbol, direction=direction)
    if direction == Direction.OUTGOING:
        mark_plans(by, unit, document, written)
    return document


def _refuse_closed_books(unit: Unit) -> None:
    if unit.valid_to is not None and unit.valid_to <= today():
        sentence = _("“%(unit)s” has ended and its books are closed. Register in the unit that took over.")
        raise Refused(sentence % {"unit": unit.name}, "books_closed")


def _document(
    *, by: User, unit: Unit, direction: str, fields: DocumentFields, file: StoredFile | None, text: str
) -> Document:
    outgoing = direction == Direction.OUTGOING
    return Document(
        unit=unit,
        direction=direction,
        regime=fields.regime or (regime_of(unit) if outgoing else ""),
        kind=fields.kind,
        symbol="" if outgoing else nfc(fields.symbol).strip(),
        issuing_body=nfc(fields.issuing_body).strip() or (unit.name if outgoing else ""),
        issuing_body_parent=nfc(fields.issuing_body_parent).strip(),
        issuing_unit=unit if outgoing else None,
        place=nfc(fields.place).strip(),
        issued_on=fields.issued_on,
        subject=nfc(fields.subject).strip(),
        signer=nfc(fields.signer).strip(),
        signer_title=nfc(fields.signer_title).strip(),
        sign_authority=nfc(fields.sign_authority).strip(),
        recipients=[nfc(name) for name in fields.recipients],
        urgency=fields.urgency,
        is_illustration=fields.is_illustration,
        summary=nfc(fields.summary).strip(),
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest() if text else "",
        file=file,
        registered_at=now(),
        registered_by=by,
    )


def _register_outgoing(by: User, unit: Unit, document: Document) -> None:
    """The number first: the symbol is made of it. Whatever fails later gives it back with the transaction."""
    if document.kind not in Kind.values:
        document.full_clean(exclude=["identity"])
    register = register_of(Direction.OUTGOING, document.kind)
    period = period_of(unit, Direction.OUTGOING, document.regime, today())
    number = next_number(unit.pk, register, period)
    document.symbol = symbol_of(number, document.kind, document.regime, unit)
    _save_once(unit, document)
    RegisterEntry.objects.create(
        unit=unit,
        register=register,
        period=period,
        number=number,
        direction=Direction.OUTGOING,
        document=document,
        entered_by=by,
    )


def _save_once(unit: Unit, document: Document) -> None:
    document.identity = identity_of(document.symbol, document.issuing_body, document.issued_on)
    document.search_text = searchable(
        document.symbol, document.subject, document.issuing_body, document.signer, document.get_kind_display()
    )
    document.sort_key = sort_key(document.subject)[:400]
    known = same_document(unit, document.identity)
    if known:
        raise _duplicate(unit, known)
    document.full_clean(exclude=["identity", "unit", "registered_by", "issuing_unit", "file"])
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError:
        # Two clerks with the same paper at once: the constraint decides, and the later one is told.
        known = same_document(unit, document.identity)
        if known is None:
            raise
        raise _duplicate(unit, known) from None


def _duplicate(unit: Unit, known: Document) -> DuplicateDocument:
    entry = RegisterEntry.objects.filter(unit=unit, document=known).order_by("entered_at").first()
    said = {"document": known.symbol or known.subject}
    if entry is None:
        sentence = _(
            "%(document)s has already been sent to this unit. Receive it among the arrived documents instead."
        )
        return DuplicateDocument(sentence % said, known)
    sentence = _("%(document)s is already in the register, number %(number)s (%(period)s).")
    return DuplicateDocument(sentence % {**said, "number": entry.number, "period": entry.period}, known)


def _write_relations(
    unit: Unit, document: Document, relations: Sequence[RelationData]
) -> list[DocumentRelation]:
    candidates = cited_documents(unit, [relation.symbol for relation in relations])
    chosen = in_chain(unit, [relation.target_id or 0 for relation in relations])
    rows = []
    for relation in relations:
        target_id = relation.target_id if relation.target_id in chosen else None
        if target_id is None:
            found = meant(
                [known for known in candidates.get(key_of(relation.symbol), []) if known.pk != document.pk],
                issued_on=relation.issued_on,
                body=relation.issuing_body,
            )
            target_id = found.pk if found else None
        start, end = relation.span or (None, None)
        rows.append(
            DocumentRelation(
                document=document,
                relation=relation.relation,
                target_id=target_id,
                kind=nfc(relation.kind)[:80],
                symbol=nfc(relation.symbol)[:60],
                issued_on=relation.issued_on,
                issuing_body=nfc(relation.issuing_body)[:250],
                title=nfc(relation.title)[:500],
                span_start=start,
                span_end=end,
            )
        )
    return DocumentRelation.objects.bulk_create(rows)


def _write_provisions(document: Document, provisions: Sequence[ProvisionData]) -> None:
    rows = []
    for ordinal, data in enumerate(provisions, start=1):
        start, end = data.span or (None, None)
        rows.append(
            Provision(
                document=document,
                ordinal=ordinal,
                kind=data.kind,
                section=data.section[:60],
                text=nfc(data.text),
                lead_text=nfc(data.lead_text)[:500],
                coordinator_text=nfc(data.coordinator_text)[:1000],
                for_recipients=data.for_recipients,
                deadline_text=nfc(data.deadline_text)[:300],
                due=data.due,
                product=nfc(data.product)[:300],
                comparator=data.comparator,
                value=data.value[:60],
                measure_unit=data.measure_unit[:60],
                period=data.period[:120],
                span_start=start,
                span_end=end,
            )
        )
    made = Provision.objects.bulk_create(rows)
    units = []
    for provision, data in zip(made, provisions, strict=True):
        # A unit that leads does not coordinate as well.
        parts = dict.fromkeys(data.coordinator_units, Part.COORDINATE) | dict.fromkeys(
            data.lead_units, Part.LEAD
        )
        units += [
            ProvisionUnit(provision=provision, unit_id=key, part=part) for key, part in sorted(parts.items())
        ]
    ProvisionUnit.objects.bulk_create(units)
