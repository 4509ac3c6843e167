"""Whether somebody may have a reorganisation carried out: asked when it is scheduled, and again at midnight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.organizations.models import Delegation, Reorganization, RoleGrant, RolesRule, Unit
from thongsuot.organizations.permissions_of_rights import may_put_into_hands, own_grants
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
            "raised": _(
                "Roles or lent authority of “%(unit)s” would reach further than you may give. "
                "Let them end, or let somebody who may give them schedule this."
            ),
        }
        return said[self.code] % {"unit": self.unit}

    def to_others(self) -> str:
        """As it is said to whoever finds it not carried out. Nobody's name: the record of acts knows it."""
        said = {
            "closed": _("Whoever scheduled it may no longer sign in."),
            "reach": _("Whoever scheduled it may no longer reorganise “%(unit)s”."),
            "own_role": _("Whoever scheduled it would take a role in “%(unit)s” further by it."),
            "raised": _(
                "Roles or lent authority of “%(unit)s” would reach further than whoever scheduled it may give."
            ),
        }
        next_step = _("Nothing was changed. Somebody else who may do this can look at it and schedule it.")
        return f"{said[self.code] % {'unit': self.unit}} {next_step}"


def objection_to(by: User, reorganization: Reorganization, looked: Looked) -> Objection | None:
    """The first thing that speaks against this person's having it carried out today."""
    if not by.is_active:
        return Objection("closed")
    return (
        _own_role(by, reorganization, looked)
        or _raised(by, looked)
        or _out_of_reach(by, reorganization, looked)
    )


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


def _raised(by: User, looked: Looked) -> Objection | None:
    """What goes on in a unit that stands higher reaches further there: as if whoever schedules it gave it.

    Beside, into a merger say, roles go with what they were given for.
    """
    plan = looked.plan
    upward = plan.upward
    there = Unit.objects.in_bulk({plan.standing_above(heir) for heir in upward.values()})

    def allowed(held: RoleGrant | Delegation, whose: User) -> frozenset[Permission]:
        heir = upward[held.unit_id]
        below = held.reaches_subtree or heir < 0
        return may_put_into_hands(by, there[plan.standing_above(heir)], reaches_subtree=below, whose=whose)

    past = Q(valid_to=None) | Q(valid_to__gt=plan.day)
    roles = RoleGrant.objects.filter(past, unit__in=upward).exclude(valid_to=F("valid_from"))
    for held in roles.exclude(user=by).select_related("role", "unit", "user").order_by("pk"):
        if not held.role.can_do | held.role.can_give <= allowed(held, held.user):
            return Objection("raised", held.unit.name)
    loans = Delegation.objects.filter(past, unit__in=upward, revoked_at=None)
    for loan in loans.select_related("unit", "delegate").order_by("pk"):
        if not loan.lent <= allowed(loan, loan.delegate):
            return Objection("raised", loan.unit.name)
    return None
