"""What this subject shows on the pages of others."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from thongsuot.accounts.roles import Permission
from thongsuot.documents.models import Document, FlowTotal, Theme
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import can
from thongsuot.reports.permissions import own_overview_unit


def flow_link(request: HttpRequest, document: object) -> str | None:
    """On a document's page: how far it has flowed from the viewer's unit down, and the way to the map."""
    unit = own_overview_unit(request.user)
    if not isinstance(document, Document) or unit is None:
        return None
    total = FlowTotal.objects.filter(unit=unit, document=document).first()
    if total is None or not total.sent:
        return None
    return render_to_string("reports/_flow_link.html", {"document": document}, request)


def overview_link(request: HttpRequest, unit: object) -> str | None:
    """On a unit's page: the way to its overview."""
    if not isinstance(unit, Unit) or unit.valid_to or not can(request.user, Permission.OVERVIEW_READ, unit):
        return None
    return render_to_string("reports/_overview_link.html", {"unit": unit}, request)


def theme_link(request: HttpRequest, theme: object) -> str | None:
    """On a theme's page: the way to the map of all its documents."""
    if not isinstance(theme, Theme) or own_overview_unit(request.user) is None:
        return None
    return render_to_string("reports/_theme_link.html", {"theme": theme}, request)
