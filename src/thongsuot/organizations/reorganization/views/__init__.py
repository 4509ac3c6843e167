"""Pages of reorganisations: the list, one of them with its steps and preview, the form of a step."""

from thongsuot.organizations.reorganization.views.acting import act
from thongsuot.organizations.reorganization.views.drafts import (
    describe,
    reorganization,
    reorganization_list,
    start,
)
from thongsuot.organizations.reorganization.views.members import members
from thongsuot.organizations.reorganization.views.steps import add_step, children, remove_step

__all__ = [
    "act",
    "add_step",
    "children",
    "describe",
    "members",
    "remove_step",
    "reorganization",
    "reorganization_list",
    "start",
]
