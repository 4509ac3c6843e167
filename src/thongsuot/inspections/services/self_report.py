"""The self-report: drafted from the data in a job, edited by the unit, handed in once."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue
from thongsuot.core.refusals import Refused
from thongsuot.documents.reading import extract_harmless
from thongsuot.files.services import store
from thongsuot.formats.word import MEDIA_TYPE, write
from thongsuot.inspections.models import Inspection, SelfReport
from thongsuot.inspections.papers import self_report
from thongsuot.inspections.permissions import can_answer, can_draft
from thongsuot.inspections.queries.facts import DocumentFacts, facts_of, gather
from thongsuot.inspections.services.steps import step
from thongsuot.inspections.states import UNDER_WAY

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def draft_self_report(*, by: User, inspection: Inspection) -> SelfReport:
    """Have the unit's self-report written from the data as they stand now; each asking makes a new draft.

    The Word file comes from a job: ``file`` is empty until it has run, ``steps_done`` says how far it is.
    """
    from thongsuot.inspections import jobs

    require(can_draft(by, inspection))
    if inspection.state not in UNDER_WAY:
        raise Refused(_("The inspection has its conclusion: no self-report is drafted any more."), "state")
    report = SelfReport.objects.create(inspection=inspection, drafted_by=by)
    record("self_report.asked", by=by, on=report, unit_id=inspection.inspected_id)
    enqueue(jobs.draft_self_report, report.pk)
    report.refresh_from_db()
    return report


def write_draft(report_id: int) -> None:
    """Gather the facts and write the file of a draft that has none yet. Harmless when run twice, or twice at once."""
    report = SelfReport.objects.select_related(
        "inspection__unit", "inspection__inspected__parent", "drafted_by"
    ).get(pk=report_id)
    if report.file_id:
        return
    inspection = report.inspection
    documents: list[DocumentFacts] = []
    for facts in gather(inspection):
        documents.append(facts)
        SelfReport.objects.filter(pk=report_id).update(steps_done=len(documents))
    gathered = facts_of(inspection, documents)
    content = write(self_report(inspection, gathered))
    with transaction.atomic():
        file = store(
            by=report.drafted_by, content=content, name=_file_name(inspection), media_type=MEDIA_TYPE
        )
        written = SelfReport.objects.filter(pk=report_id, file=None).update(
            file=file, as_of=gathered.as_of, steps_done=len(documents) + 1
        )
        if not written:  # another worker was quicker: its file stands
            transaction.set_rollback(True)


def hand_in_self_report(
    *,
    by: User,
    inspection: Inspection,
    report: SelfReport | None = None,
    content: bytes | None = None,
    name: str = "",
    too_large: bool = False,
) -> SelfReport:
    """Hand in the unit's report: a draft as it is, or the file the unit has edited.

    With it the inspection is under way. One report is handed in; a refused file leaves everything as it was.
    """
    require(can_answer(by, inspection))
    if content is not None:
        _prove(by, inspection, content, name, too_large)
    elif report is None or report.file_id is None or report.inspection_id != inspection.pk:
        raise Refused(_("Choose the Word file of the report, or have a draft written first."), "file")
    try:
        with transaction.atomic():
            return _hand_in(by, inspection, report, content, name)
    except IntegrityError as error:
        raise Refused(_("The self-report of this inspection has already been handed in."), "twice") from error


def _prove(by: User, inspection: Inspection, content: bytes, name: str, too_large: bool) -> None:
    """Only a Word file that opens, of ordinary size, and bears no secrecy mark (Law 117/2025/QH15, article 5)."""
    if not name.lower().endswith(".docx"):
        raise Refused(_("Send the report as a Word document (.docx): the file you edited."), "wrong_type")
    try:
        extract_harmless(content, name, too_large=too_large)
    except Refused as refusal:
        if refusal.code == "secret":
            with transaction.atomic():
                record("self_report.secret_refused", by=by, on=inspection, unit_id=inspection.inspected_id)
        raise
    try:
        docx.Document(io.BytesIO(content))
    except Exception as error:  # python-docx raises whatever the broken part of a file makes it raise
        sentence = _(
            "This file is not a Word document that can be opened. Save it again and send it once more."
        )
        raise Refused(sentence, "broken") from error


def _hand_in(
    by: User, inspection: Inspection, report: SelfReport | None, content: bytes | None, name: str
) -> SelfReport:
    step(inspection, "conduct")
    if content is not None:
        file = store(by=by, content=content, name=name, media_type=MEDIA_TYPE)
        report = SelfReport.objects.create(
            inspection=inspection,
            drafted_by=by,
            file=file,
            as_of=report.as_of if report else now(),
            handed_in_at=now(),
        )
    else:
        assert report is not None  # noqa: S101  # checked by the caller
        SelfReport.objects.filter(pk=report.pk, handed_in_at=None).update(handed_in_at=now())
        report.refresh_from_db()
    record("self_report.handed_in", by=by, on=report, unit_id=inspection.inspected_id)
    return report


def _file_name(inspection: Inspection) -> str:
    return f"Bao cao tu kiem tra - {inspection.inspected.short_name}.docx"
