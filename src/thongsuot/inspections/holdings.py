"""What inspections can tell a person about themselves: the teams they are in."""

from __future__ import annotations

from thongsuot.core.holdings import Holding
from thongsuot.inspections.models import TeamMember

HOLDINGS = (
    Holding(
        TeamMember,
        lambda who: TeamMember._default_manager.filter(person__in=who.person_ids).order_by("-pk"),
        ("inspection", "is_head"),
    ),
)
