"""What the officer's first page says of retention."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from thongsuot.privacy.permissions import can_see_privacy
from thongsuot.privacy.retention import queries


def retention_in_short(request: HttpRequest, subject: object) -> str | None:
    """When the next run is, what it will remove, and what failed in the last."""
    if not can_see_privacy(request.user):
        return None
    return render_to_string("privacy/retention/_panel.html", {"preview": queries.preview()}, request)
