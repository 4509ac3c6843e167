"""Themes and the documents in them, as far as the person may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from thongsuot.core.search import searchable
from thongsuot.documents.models import Document
from thongsuot.documents.models.register import DocumentQuerySet
from thongsuot.documents.models.themes import Theme, ThemeDocument

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

MOST_FOUND = 10


def themes_of(user: Viewer) -> QuerySet[Theme]:
    """All themes the person may look into, with the number of their documents as ``documents``."""
    rows = Theme.objects.visible_to(user).annotate(documents=Count("members"))
    return rows.select_related("unit", "changed_by").order_by("name", "pk")


def documents_of(user: Viewer, theme: Theme) -> DocumentQuerySet:
    """The documents of a theme that the person may read, the newest first."""
    members = ThemeDocument.objects.filter(theme=theme).values("document_id")
    rows = Document.objects.visible_to(user).filter(pk__in=members).defer("text", "search_text")
    return rows.order_by("-issued_on", "-pk")


def documents_to_add(user: Viewer, theme: Theme, asked: str) -> list[Document]:
    """A few documents that the words find and that are not in the theme yet."""
    if not searchable(asked):
        return []
    members = ThemeDocument.objects.filter(theme=theme).values("document_id")
    rows = Document.objects.visible_to(user).search(asked).exclude(pk__in=members)
    return list(rows.defer("text", "search_text").order_by("-issued_on", "-pk")[:MOST_FOUND])


def themes_with(user: Viewer, document: Document) -> list[Theme]:
    """The themes a document belongs to, by name."""
    rows = Theme.objects.visible_to(user).filter(members__document=document)
    return list(rows.order_by("name", "pk"))
