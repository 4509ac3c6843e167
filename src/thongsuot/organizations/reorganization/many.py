"""A draft of many simple steps at once: what a table of units says differently."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from thongsuot.audit.services import record
from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import Reorganization, ReorganizationStep, Unit
from thongsuot.organizations.reorganization.checking import check
from thongsuot.organizations.reorganization.drafting import StepData, start_draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thongsuot.accounts.models import User


@transaction.atomic
def draft_many(
    *, by: User, scope: Unit, title: str, effective_on: dt.date, steps: Sequence[StepData]
) -> tuple[Reorganization, list[str]]:
    """Begin a draft of renamings and moves; what speaks against those that were left out is the answer's second half.

    Worked out once for all of them: asking after each step would take the square of their number.
    """
    draft = start_draft(by=by, scope=scope, title=title, effective_on=effective_on)
    ReorganizationStep.objects.bulk_create(
        ReorganizationStep(
            reorganization=draft,
            ordinal=ordinal,
            kind=data.kind,
            unit=data.unit,
            target_unit=data.target if isinstance(data.target, Unit) else None,
            name=data.name,
            short_name=data.short_name,
            unit_kind=data.unit_kind,
            symbol=data.symbol,
            place=data.place,
        )
        for ordinal, data in enumerate(steps, 1)
    )
    wrong = {problem.step: problem.sentence for problem in check(draft).blocking if problem.step}
    draft.steps.filter(pk__in=wrong).delete()
    if len(wrong) == len(steps):
        raise Refused(" ".join(list(wrong.values())[:5]), "nothing_left")
    record("reorganization.changed", by=by, on=draft, unit_id=scope.pk)
    return draft, list(wrong.values())
