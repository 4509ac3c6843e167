"""Who may do what in an inspection. The inspected side answers and never judges itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.inspections.models import InspectionState
from thongsuot.organizations.reach import can, can_anywhere, grants_of, holds

if TYPE_CHECKING:
    from thongsuot.inspections.models import Inspection
    from thongsuot.organizations.models import Unit
    from thongsuot.organizations.reach import Viewer


def can_read_inspections(user: Viewer) -> bool:
    return can_anywhere(user, Permission.INSPECTION_READ)


def can_open_in(user: Viewer, unit: Unit) -> bool:
    return can(user, Permission.INSPECTION_CONDUCT, unit)


def can_open_anywhere(user: Viewer) -> bool:
    return can_anywhere(user, Permission.INSPECTION_CONDUCT)


def can_conduct(user: Viewer, inspection: Inspection) -> bool:
    """To note, require, conclude and close: for the inspecting unit, and never with a role in the inspected one."""
    return can(user, Permission.INSPECTION_CONDUCT, inspection.unit) and not _belongs_to(
        user, inspection.inspected
    )


def can_answer(user: Viewer, inspection: Inspection) -> bool:
    """To hand in the self-report: with a role in the inspected unit itself, not merely one above that reaches it."""
    return holds(user, Permission.INSPECTION_ANSWER, inspection.inspected_id)


def can_draft(user: Viewer, inspection: Inspection) -> bool:
    return can_answer(user, inspection) or can_conduct(user, inspection)


def can_see_findings(user: Viewer, inspection: Inspection) -> bool:
    """The inspecting side always; the inspected side from the conclusion on."""
    known = inspection.state in (InspectionState.CONCLUDED, InspectionState.CLOSED)
    return known or can(user, Permission.INSPECTION_READ, inspection.unit)


def _belongs_to(user: Viewer, unit: Unit) -> bool:
    return any(grant.path.startswith(unit.path) for grant in grants_of(user))
