"""What this subject holds about a person: what they asked about their data, and the answers."""

from __future__ import annotations

from thongsuot.core.holdings import Holding
from thongsuot.privacy.models import DataRequest

HOLDINGS = (
    Holding(
        DataRequest,
        lambda who: DataRequest.objects.filter(person__in=who.person_ids).order_by("-asked_at", "-pk"),
        ("kind", "asked_at", "words", "state", "answer_by"),
    ),
)
