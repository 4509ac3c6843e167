"""The conclusion: a notice with a number, sent to the unit; its requirements are tasks that the inspector closes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.refusals import Refused
from thongsuot.documents.kinds import SYMBOL_OF, Direction, Kind, Regime
from thongsuot.documents.models.dispatch import Purpose
from thongsuot.documents.models.register import Relation
from thongsuot.documents.services import (
    DocumentFields,
    RelationData,
    dispatch_document,
    register_document,
)
from thongsuot.documents.services.numbering import next_symbol
from thongsuot.files.services import store
from thongsuot.formats import reading
from thongsuot.formats.word import MEDIA_TYPE, OfficialDocument, write
from thongsuot.inspections.models import ConclusionRequirement, Inspection
from thongsuot.inspections.papers import notice_of_conclusion
from thongsuot.inspections.permissions import can_conduct
from thongsuot.inspections.queries.inspections import (
    Findings,
    RequirementLine,
    active_requirements,
    findings_of,
    requirements_of,
)
from thongsuot.inspections.services.steps import step
from thongsuot.inspections.states import INSPECTION
from thongsuot.tasks.models import CLOSED, Origin, Task
from thongsuot.tasks.services import accept_task, give_task, return_task

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.documents.models import Document

ATTEMPTS = 5


class _OvertakenError(Exception):
    """Between writing the notice and registering it the number was taken, or a finding came in."""


@dataclass(frozen=True)
class _Draft:
    """The notice with the number it will have, if nobody is quicker, and what it is made of."""

    symbol: str
    paper: OfficialDocument
    requirements: list[RequirementLine]
    made_of: tuple[tuple[int, ...], tuple[int, ...]]


def preview_of_conclusion(
    inspection: Inspection, findings: Findings, requirements: list[RequirementLine]
) -> OfficialDocument:
    """The notice as it would be today, without its number."""
    symbol = f"-{SYMBOL_OF[Kind.THONG_BAO]}/{inspection.unit.symbol}"
    return notice_of_conclusion(inspection, findings, requirements, symbol=symbol, day=today())


def conclude(*, by: User, inspection: Inspection) -> Document:
    """Issue the notice of conclusion: registered as outgoing, sent to the inspected unit, its requirements as tasks.

    All of it happens or nothing. The Word file needs the number it will carry, and is written before the
    transaction that takes the number: where another notice was quicker, it is written again.
    """
    require(can_conduct(by, inspection))
    INSPECTION.step("conclude", inspection.state)
    for _attempt in range(ATTEMPTS):
        draft = _draft(inspection)
        _check(inspection, draft)
        content = write(draft.paper)
        text = reading.extract(content, "conclusion.docx").text
        try:
            with transaction.atomic():
                return _conclude(by, inspection, draft, content, text)
        except _OvertakenError:
            continue
    raise Refused(_("Many notices are being registered at this moment. Please try again."), "busy")


@transaction.atomic
def close_requirement(*, by: User, requirement: ConclusionRequirement) -> ConclusionRequirement:
    """Find a requirement fulfilled: its task is accepted. Only the inspecting side can, never the unit itself."""
    inspection = requirement.inspection
    require(can_conduct(by, inspection))
    task = _task_of(requirement)
    accept_task(by=by, task=task)
    record("requirement.closed", by=by, on=requirement, unit_id=inspection.unit_id)
    return requirement


@transaction.atomic
def return_requirement(*, by: User, requirement: ConclusionRequirement, reason: str) -> ConclusionRequirement:
    """Find that something is missing: the task goes back to the unit with the reason."""
    inspection = requirement.inspection
    require(can_conduct(by, inspection))
    return_task(by=by, task=_task_of(requirement), reason=reason)
    record("requirement.returned", by=by, on=requirement, unit_id=inspection.unit_id, reason=reason.strip())
    return requirement


@transaction.atomic
def close_inspection(*, by: User, inspection: Inspection) -> Inspection:
    """Close the file when every requirement is closed."""
    require(can_conduct(by, inspection))
    step(inspection, "close", closed_at=now())
    if active_requirements(inspection).exclude(task__state__in=CLOSED).exists():
        raise Refused(_("A requirement is still open. Close each one first."), "open")
    record("inspection.closed", by=by, on=inspection)
    return inspection


def _draft(inspection: Inspection) -> _Draft:
    findings = findings_of(inspection)
    requirements = requirements_of(inspection, findings)
    symbol = next_symbol(inspection.unit, Kind.THONG_BAO, Regime.PARTY, today())
    paper = notice_of_conclusion(inspection, findings, requirements, symbol=symbol, day=today())
    return _Draft(symbol, paper, requirements, _made_of(inspection))


def _made_of(inspection: Inspection) -> tuple[tuple[int, ...], tuple[int, ...]]:
    findings = inspection.findings.filter(withdrawn_at=None).order_by("pk").values_list("pk", flat=True)
    return tuple(findings), tuple(active_requirements(inspection).values_list("pk", flat=True))


def _check(inspection: Inspection, draft: _Draft) -> None:
    """What reviewers of conclusions ask for: something was found; each requirement answers a listed shortcoming."""
    if not draft.made_of[0]:
        raise Refused(_("Note at least one finding before the conclusion."), "no_finding")
    if any(not line.about for line in draft.requirements):
        raise Refused(_("A requirement does not answer any listed shortcoming."), "no_shortcoming")
    if any(line.row.due < today() for line in draft.requirements):
        raise Refused(
            _("The deadline of a requirement has already passed. Take it back and set a later one."), "due"
        )


def _conclude(by: User, inspection: Inspection, draft: _Draft, content: bytes, text: str) -> Document:
    # From here the row is held: whoever concludes or notes a finding at the same time waits and is told.
    step(inspection, "conclude", concluded_at=now())
    if _made_of(inspection) != draft.made_of:
        raise _OvertakenError
    document = _register(by, inspection, draft, content, text)
    if document.symbol != draft.symbol:
        raise _OvertakenError
    dispatch_document(
        by=by,
        unit=inspection.unit,
        document=document,
        units=[inspection.inspected],
        purpose=Purpose.CARRY_OUT,
        right=Permission.INSPECTION_CONDUCT,
    )
    for line in draft.requirements:
        line.row.task = give_task(
            by=by,
            giver=inspection.unit,
            unit=inspection.inspected,
            text=line.row.text,
            due=line.row.due,
            document=document,
            product=line.row.product,
            origin=Origin.CONCLUSION,
        )
        line.row.save(update_fields=["task"])
    inspection.conclusion = document
    inspection.save(update_fields=["conclusion"])
    record("inspection.concluded", by=by, on=inspection, symbol=document.symbol)
    return document


def _register(by: User, inspection: Inspection, draft: _Draft, content: bytes, text: str) -> Document:
    paper = draft.paper
    name = f"{draft.symbol.replace('/', '-')}.docx"
    fields = DocumentFields(
        kind=Kind.THONG_BAO,
        regime=Regime.PARTY,
        issuing_body=paper.body,
        issuing_body_parent=paper.parent_body,
        place=paper.place,
        issued_on=today(),
        subject=paper.subject,
        signer=paper.signer,
        signer_title=paper.position,
        sign_authority=paper.authority,
        recipients=list(paper.recipients),
        is_illustration=paper.is_illustration,
    )
    relations = [
        RelationData(
            relation=Relation.REFERS_TO,
            kind=subject.document.get_kind_display(),
            symbol=subject.document.symbol,
            issued_on=subject.document.issued_on,
            issuing_body=subject.document.issuing_body,
            target_id=subject.document_id,
        )
        for subject in inspection.subjects.select_related("document")
    ]
    return register_document(
        by=by,
        unit=inspection.unit,
        direction=Direction.OUTGOING,
        fields=fields,
        file=store(by=by, content=content, name=name, media_type=MEDIA_TYPE),
        text=text,
        relations=relations,
        right=Permission.INSPECTION_CONDUCT,
    )


def _task_of(requirement: ConclusionRequirement) -> Task:
    if requirement.task is None:
        raise Refused(_("The conclusion has not been issued yet."), "state")
    return requirement.task
