"""The life of a reorganisation. What was carried out is undone, not changed."""

from __future__ import annotations

from thongsuot.core.states import StateTable, Transition
from thongsuot.organizations.models import ReorganizationState

S = ReorganizationState
_BASIS = "docs/reorganization.md"

REORGANIZATION = StateTable(
    Transition("change", (S.DRAFT,), S.DRAFT, _BASIS),
    Transition("schedule", (S.DRAFT,), S.SCHEDULED, _BASIS),
    Transition("take_back", (S.SCHEDULED, S.FAILED), S.DRAFT, _BASIS),
    Transition("hand_back", (S.SCHEDULED,), S.DRAFT, _BASIS),
    Transition("cancel", (S.DRAFT, S.SCHEDULED, S.FAILED), S.CANCELLED, _BASIS),
    Transition("carry_out", (S.SCHEDULED,), S.DONE, _BASIS),
    Transition("undo", (S.DONE,), S.UNDONE, _BASIS),
)
