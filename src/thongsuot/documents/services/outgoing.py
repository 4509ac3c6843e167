"""What a unit itself issues, written by hand into its book, with or without the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from thongsuot.core.access import require
from thongsuot.documents.kinds import Direction
from thongsuot.documents.models import Document
from thongsuot.documents.models.register import Relation
from thongsuot.documents.permissions import can_register
from thongsuot.documents.services.data import DocumentFields, RelationData
from thongsuot.documents.services.harmless import proven_harmless
from thongsuot.documents.services.register import register_document
from thongsuot.files.services import store

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit


def register_own(
    *,
    by: User,
    unit: Unit,
    fields: DocumentFields,
    implements: Document | None = None,
    replaces: Document | None = None,
    name: str = "",
    content: bytes | None = None,
    too_large: bool = False,
) -> Document:
    """Give the unit's own document its number; a file is read first and kept only when it may be kept."""
    require(can_register(by, unit))
    extracted = (
        proven_harmless(by=by, unit=unit, content=content, name=name, too_large=too_large)
        if content is not None
        else None
    )
    relations = [_citing(Relation.IMPLEMENTS, implements)] if implements else []
    relations += [_citing(Relation.REPLACES, replaces)] if replaces else []
    with transaction.atomic():
        file = None
        if extracted is not None and content is not None:
            file = store(by=by, content=content, name=name, media_type=extracted.media_type)
        return register_document(
            by=by,
            unit=unit,
            direction=Direction.OUTGOING,
            fields=fields,
            file=file,
            text=extracted.text if extracted else "",
            relations=relations,
        )


def _citing(relation: Relation, document: Document) -> RelationData:
    return RelationData(
        relation=relation,
        kind=document.get_kind_display(),
        symbol=document.symbol,
        issued_on=document.issued_on,
        issuing_body=document.issuing_body,
        title=document.subject[:500],
        target_id=document.pk,
    )
