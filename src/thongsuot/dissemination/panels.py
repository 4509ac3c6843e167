"""What the page of a document shows of its dissemination."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string

from thongsuot.accounts.models import User
from thongsuot.accounts.roles import Permission
from thongsuot.dissemination.permissions import can_require
from thongsuot.dissemination.queries import coverage_of, dues_of, overview_unit, own_receipt
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import can_anywhere


def draw_coverage_of(request: HttpRequest, subject: object) -> str | None:
    """Coverage of the viewer's unit and what they can do about it; their own reading; or nothing."""
    if not isinstance(subject, Document):
        return None
    user = cast(User, request.user)
    unit = overview_unit(user)
    receipt = own_receipt(user, subject)
    if unit is None and receipt is None:
        return None
    context = {
        "document": subject,
        "unit": unit,
        "receipt": receipt,
        "may_call": can_anywhere(user, Permission.SESSION_CALL),
        "may_require": unit is not None and can_require(user, unit),
        **(_figures(subject, unit) if unit else {"coverage": None, "due": None}),
    }
    return render_to_string("dissemination/_panel.html", context, request)


def _figures(document: Document, unit: Unit) -> dict[str, object]:
    coverage = coverage_of(document, [unit]).get(unit.pk)
    return {"coverage": coverage, "due": dues_of(unit, [document.pk]).get(document.pk) if coverage else None}
