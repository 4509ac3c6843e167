"""A draft as a clerk reads it: each step a sentence, with what speaks against it, and what it would touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.core.ui import words
from thongsuot.organizations.hooks import Impact, Touched
from thongsuot.organizations.hooks import impacts as impacts_of_subjects
from thongsuot.organizations.models import (
    Affiliation,
    Membership,
    ObligationsRule,
    Position,
    Reorganization,
    ReorganizationStep,
    RoleGrant,
    RolesRule,
    StepKind,
    Unit,
    UnitSuccession,
)
from thongsuot.organizations.models.reorganization import ENDING
from thongsuot.organizations.permissions_of_rights import can_see_rights
from thongsuot.organizations.reorganization.checking import Looked
from thongsuot.organizations.reorganization.loading import named_in
from thongsuot.organizations.reorganization.members import counts_of, splits_a_cell
from thongsuot.organizations.reorganization.plan import Problem, Step

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

Names = Mapping[int, str]
# More units than this are found on the draft's page itself.
MOST_LISTS = 6


@dataclass(frozen=True)
class StepLine:
    """One step: its sentence, the rules chosen for it, what speaks against it."""

    row: ReorganizationStep
    sentence: str
    rules: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def splits_a_cell(self) -> bool:
        return splits_a_cell(self.row)

    @property
    def ends_units(self) -> bool:
        return self.row.kind in ENDING


def lines_of(
    reorganization: Reorganization, steps: Sequence[Step], problems: Sequence[Problem] = ()
) -> list[StepLine]:
    """The steps in their order, in three queries."""
    rows = {row.pk: row for row in reorganization.steps.select_related("unit").order_by("ordinal")}
    names: dict[int, str] = dict(Unit.objects.filter(pk__in=named_in(steps)).values_list("pk", "name"))
    names |= {-key: row.name for key, row in rows.items() if row.kind == StepKind.FOUND}
    past = Q(valid_to=None) | Q(valid_to__gt=reorganization.effective_on)
    members = counts_of(steps, past)
    return [
        StepLine(
            row=rows[step.key],
            sentence=_sentence(step, names),
            rules=(*_rules(step), *_members(members.get(step.key), step, names)),
            problems=tuple(problem for problem in problems if problem.step == step.key),
        )
        for step in steps
        if step.key in rows
    ]


def _sentence(step: Step, names: Names) -> str:
    said = {
        "unit": names.get(step.unit or 0, "…"),
        "target": names.get(step.target or 0, "…"),
        "name": step.name,
        "units": ", ".join(names.get(key, "…") for key in step.sources),
        "parts": ", ".join(
            f"{names.get(part.unit, '…')} ({words.percent(int(part.share * 10000), 10000)})"
            for part in step.parts
        ),
    }
    if step.kind == StepKind.MERGE:
        sentence = _("Merge %(units)s into %(target)s")
    elif step.kind == StepKind.DISSOLVE and step.target is None:
        sentence = _("Dissolve %(unit)s; the unit above takes over")
    else:
        sentence = {
            StepKind.FOUND: _("Found %(name)s below %(target)s"),
            StepKind.RENAME: _("Rename %(unit)s to %(name)s"),
            StepKind.MOVE: _("Move %(unit)s below %(target)s"),
            StepKind.SPLIT: _("Split %(unit)s into %(parts)s"),
            StepKind.DISSOLVE: _("Dissolve %(unit)s; %(target)s takes over"),
        }[StepKind(step.kind)]
    return sentence % said


def _rules(step: Step) -> tuple[str, ...]:
    if step.kind not in ENDING:
        return ()
    work = _("open work: %(rule)s") % {"rule": ObligationsRule(step.obligations).label}
    roles = _("roles and posts: %(rule)s") % {"rule": RolesRule(step.roles).label}
    return (work, roles) if step.kind == StepKind.SPLIT else (roles,)


def _members(counts: Counter[int] | None, step: Step, names: Names) -> tuple[str, ...]:
    """How many members of a split cell each part takes."""
    if not counts:
        return ()
    said = [
        _("%(count)s to %(unit)s")
        % {"count": words.count(counts[part.unit]), "unit": names.get(part.unit, "…")}
        for part in step.parts
    ]
    return (_("members: %(counts)s") % {"counts": ", ".join(said)},)


def touched_by_draft(looked: Looked) -> Touched:
    ending = sorted(looked.plan.endings)
    changing = sorted({*looked.plan.moved, *(node.key for node in looked.plan.renamed)} - set(ending))
    return Touched(ending, changing)


@dataclass(frozen=True)
class ImpactLine:
    """One line of the preview; ``lists`` lead to what it counts, a unit that ends each."""

    label: str
    count: int
    note: str
    lists: tuple[tuple[str, str], ...] = ()


def impacts_of(looked: Looked, user: Viewer) -> list[ImpactLine]:
    """All that the draft touches: people and units first, then what each subject counts."""
    touched = touched_by_draft(looked)
    ending = Unit.objects.filter(pk__in=touched.ending).order_by("path")
    units = list(ending.values_list("pk", "short_name")[:MOST_LISTS])
    impacts = [*_impacts_on_units(touched, looked, user), *impacts_of_subjects(touched)]
    return [
        ImpactLine(
            str(impact.label),
            impact.count,
            str(impact.note),
            tuple((name, impact.list_of(key)) for key, name in units)
            if impact.count and impact.list_of
            else (),
        )
        for impact in impacts
    ]


def _impacts_on_units(touched: Touched, looked: Looked, user: Viewer) -> list[Impact]:
    day = looked.plan.day

    passing = [old for old, ending in looked.plan.endings.items() if ending.step.roles == RolesRule.SAME]
    over = sorted(set(touched.ending) - set(passing))

    def count(
        model: type[Membership] | type[Affiliation] | type[Position] | type[RoleGrant], units: Sequence[int]
    ) -> int:
        return int(model.objects.valid_on(day).filter(unit__in=units).count())

    tops = [looked.paths[key] for key in looked.plan.moved if key in looked.paths]
    below = Unit.objects.under(*Unit.objects.filter(path__in=_outermost(tops)[:200])).valid_on(day).count()
    posts = _people_list("post")
    roles = _roles_list if can_see_rights(user) else None
    return [
        Impact(gettext_lazy("Units that end"), len(touched.ending)),
        Impact(gettext_lazy("Units founded"), len(looked.plan.founded)),
        Impact(gettext_lazy("Units that get another place, with all below them"), below),
        Impact(
            gettext_lazy("Members"),
            count(Membership, touched.ending),
            gettext_lazy("go to the successor"),
            _people_list("member"),
        ),
        Impact(
            gettext_lazy("Members of mass organisations"),
            count(Affiliation, touched.ending),
            gettext_lazy("go to the successor"),
            _people_list("mass"),
        ),
        Impact(gettext_lazy("Posts that go on in the successor"), count(Position, passing), list_of=posts),
        Impact(gettext_lazy("Posts that end"), count(Position, over), list_of=posts),
        Impact(gettext_lazy("Roles that go on in the successor"), count(RoleGrant, passing), list_of=roles),
        Impact(gettext_lazy("Roles that end"), count(RoleGrant, over), list_of=roles),
    ]


def _people_list(only: str) -> Callable[[int], str]:
    return lambda unit: f"{reverse('organizations:people', args=[unit])}?la={only}"


def _roles_list(unit: int) -> str:
    return f"{reverse('rights:list')}?don-vi={unit}"


def _outermost(paths: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def result_of(reorganization: Reorganization) -> list[UnitSuccession]:
    """Who took over from whom, as it was written."""
    written = reorganization.changes.filter(table="unitsuccession", before__isnull=True)
    rows = UnitSuccession.objects.filter(pk__in=written.values("row")).select_related("old", "new")
    return list(rows.order_by("old__sort_key", "old_id", "-is_main", "pk"))
