"""Who goes where when a cell is split: all to its main part, but those for whom the draft says something else."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import (
    Membership,
    Person,
    ReorganizationStep,
    StepKind,
    StepMember,
    StepPart,
    UnitKind,
)
from thongsuot.organizations.queries.people import members_seen_by
from thongsuot.organizations.reach import can
from thongsuot.organizations.reorganization.drafting import open_for

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from thongsuot.accounts.models import User
    from thongsuot.organizations.reach import Viewer
    from thongsuot.organizations.reorganization.plan import Step

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
MOST_TOLD = 10


def splits_a_cell(step: ReorganizationStep) -> bool:
    return step.kind == StepKind.SPLIT and step.unit is not None and step.unit.kind == UnitKind.CELL


def may_choose_members(user: Viewer, step: ReorganizationStep) -> bool:
    """Names are for whoever keeps the list of the cell, also in a reorganisation."""
    keeps = (Permission.MEMBERS_READ, Permission.PEOPLE_MANAGE)
    return step.unit is not None and any(can(user, permission, step.unit) for permission in keeps)


def members_of_step(user: Viewer, step: ReorganizationStep) -> QuerySet[Person]:
    """Those who are members of the cell on the day of the reorganisation, by given name."""
    day = step.reorganization.effective_on
    there = members_seen_by(user).filter(Q(valid_to=None) | Q(valid_to__gt=day), unit=step.unit)
    return Person.objects.filter(pk__in=there.values("person")).order_by("sort_key", "pk")


@transaction.atomic
def send_members(
    *, by: User, step: ReorganizationStep, people: Sequence[Person], into: StepPart
) -> ReorganizationStep:
    """Have these members go to one part of the split; what was said of them before is forgotten."""
    open_for(by, step.reorganization)
    require(may_choose_members(by, step))
    if not splits_a_cell(step) or into.step_id != step.pk:
        raise Refused(_("A member is to go to a unit that is no part of the split."), "member")
    keys = {person.pk for person in people}
    known = set(members_of_step(by, step).filter(pk__in=keys).values_list("pk", flat=True))
    if keys != known:
        raise Refused(_("Somebody of these is no member of the cell on that day."), "not_member")
    step.members.filter(person__in=keys).delete()
    if not into.is_main:
        target = {"target_unit": into.unit, "target_step": into.founded_by}
        StepMember.objects.bulk_create(StepMember(step=step, person_id=key, **target) for key in sorted(keys))
    record(
        "reorganization.members_sent",
        by=by,
        on=step.reorganization,
        unit_id=step.reorganization.scope_id,
        members=len(keys),
    )
    return step


def initial_of(name: str) -> str:
    """The letter under which a person stands in a list: the first of the given name, its tone left out."""
    given = unicodedata.normalize("NFD", (name.split() or ["?"])[-1])
    bare = unicodedata.normalize("NFC", "".join(letter for letter in given if letter not in TONES))
    return bare[:1].upper()


def between(people: Iterable[Person], first: str, last: str) -> list[Person]:
    """Those whose letter lies between two, both included, in the order of the list."""
    people = list(people)
    letters = list(dict.fromkeys(initial_of(person.name) for person in people))
    if first not in letters or last not in letters or letters.index(first) > letters.index(last):
        return []
    wanted = letters[letters.index(first) : letters.index(last) + 1]
    return [person for person in people if initial_of(person.name) in wanted]


def with_codes(people: Iterable[Person], lines: str) -> list[Person]:
    """The members with these codes, a line each. Refused as a whole when one is not there: a list has to be right."""
    by_code = {person.code: person for person in people if person.code}
    codes = list(dict.fromkeys(line.split()[0].strip(",;") for line in lines.splitlines() if line.split()))
    unknown = [code for code in codes if code not in by_code]
    if unknown:
        told = ", ".join(unknown[:MOST_TOLD])
        raise Refused(_("No member of this cell has the code %(codes)s.") % {"codes": told}, "codes")
    return [by_code[code] for code in codes]


def counts_of(steps: Sequence[Step], day_of: Q) -> dict[int, Counter[int]]:
    """How many members each part of each split takes, by the key of the step, in one query."""
    splits: Mapping[int, Step] = {
        step.unit: step for step in steps if step.kind == StepKind.SPLIT and step.unit is not None
    }
    counts: dict[int, Counter[int]] = {}
    if splits:
        for unit, person in Membership.objects.filter(day_of, unit__in=splits).values_list("unit", "person"):
            step = splits[unit]
            main = next((part.unit for part in step.parts if part.is_main), 0)
            counts.setdefault(step.key, Counter())[step.members.get(person, main)] += 1
    return counts
