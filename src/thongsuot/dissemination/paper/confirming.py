"""What a person says about signed rows: from here on they count like any other attendance or confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue_once
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.jobs import fold_coverage
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    Channel,
    PageState,
    PaperCutOuts,
    PaperPage,
    PaperSheet,
    Receipt,
    Way,
)
from thongsuot.dissemination.models.receipts import MAY_HEAR
from thongsuot.dissemination.paper.queries import cell_of, lines_of
from thongsuot.dissemination.permissions import can_mark, can_vouch
from thongsuot.dissemination.services.attendance import mark_attendance
from thongsuot.dissemination.services.reaching import reach_people

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@dataclass(frozen=True)
class Counted:
    """How many of the signatures were new, were counted before, belong to an earlier text, are not asked (any more)."""

    new: int = 0
    before: int = 0
    older: int = 0
    not_asked: int = 0


@transaction.atomic
def confirm(
    *,
    by: User,
    sheet: PaperSheet,
    rows: Iterable[int],
    page: int = 0,
    found: Mapping[int, int] | None = None,
    rest_absent: bool = False,
) -> Counted:
    """These rows are signed; ``found`` are people who wrote themselves on blank rows. Marked as by paper, and by whom.

    ``page`` is the one that was looked at: it waits no longer. ``rest_absent``: whoever of it has not signed and is
    still expected was absent. The same rows again change nothing.
    """
    chosen = set(rows)
    if not chosen <= set(range(1, len(sheet.rows) + 1)):
        raise Refused(_("A row that is not on this sheet was chosen. Reload the page."), "no_row")
    people = {sheet.rows[row - 1] for row in chosen} | set((found or {}).values())
    rest = {sheet.rows[row - 1] for row in lines_of(sheet, page) if row <= len(sheet.rows)} - people
    if sheet.session_id:
        counted = _attended(by, sheet, people, rest if rest_absent and page else set())
    else:
        counted = _heard(by, sheet, people)
    _close(by, sheet, page, counted)
    record(
        "paper.confirmed",
        by=by,
        on=sheet.subject,
        unit_id=sheet.unit_id,
        sheet=sheet.shown_code,
        people=counted.new,
    )
    return counted


def _attended(by: User, sheet: PaperSheet, people: set[int], rest: set[int]) -> Counted:
    cell = cell_of(sheet)
    require(can_mark(by, cell))
    session = sheet.session
    assert session is not None  # noqa: S101  # said by the constraint, for the type checker
    states = dict(
        Attendance.objects.filter(session=session, unit=cell, person__in=people | rest).values_list(
            "person_id", "state"
        )
    )
    asked = people & set(states)
    new = {person for person in asked if states[person] != AttendanceState.PRESENT}
    absent = {person for person in rest if states.get(person) == AttendanceState.EXPECTED}
    if new | absent:
        mark_attendance(
            by=by,
            session=session,
            unit=cell,
            present=new,
            excused=set(),
            among=new | absent,
            way=Way.PAPER,
            reason=_reason(sheet),
        )
    return Counted(new=len(new), before=len(asked - new), not_asked=len(people - asked))


def _heard(by: User, sheet: PaperSheet, people: set[int]) -> Counted:
    """Of the text that was printed: who is asked for a later one has to be asked again."""
    require(can_vouch(by, sheet.unit))
    asked = Receipt.objects.filter(MAY_HEAR, unit=sheet.unit, document=sheet.document_id, person__in=people)
    states = {receipt.person_id: receipt for receipt in asked}
    changed = reach_people(
        by=by,
        document_ids=[sheet.document_id or 0],
        person_ids=[person for person, receipt in states.items() if receipt.reached_at is None],
        unit_id=sheet.unit_id,
        channel=Channel.PAPER,
        at=now(),
        reason=_reason(sheet),
        version=sheet.version,
        text_sha256=sheet.text_sha256,
    )
    if changed:
        enqueue_once(fold_coverage)
    before = sum(receipt.reached_at is not None for receipt in states.values())
    return Counted(
        new=len(changed),
        before=before,
        older=len(states) - before - len(changed),
        not_asked=len(people) - len(states),
    )


def _reason(sheet: PaperSheet) -> str:
    return _("signed on sheet %(sheet)s") % {"sheet": sheet.shown_code}


def _close(by: User, sheet: PaperSheet, page: int, counted: Counted) -> None:
    waiting = PaperPage.objects.filter(sheet=sheet.code, number=page, state=PageState.WAITING)
    PaperCutOuts.objects.filter(page__in=waiting.values("pk")).delete()
    waiting.update(
        state=PageState.CONFIRMED,
        ink=[],
        decided_at=now(),
        decided_by=by,
        counted=counted.new + counted.before,
    )
