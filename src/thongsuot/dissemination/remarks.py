"""What stands on the reading page beside the text: the check of understanding (places.py)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from thongsuot.dissemination.places import Reading


def draw_check(request: HttpRequest, subject: object) -> str | None:
    """A way to the check for whoever is asked to read; no query: thousands open this page in a morning."""
    if not isinstance(subject, Reading) or subject.receipt is None:
        return None
    return render_to_string("dissemination/_check.html", {"document": subject.document}, request)
