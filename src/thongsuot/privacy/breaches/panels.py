"""Clocks that run stand at the head of the officer's first page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from thongsuot.privacy.breaches import queries
from thongsuot.privacy.permissions import can_see_privacy


def running_clocks(request: HttpRequest, subject: object) -> str | None:
    """Breaches of which the authority was not told yet, the most pressing first; else the way to the register."""
    if not can_see_privacy(request.user):
        return None
    lines = queries.running(request.user)
    return render_to_string("privacy/breaches/_panel.html", {"lines": lines}, request)
