"""The registered documents for whoever names the one that decides a reorganisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thongsuot.documents.models import Document
from thongsuot.organizations.hooks import Registered

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

MOST_FOUND = 20


def search(user: Viewer, text: str) -> list[Registered]:
    """Those a person may read, by words or number, the newest first."""
    found = Document.objects.visible_to(user).search(text).order_by("-issued_on", "-pk")
    return [_registered(document) for document in found[:MOST_FOUND]]


def one(user: Viewer, key: int) -> Registered | None:
    document = Document.objects.visible_to(user).filter(pk=key).first()
    return _registered(document) if document else None


def _registered(document: Document) -> Registered:
    return Registered(
        document.pk,
        document.symbol,
        document.issued_on,
        document.issuing_body,
        document.short_subject,
        document.get_absolute_url(),
    )
