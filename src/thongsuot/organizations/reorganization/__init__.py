"""Reorganisations as one act: what others may call. docs/reorganization.md says how it works."""

from thongsuot.organizations.reorganization.carrying_out import carry_out
from thongsuot.organizations.reorganization.checking import check
from thongsuot.organizations.reorganization.drafting import (
    Decision,
    PartData,
    StepData,
    add_step,
    cancel,
    choose_children,
    describe_draft,
    remove_step,
    schedule,
    start_draft,
    take_back,
)
from thongsuot.organizations.reorganization.queries import (
    Difference,
    children_on,
    compare,
    current_of,
    predecessors_of,
    reorganizations_of,
    successors_of,
    unit_on,
)
from thongsuot.organizations.reorganization.undoing import can_still_be_undone, undo

__all__ = [
    "Decision",
    "Difference",
    "PartData",
    "StepData",
    "add_step",
    "can_still_be_undone",
    "cancel",
    "carry_out",
    "check",
    "children_on",
    "choose_children",
    "compare",
    "current_of",
    "describe_draft",
    "predecessors_of",
    "remove_step",
    "reorganizations_of",
    "schedule",
    "start_draft",
    "successors_of",
    "take_back",
    "undo",
    "unit_on",
]
