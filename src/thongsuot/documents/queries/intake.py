"""Papers on their way into the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from thongsuot.documents.items import asked
from thongsuot.documents.models import Intake
from thongsuot.documents.models.intake import Decision, IntakeQuerySet, IntakeState

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def waiting_intakes(user: Viewer) -> IntakeQuerySet:
    """Papers that were taken in and not yet registered or put aside, newest first.

    Each has ``to_see`` and ``seen``: how many items ask for a decision and how many have one.
    """
    waiting = Intake.objects.visible_to(user).filter(state__in=(IntakeState.READING, IntakeState.READY))
    to_see = asked("items__")
    return (
        waiting.select_related("file", "unit", "created_by")
        .defer("text", "pages")
        .annotate(
            to_see=Count("items", filter=to_see),
            seen=Count("items", filter=to_see & ~Q(items__decision=Decision.PENDING)),
        )
        .order_by("-created_at", "-pk")
    )
