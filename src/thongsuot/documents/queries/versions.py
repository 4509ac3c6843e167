"""Reading the texts of a document: which there are, and what lies between two of them."""

from __future__ import annotations

from dataclasses import dataclass

from thongsuot.documents.comparing import Comparison, compare
from thongsuot.documents.models import Document, DocumentVersion
from thongsuot.documents.paper import paper_of


def versions_of(document: Document) -> list[DocumentVersion]:
    """The texts of a document the caller may read, newest first; none while it has never been changed."""
    if document.version == 1:
        return []
    rows = DocumentVersion.objects.filter(document=document).defer("text")
    return list(rows.select_related("by", "file").order_by("-number"))


def newest_of(document: Document) -> DocumentVersion | None:
    """The change that put the present text in force."""
    if document.version == 1:
        return None
    rows = DocumentVersion.objects.filter(document=document, number=document.version)
    return rows.defer("text").select_related("by").first()


def version_of(document: Document, number: int) -> DocumentVersion | None:
    return DocumentVersion.objects.select_related("file").filter(document=document, number=number).first()


@dataclass(frozen=True)
class Difference:
    old: DocumentVersion
    new: DocumentVersion
    comparison: Comparison


def difference(document: Document, old: int, new: int) -> Difference | None:
    """Two texts of one document, compared; nothing when there are no such two."""
    rows = {
        row.number: row for row in DocumentVersion.objects.filter(document=document, number__in=[old, new])
    }
    if old not in rows or new not in rows or old == new:
        return None
    compared = compare(_paragraphs(rows[old].text), _paragraphs(rows[new].text))
    return Difference(rows[old], rows[new], compared)


def _paragraphs(text: str) -> list[str]:
    written = ("".join(piece.text for piece in paragraph.pieces).strip() for paragraph in paper_of(text))
    return [words for words in written if words]
