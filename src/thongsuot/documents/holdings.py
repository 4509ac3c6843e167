"""What documents can tell a person about themselves: what they registered, sent and handed in."""

from __future__ import annotations

from thongsuot.core.holdings import Holding
from thongsuot.documents.models import Document, Intake

HOLDINGS = (
    Holding(
        Document,
        lambda who: Document.objects.filter(registered_by=who.user_id).order_by("-registered_at", "-pk"),
        ("registered_at", "symbol"),
    ),
    Holding(
        Intake,
        lambda who: Intake.objects.filter(created_by=who.user_id).order_by("-created_at", "-pk"),
        ("created_at", "unit", "state"),
    ),
)
