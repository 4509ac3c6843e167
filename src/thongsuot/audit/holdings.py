"""What the record can tell a person about themselves: what they did, and what they looked at."""

from __future__ import annotations

from thongsuot.audit.models import Act, Reading
from thongsuot.audit.queries import sentence_of, sentence_of_reading
from thongsuot.core.holdings import Holding

HOLDINGS = (
    Holding(
        Act,
        lambda who: Act.objects.filter(by=who.user_id).order_by("-at", "-id"),
        ("at", "verb", "address"),
        said={"verb": sentence_of},
    ),
    Holding(
        Reading,
        lambda who: Reading._default_manager.filter(by=who.user_id).order_by("-at", "-id"),
        ("at", "what", "address"),
        said={"what": sentence_of_reading},
    ),
)
