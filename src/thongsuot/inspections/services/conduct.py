"""Opening an inspection and noting what it finds. Findings are taken back, never deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now, today
from thongsuot.core.refusals import Refused
from thongsuot.core.search import searchable
from thongsuot.core.text import nfc, sort_key
from thongsuot.documents.models import Document
from thongsuot.inspections.models import (
    ConclusionRequirement,
    Finding,
    FindingKind,
    Inspection,
    InspectionDocument,
    TeamMember,
)
from thongsuot.inspections.papers.words import list_of, short_reference_to
from thongsuot.inspections.permissions import can_conduct, can_open_in
from thongsuot.inspections.queries.choices import documents_to_inspect, units_to_inspect
from thongsuot.inspections.services.steps import step
from thongsuot.inspections.states import YEARS_BACK
from thongsuot.organizations.models import Person, RoleGrant, Unit

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

LONGEST_TITLE = 300


@transaction.atomic
def open_inspection(
    *,
    by: User,
    unit: Unit,
    inspected: Unit,
    documents: Sequence[Document],
    period_from: dt.date,
    period_to: dt.date,
    report_due: dt.date,
    team: Sequence[Person] = (),
    head: Person | None = None,
    title: str = "",
) -> Inspection:
    """Begin an inspection of a unit below on documents that were sent to it. Without a title it gets one."""
    require(can_open_in(by, unit))
    _check_subject(by, unit, inspected, documents)
    _check_days(period_from, report_due)
    members = list(dict.fromkeys([*([head] if head else []), *team]))
    _check_team(inspected, members)
    words = nfc(title.strip()) or _title(inspected, documents)
    inspection = Inspection(
        unit=unit,
        inspected=inspected,
        title=words,
        period_from=period_from,
        period_to=period_to,
        report_due=report_due,
        opened_by=by,
        search_text=searchable(
            words, inspected.name, inspected.short_name, *[f"{d.symbol} {d.subject}" for d in documents]
        ),
        sort_key=sort_key(words)[:400],
    )
    inspection.full_clean()
    inspection.save()
    InspectionDocument.objects.bulk_create(
        InspectionDocument(inspection=inspection, document=document) for document in documents
    )
    leader = head or (members[0] if members else None)
    TeamMember.objects.bulk_create(
        TeamMember(inspection=inspection, person=person, is_head=person == leader) for person in members
    )
    record("inspection.opened", by=by, on=inspection)
    return inspection


@transaction.atomic
def note_finding(
    *,
    by: User,
    inspection: Inspection,
    kind: str,
    text: str,
    about: Finding | None = None,
    document: Document | None = None,
) -> Finding:
    """Note a strength, a shortcoming, or the cause of a shortcoming; with the first one the inspection is under way."""
    require(can_conduct(by, inspection))
    step(inspection, "conduct")
    if kind == FindingKind.CAUSE and not _is_open_shortcoming(inspection, about):
        raise Refused(_("Say which shortcoming this is the cause of."), "cause")
    finding = Finding(
        inspection=inspection,
        kind=kind,
        text=nfc(text.strip()),
        about=about if kind == FindingKind.CAUSE else None,
        document=document,
        noted_by=by,
    )
    finding.full_clean()
    finding.save()
    record("finding.noted", by=by, on=finding, unit_id=inspection.unit_id, kind=kind)
    return finding


@transaction.atomic
def withdraw_finding(*, by: User, finding: Finding) -> Finding:
    """Take a finding back, with its causes; not while a requirement answers it."""
    inspection = finding.inspection
    require(can_conduct(by, inspection))
    step(inspection, "conduct")
    if finding.requirements.filter(withdrawn_at=None).exists():
        raise Refused(
            _("A requirement answers this shortcoming. Take the requirement back first."), "requirement"
        )
    both = inspection.findings.filter(pk=finding.pk) | inspection.findings.filter(about=finding)
    if both.filter(withdrawn_at=None).update(withdrawn_at=now()):
        record("finding.withdrawn", by=by, on=finding, unit_id=inspection.unit_id)
    finding.refresh_from_db()
    return finding


@transaction.atomic
def add_requirement(
    *, by: User, inspection: Inspection, finding: Finding, text: str, due: dt.date, product: str = ""
) -> ConclusionRequirement:
    """Require something of the unit that answers a shortcoming the team has noted."""
    require(can_conduct(by, inspection))
    step(inspection, "conduct")
    finding.refresh_from_db()
    if not _is_open_shortcoming(inspection, finding):
        raise Refused(_("Say which shortcoming of this inspection the requirement answers."), "finding")
    if due < today():
        raise Refused(_("The deadline has already passed. Choose a later day."), "due")
    requirement = ConclusionRequirement(
        inspection=inspection, finding=finding, text=nfc(text.strip()), product=nfc(product.strip()), due=due
    )
    requirement.full_clean()
    requirement.save()
    record("requirement.added", by=by, on=requirement, unit_id=inspection.unit_id)
    return requirement


@transaction.atomic
def withdraw_requirement(*, by: User, requirement: ConclusionRequirement) -> ConclusionRequirement:
    """Take a requirement back before the conclusion."""
    inspection = requirement.inspection
    require(can_conduct(by, inspection))
    step(inspection, "conduct")
    if inspection.requirements.filter(pk=requirement.pk, withdrawn_at=None).update(withdrawn_at=now()):
        record("requirement.withdrawn", by=by, on=requirement, unit_id=inspection.unit_id)
    requirement.refresh_from_db()
    return requirement


def _is_open_shortcoming(inspection: Inspection, finding: Finding | None) -> bool:
    return (
        finding is not None
        and finding.inspection_id == inspection.pk
        and finding.kind == FindingKind.SHORTCOMING
        and finding.withdrawn_at is None
    )


def _check_subject(by: User, unit: Unit, inspected: Unit, documents: Sequence[Document]) -> None:
    if not units_to_inspect(unit).filter(pk=inspected.pk).exists():
        raise Refused(_("Choose a unit below yours that exists today."), "unit")
    wanted = {document.pk for document in documents}
    if not wanted:
        raise Refused(_("Choose at least one document whose carrying out is inspected."), "documents")
    sent = documents_to_inspect(by, inspected).filter(pk__in=wanted).count()
    if sent != len(wanted):
        raise Refused(
            _("A chosen document was not sent to this unit. Choose among those it has."), "documents"
        )


def _check_days(period_from: dt.date, report_due: dt.date) -> None:
    day = today()
    if period_from < dt.date(day.year - YEARS_BACK, day.month, min(day.day, 28)):
        raise Refused(_("An inspection looks at the last five years at most."), "period")
    if report_due < day:
        raise Refused(_("The day for the self-report has already passed. Choose a later day."), "report_due")


def _check_team(inspected: Unit, team: Sequence[Person]) -> None:
    users = [person.user_id for person in team if person.user_id]
    if RoleGrant.objects.valid_on().filter(user__in=users, unit__in=Unit.objects.under(inspected)).exists():
        raise Refused(_("Somebody in the team belongs to the inspected unit. Choose somebody else."), "team")


def _title(inspected: Unit, documents: Sequence[Document]) -> str:
    cited = list_of([short_reference_to(document) for document in documents])
    return f"Kiểm tra {inspected.name} về việc thực hiện {cited}"[:LONGEST_TITLE]
