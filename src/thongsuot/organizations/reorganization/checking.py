"""What speaks against a draft on the tree as it is now: the plan's own problems, and those only the rows know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import BuiltIn
from thongsuot.core.clock import today
from thongsuot.organizations.models import (
    Membership,
    Reorganization,
    ReorganizationState,
    RoleGrant,
    RolesRule,
    Unit,
    UnitKind,
)
from thongsuot.organizations.models.units import SEGMENT
from thongsuot.organizations.reorganization.loading import (
    Loaded,
    fingerprint_of,
    named_in,
    steps_of,
    tree_for,
)
from thongsuot.organizations.reorganization.plan import Plan, Problem, Step
from thongsuot.organizations.reorganization.planning import plan_of

# A path holds twenty levels.
DEEPEST = 20


@dataclass(frozen=True)
class Looked:
    """A draft against the tree of this moment."""

    steps: list[Step]
    plan: Plan
    problems: list[Problem]
    paths: dict[int, str]

    @property
    def blocking(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_warning]

    @property
    def fingerprint(self) -> dict[str, str]:
        return fingerprint_of(self.plan.before, self.steps)


def check(reorganization: Reorganization, *, lock: bool = False) -> Looked:
    """Work the draft out. With ``lock`` the units it names are held until the transaction ends, and may be due."""
    steps = steps_of(reorganization)
    if lock:
        # In the order of keys, so that two who lock do not wait for each other. Whoever writes a row that points
        # at one of them waits; nobody who reads does.
        list(Unit.objects.select_for_update().filter(pk__in=named_in(steps)).order_by("pk").values_list("pk"))
    loaded = tree_for(steps)
    plan = plan_of(loaded.nodes, steps, reorganization.effective_on)
    problems = [
        *plan.problems,
        *_of_the_whole(reorganization, steps, overdue=lock),
        *_out_of_scope(reorganization, steps, loaded),
        *_too_deep(plan, loaded),
        *_members_without_a_cell(plan),
        *_last_administrator(plan),
        *_in_two_drafts(reorganization, steps),
    ]
    return Looked(steps, plan, problems, loaded.paths)


def _of_the_whole(
    reorganization: Reorganization, steps: Sequence[Step], *, overdue: bool
) -> Iterator[Problem]:
    if not steps:
        yield Problem(None, "empty", _("The draft has no steps yet."))
    if reorganization.effective_on < today() and not overdue:
        yield Problem(
            None, "past", _("The day on which it takes effect has passed. Choose today or a later day.")
        )


def _out_of_scope(reorganization: Reorganization, steps: Sequence[Step], loaded: Loaded) -> Iterator[Problem]:
    scope = reorganization.scope.path
    ended_scope = {key for step in steps for key in step.ending} & {reorganization.scope_id}
    if ended_scope:
        yield Problem(None, "scope", _("The unit of the reorganisation itself cannot end in it."))
    for step in steps:
        for key in sorted(named_in([step])):
            if key in loaded.paths and not loaded.paths[key].startswith(scope):
                name = {"unit": loaded.nodes[key].name, "scope": reorganization.scope.name}
                yield Problem(step.key, "outside", _("“%(unit)s” does not stand below “%(scope)s”.") % name)


def _too_deep(plan: Plan, loaded: Loaded) -> Iterator[Problem]:
    """Hanging a subtree lower may leave no room in the path; the deepest units below are asked for."""
    for key, parent in plan.moved.items():
        depth = 0
        while parent is not None:
            depth, parent = depth + 1, plan.nodes[parent].parent if parent in plan.nodes else None
        here = len(loaded.paths[key]) // SEGMENT
        if depth + 1 <= here:
            continue
        deepest = (
            Unit.objects.filter(path__gte=loaded.paths[key], path__lt=loaded.paths[key] + "~")
            .order_by("-depth")
            .values_list("depth", flat=True)
            .first()
        )
        if (deepest or 0) + 1 + depth + 1 - here > DEEPEST:
            name = {"unit": plan.nodes[key].name, "levels": DEEPEST}
            yield Problem(
                None, "too_deep", _("Below “%(unit)s” there would be more than %(levels)s levels.") % name
            )


def _members_without_a_cell(plan: Plan) -> Iterator[Problem]:
    """Members belong to cells: a cell that ends is taken over by one."""
    cells = {old: ending for old, ending in plan.endings.items() if plan.nodes[old].kind == UnitKind.CELL}
    homeless = {
        old: e
        for old, e in cells.items()
        if any(plan.nodes[key].kind != UnitKind.CELL for key in {e.main, *e.step.members.values()})
    }
    if not homeless:
        return
    past = Q(valid_to=None) | Q(valid_to__gt=plan.day)
    for old in (
        Membership.objects.filter(past, unit__in=homeless)
        .order_by("unit_id")
        .values_list("unit_id", flat=True)
        .distinct()
    ):
        name = {"unit": plan.nodes[old].name}
        sentence = _("“%(unit)s” has members: name the cell that takes them.")
        yield Problem(homeless[old].step.key, "members", sentence % name)


def _last_administrator(plan: Plan) -> Iterator[Problem]:
    ending = [old for old, ending in plan.endings.items() if ending.step.roles == RolesRule.ENDED]
    if not ending:
        return
    past = Q(valid_to=None) | Q(valid_to__gt=plan.day)
    administrators = RoleGrant.objects.filter(past, role=BuiltIn.ADMINISTRATOR, user__is_active=True)
    if (
        administrators.filter(unit__in=ending).exists()
        and not administrators.exclude(unit__in=ending).exists()
    ):
        yield Problem(
            None,
            "last_administrator",
            _("Nobody would be left as administrator. Keep the roles of this unit."),
        )


def _in_two_drafts(reorganization: Reorganization, steps: Sequence[Step]) -> Iterator[Problem]:
    """Another reorganisation that is scheduled is an obstacle; one in preparation is worth knowing of."""
    mine = named_in(steps)
    states = (ReorganizationState.DRAFT, ReorganizationState.SCHEDULED)
    others = Reorganization.objects.filter(state__in=states).exclude(pk=reorganization.pk)
    shared = others.filter(Q(steps__unit__in=mine) | Q(steps__parts__unit__in=mine)).distinct()
    for other in shared.order_by("pk")[:10]:
        scheduled = other.state == ReorganizationState.SCHEDULED
        sentence = (
            _("“%(other)s”, which is scheduled, changes one of these units too.")
            if scheduled
            else _("“%(other)s”, which is in preparation, changes one of these units too.")
        )
        yield Problem(None, "two_drafts", sentence % {"other": other.title}, is_warning=not scheduled)
