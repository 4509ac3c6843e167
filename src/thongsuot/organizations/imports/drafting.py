"""New names and other places of units that are there: no import writes them, it prepares a reorganisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.access import require
from thongsuot.core.clock import today
from thongsuot.core.refusals import Refused
from thongsuot.organizations.imports.services import check_right
from thongsuot.organizations.models import (
    Import,
    ImportState,
    Reorganization,
    ReorganizationState,
    StepKind,
    Unit,
)
from thongsuot.organizations.reach import can
from thongsuot.organizations.reorganization.drafting import StepData
from thongsuot.organizations.reorganization.many import draft_many

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from thongsuot.accounts.models import User
    from thongsuot.organizations.reach import Viewer

MOST_STEPS = 300
STATES = (ImportState.PLANNED, ImportState.STOPPED, ImportState.DONE)


def can_draft(user: Viewer, batch: Import) -> bool:
    """Whether something in this file is for a reorganisation, and this person may prepare one."""
    return (
        bool(batch.notes.get("reorganizing"))
        and batch.state in STATES
        and can(user, Permission.UNIT_REORGANIZE, batch.unit)
    )


@transaction.atomic
def draft_reorganization(*, by: User, batch: Import) -> tuple[Reorganization, list[str]]:
    """Prepare what the file says of names, kinds and places of units as a draft; asked again, the same draft.

    The second half of the answer says what was left out and why. Nothing of the tree is changed: a person looks at
    the draft, names the deciding document and schedules it.
    """
    check_right(by, batch)
    require(can(by, Permission.UNIT_REORGANIZE, batch.unit))
    batch = Import.objects.select_for_update(of=("self",)).select_related("unit").get(pk=batch.pk)
    before = Reorganization.objects.visible_to(by).filter(
        pk=batch.notes.get("draft"), state=ReorganizationState.DRAFT
    )
    if draft := before.first():
        return draft, []
    wanted = _wanted(batch) if batch.state in STATES else []
    steps = list(_steps(wanted, batch.unit))
    if not steps:
        raise Refused(_("Nothing in this file is for a reorganisation."), "nothing_new")
    title = _("By the table “%(file)s”") % {"file": batch.file_name}
    draft, left_out = draft_many(
        by=by,
        scope=batch.unit,
        title=title[:200],
        effective_on=max(batch.since, today()),
        steps=steps[:MOST_STEPS],
    )
    if len(steps) > MOST_STEPS:
        left_out.append(
            _("A draft has at most %(most)s steps here. Read the table again for the others.")
            % {"most": MOST_STEPS}
        )
    batch.notes["draft"] = draft.pk
    batch.save(update_fields=["notes"])
    return draft, left_out


def _wanted(batch: Import) -> list[Mapping[str, Any]]:
    """What the rows that were refused for it want: the unit's key and the values that differ."""
    return [
        parameters["wants"]
        for part in batch.parts.order_by("ordinal").iterator(chunk_size=5)
        for _state, notes in part.results
        for code, parameters in notes
        if code == "reorganize" and parameters.get("wants")
    ]


def _steps(wanted: Sequence[Mapping[str, Any]], top: Unit) -> Iterator[StepData]:
    """Names first, then places; of units that are there still."""
    keys = {key for wish in wanted for key in (wish["unit"], wish.get("parent")) if key}
    units = Unit.objects.under(top).valid_on(today()).in_bulk(list(keys))
    for wish in wanted:
        unit = units.get(wish["unit"])
        if unit and wish.keys() & {"name", "short_name", "kind"}:
            yield StepData(
                kind=StepKind.RENAME,
                unit=unit,
                name=wish.get("name", unit.name),
                short_name=wish.get("short_name", unit.short_name),
                unit_kind=wish.get("kind", unit.kind),
                symbol=unit.symbol,
                place=unit.place,
            )
    for wish in wanted:
        unit, above = units.get(wish["unit"]), units.get(wish.get("parent", 0))
        if unit and above:
            yield StepData(kind=StepKind.MOVE, unit=unit, target=above)
