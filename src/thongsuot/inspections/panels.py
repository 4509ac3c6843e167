"""News of inspections on the pages of lower subjects."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from thongsuot.documents.models import Document
from thongsuot.inspections.permissions import can_read_inspections
from thongsuot.inspections.queries import inspections_of_document

MOST = 10


def inspections_with(request: HttpRequest, document: object) -> str | None:
    """Inspections in which a document is looked at, newest first."""
    if not isinstance(document, Document) or not can_read_inspections(request.user):
        return None
    inspections = list(inspections_of_document(request.user, document)[:MOST])
    if not inspections:
        return None
    return render_to_string("inspections/_of_document.html", {"inspections": inspections}, request)
