"""Whether somebody may have a reorganisation carried out: asked when it is scheduled, and again at midnight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.organizations.models import Reorganization, RoleGrant, RolesRule, Unit
from thongsuot.organizations.permissions_of_rights import own_grants
from thongsuot.organizations.reach import can
from thongsuot.organizations.reorganization.checking import Looked
from thongsuot.organizations.reorganization.loading import named_in

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@dataclass(frozen=True)
class Objection:
    """What speaks against this person; ``unit`` is the name of the unit it is about."""

    code: str
    unit: str = ""

    def to_themselves(self) -> str:
        """As it is said to whoever wants to schedule."""
        said = {
            "closed": _("This account is closed."),
            "reach": _("You may not reorganise “%(unit)s”."),
            "own_role": _(
                "You hold a role in “%(unit)s” yourself. Let somebody else schedule this, "
                "or let the roles end."
            ),
        }
        return said[self.code] % {"unit": self.unit}

    def to_others(self) -> str:
        """As it is said to whoever finds it not carried out. Nobody's name: the record of acts knows it."""
        said = {
            "closed": _("Whoever scheduled it may no longer sign in."),
            "reach": _("Whoever scheduled it may no longer reorganise “%(unit)s”."),
            "own_role": _("Whoever scheduled it would take a role in “%(unit)s” further by it."),
        }
        next_step = _("Nothing was changed. Somebody else who may do this can look at it and schedule it.")
        return f"{said[self.code] % {'unit': self.unit}} {next_step}"


def objection_to(by: User, reorganization: Reorganization, looked: Looked) -> Objection | None:
    """The first thing that speaks against this person's having it carried out today."""
    if not by.is_active:
        return Objection("closed")
    return _out_of_reach(by, reorganization, looked) or _own_role(by, reorganization, looked)


def _out_of_reach(by: User, reorganization: Reorganization, looked: Looked) -> Objection | None:
    named = Unit.objects.filter(pk__in=named_in(looked.steps)).order_by("path")
    # The scope comes last: whose authority it was there is what the record of acts asks for.
    for unit in [*named, reorganization.scope]:
        if not can(by, Permission.UNIT_REORGANIZE, unit):
            return Objection("reach", unit.name)
    return None


def _own_role(by: User, reorganization: Reorganization, looked: Looked) -> Objection | None:
    """A role goes with its unit; nobody sends their own into a unit where they may not do that already."""
    kept = [old for old, ending in looked.plan.endings.items() if ending.step.roles == RolesRule.SAME]
    above: frozenset[Permission] = frozenset().union(
        *(
            grant.permissions
            for grant in own_grants(by)
            if grant.reaches_subtree and grant.reaches(reorganization.scope)
        )
    )
    past = Q(valid_to=None) | Q(valid_to__gt=reorganization.effective_on)
    for held in RoleGrant.objects.filter(past, user=by, unit__in=kept).select_related("role", "unit"):
        if not held.role.can_do <= above:
            return Objection("own_role", held.unit.name)
    return None
