"""Preparing a reorganisation: a draft of steps that is scheduled, taken back or given up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.core.text import nfc
from thongsuot.organizations.models import (
    ObligationsRule,
    Reorganization,
    ReorganizationState,
    ReorganizationStep,
    RolesRule,
    StepChild,
    StepKind,
    StepPart,
    Unit,
)
from thongsuot.organizations.reach import can
from thongsuot.organizations.reorganization.authority import objection_to
from thongsuot.organizations.reorganization.checking import check
from thongsuot.organizations.reorganization.states import REORGANIZATION

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

# A unit that is there, or the step of the same draft that founds it.
Ref = Unit | ReorganizationStep


@dataclass(frozen=True)
class Decision:
    """The document that decides a reorganisation; ``document_id`` where it is in the register."""

    symbol: str = ""
    date: dt.date | None = None
    issuer: str = ""
    document_id: int | None = None


@dataclass(frozen=True)
class PartData:
    """One that comes out of a split."""

    into: Ref
    share: Decimal
    is_main: bool = False


@dataclass(frozen=True)
class StepData:
    """What a clerk says of one step; which fields matter depends on its kind."""

    kind: str
    unit: Unit | None = None
    target: Ref | None = None
    sources: Sequence[Unit] = ()
    parts: Sequence[PartData] = ()
    children: Mapping[Unit, Ref] = field(default_factory=dict)
    name: str = ""
    short_name: str = ""
    unit_kind: str = ""
    symbol: str = ""
    place: str = ""
    obligations: str = ObligationsRule.MAIN
    # Left empty: what is usual for the kind (``usual_roles``).
    roles: str = ""


def usual_roles(data: StepData) -> RolesRule:
    """Roles and posts go on in a successor; in the unit above they would reach further, so there they end."""
    above = data.unit.parent_id if data.unit else None
    into_above = data.target is None or (isinstance(data.target, Unit) and data.target.pk == above)
    return RolesRule.ENDED if data.kind == StepKind.DISSOLVE and into_above else RolesRule.SAME


@transaction.atomic
def start_draft(
    *, by: User, scope: Unit, title: str, effective_on: dt.date, decision: Decision | None = None
) -> Reorganization:
    """Begin to prepare a reorganisation below a unit."""
    require(can(by, Permission.UNIT_REORGANIZE, scope))
    reorganization = Reorganization.objects.create(
        scope=scope,
        title=_title(title),
        effective_on=effective_on,
        created_by=by,
        **_columns(decision or Decision()),
    )
    record("reorganization.begun", by=by, on=reorganization, unit_id=scope.pk)
    return reorganization


@transaction.atomic
def describe_draft(
    *, by: User, reorganization: Reorganization, title: str, effective_on: dt.date, decision: Decision
) -> Reorganization:
    """Change the title, the day and the deciding document of a draft."""
    open_for(by, reorganization)
    reorganization.title, reorganization.effective_on = _title(title), effective_on
    columns = _columns(decision)
    for name, value in columns.items():
        setattr(reorganization, name, value)
    reorganization.save(update_fields=["title", "effective_on", *columns])
    record("reorganization.changed", by=by, on=reorganization, unit_id=reorganization.scope_id)
    return reorganization


def _title(title: str) -> str:
    title = nfc(title).strip()
    if not title:
        raise Refused(_("Give the reorganisation a title."), "no_title")
    return title


def _columns(decision: Decision) -> dict[str, Any]:
    return {
        "decision_symbol": nfc(decision.symbol).strip(),
        "decision_date": decision.date,
        "decision_issuer": nfc(decision.issuer).strip(),
        "document_id": decision.document_id,
    }


def open_for(by: User, reorganization: Reorganization) -> None:
    """Hold the draft; who wants to change what is no longer one is told so."""
    require(can(by, Permission.UNIT_REORGANIZE, reorganization.scope))
    held = Reorganization.objects.select_for_update().get(pk=reorganization.pk)
    REORGANIZATION.step("change", held.state)


@transaction.atomic
def add_step(*, by: User, reorganization: Reorganization, data: StepData) -> ReorganizationStep:
    """Add a step at the end. Refused, with the sentence, when it cannot take effect after those before it."""
    open_for(by, reorganization)
    last = reorganization.steps.aggregate(last=Max("ordinal"))["last"] or 0
    step = ReorganizationStep.objects.create(
        reorganization=reorganization,
        ordinal=last + 1,
        kind=StepKind(data.kind),
        unit=data.unit,
        name=nfc(data.name).strip(),
        short_name=nfc(data.short_name).strip(),
        unit_kind=data.unit_kind,
        symbol=nfc(data.symbol).strip(),
        place=nfc(data.place).strip(),
        obligations=data.obligations,
        roles=data.roles or usual_roles(data),
        **_ref("target_unit", "target_step", data.target),
    )
    _write_parts(step, data)
    place_children(step, data.children)
    _refuse_what_cannot_be(reorganization, step)
    record("reorganization.changed", by=by, on=reorganization, unit_id=reorganization.scope_id)
    return step


def _write_parts(step: ReorganizationStep, data: StepData) -> None:
    if data.kind == StepKind.MERGE:
        parts = [
            StepPart(step=step, ordinal=number, unit=unit) for number, unit in enumerate(data.sources, 1)
        ]
    else:
        parts = [
            StepPart(
                step=step,
                ordinal=number,
                share=part.share,
                is_main=part.is_main,
                **_ref("unit", "founded_by", part.into),
            )
            for number, part in enumerate(data.parts, 1)
        ]
    StepPart.objects.bulk_create(parts)


def place_children(step: ReorganizationStep, children: Mapping[Unit, Ref]) -> None:
    """Where units below one that ends go instead of to the main successor; inside a service's transaction."""
    step.children.all().delete()
    StepChild.objects.bulk_create(
        StepChild(step=step, child=child, **_ref("target_unit", "target_step", ref))
        for child, ref in children.items()
    )


def _ref(unit: str, step: str, ref: Ref | None) -> dict[str, Ref | None]:
    return {step if isinstance(ref, ReorganizationStep) else unit: ref}


def _refuse_what_cannot_be(reorganization: Reorganization, step: ReorganizationStep) -> None:
    wrong = [problem for problem in check(reorganization).blocking if problem.step == step.pk]
    if wrong:
        raise Refused(" ".join(problem.sentence for problem in wrong[:5]), wrong[0].code)


@transaction.atomic
def choose_children(
    *, by: User, step: ReorganizationStep, children: Mapping[Unit, Ref]
) -> ReorganizationStep:
    """Say for each unit below one that ends where it goes; those not named go to the main successor."""
    open_for(by, step.reorganization)
    place_children(step, children)
    _refuse_what_cannot_be(step.reorganization, step)
    record("reorganization.changed", by=by, on=step.reorganization, unit_id=step.reorganization.scope_id)
    return step


@transaction.atomic
def remove_step(*, by: User, step: ReorganizationStep) -> None:
    """Take a step out, unless another one builds on what it founds."""
    reorganization = step.reorganization
    open_for(by, reorganization)
    try:
        step.delete()
    except ProtectedError as error:
        raise Refused(_("Another step builds on this one. Take that one out first."), "built_on") from error
    record("reorganization.changed", by=by, on=reorganization, unit_id=reorganization.scope_id)


@transaction.atomic
def schedule(*, by: User, reorganization: Reorganization) -> Reorganization:
    """Have it carried out at midnight of its day. From now on the units it names should stay as they are."""
    open_for(by, reorganization)
    if not reorganization.decision_symbol:
        raise Refused(_("Name the document that decides the reorganisation."), "no_decision")
    looked = check(reorganization)
    if looked.blocking:
        raise Refused(" ".join(problem.sentence for problem in looked.blocking[:5]), looked.blocking[0].code)
    objection = objection_to(by, reorganization, looked)
    if objection:
        raise Refused(objection.to_themselves(), objection.code)
    _go(
        reorganization,
        "schedule",
        fingerprint=looked.fingerprint,
        scheduled_at=now(),
        scheduled_by=by,
        failure="",
    )
    record("reorganization.scheduled", by=by, on=reorganization, unit_id=reorganization.scope_id)
    return reorganization


@transaction.atomic
def take_back(*, by: User, reorganization: Reorganization) -> Reorganization:
    """Back into preparation: before its day, or after it could not be carried out."""
    require(can(by, Permission.UNIT_REORGANIZE, reorganization.scope))
    _go(
        reorganization,
        "take_back",
        fingerprint={},
        scheduled_at=None,
        scheduled_by=None,
        failure="",
        ended_at=None,
    )
    record("reorganization.taken_back", by=by, on=reorganization, unit_id=reorganization.scope_id)
    return reorganization


@transaction.atomic
def cancel(*, by: User, reorganization: Reorganization) -> Reorganization:
    """Give it up. It stays in the list, so that nobody wonders where it went."""
    require(can(by, Permission.UNIT_REORGANIZE, reorganization.scope))
    _go(reorganization, "cancel", ended_at=now())
    record("reorganization.cancelled", by=by, on=reorganization, unit_id=reorganization.scope_id)
    return reorganization


def _go(reorganization: Reorganization, verb: str, **changes: Any) -> None:
    """The step itself, settled by the database: who comes second is told."""
    seen = reorganization.state
    target = REORGANIZATION.step(verb, seen).target
    rows = Reorganization.objects.filter(pk=reorganization.pk, state=seen)
    if not rows.update(state=target, **changes):
        sentence = _("Somebody has changed this in the meantime. Reload the page and look again.")
        raise Refused(sentence, "state")
    reorganization.state = ReorganizationState(target)
    for name, value in changes.items():
        setattr(reorganization, name, value)
