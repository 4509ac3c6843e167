"""Sheets to sign: who stands on which row is kept as it is printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import Attendance, PaperSheet, Receipt, Session, SessionState
from thongsuot.dissemination.permissions import can_mark, can_vouch
from thongsuot.documents.models import Document
from thongsuot.formats.signed import codes
from thongsuot.organizations.models import Unit

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

MOST_PEOPLE = codes.MOST_ROWS - 20  # of one cell: a row has three figures


@transaction.atomic
def print_for_session(*, by: User, session: Session, units: Sequence[Unit]) -> list[PaperSheet]:
    """A sheet for each of these cells with everybody who is called; the one there is while its people are the same."""
    require(bool(units) and all(can_mark(by, unit) for unit in units))
    if session.state == SessionState.CANCELLED:
        raise Refused(_("The session was cancelled: there is nothing to sign."), "cancelled")
    called: dict[int, list[int]] = defaultdict(list)
    places = Attendance.objects.filter(session=session, unit__in=units).order_by(
        "person__sort_key", "person_id"
    )
    for unit_id, person_id in places.values_list("unit_id", "person_id"):
        called[unit_id].append(person_id)
    there = _newest(PaperSheet.objects.filter(session=session, unit__in=units))
    sheets = [there.get(unit.pk) for unit in units]
    wanted = [
        sheet
        if sheet and sheet.rows == called[unit.pk]
        else PaperSheet(unit=unit, session=session, rows=called[unit.pk], printed_by=by)
        for unit, sheet in zip(units, sheets, strict=True)
    ]
    made = [sheet for sheet in wanted if sheet._state.adding]
    _write(made)
    if made:
        people = sum(len(sheet.rows) for sheet in made)
        only = made[0].unit_id if len(made) == 1 else None
        record("session.sheet_printed", by=by, on=session, unit_id=only, people=people, cells=len(made))
    return wanted


@transaction.atomic
def print_for_document(*, by: User, document: Document, unit: Unit) -> PaperSheet:
    """A list on which those of a cell whom the document has not reached sign that they have heard of this text."""
    require(can_vouch(by, unit))
    asked = Receipt.objects.filter(unit=unit, document=document, released_at=None, reached_at=None)
    rows = list(asked.order_by("person__sort_key", "person_id").values_list("person_id", flat=True))
    if not rows:
        raise Refused(_("Everybody of this cell who is asked has heard of the document."), "nobody")
    same = PaperSheet.objects.filter(document=document, unit=unit, text_sha256=document.text_sha256)
    there = _newest(same).get(unit.pk)
    if there and there.rows == rows:
        return there
    sheet = PaperSheet(
        unit=unit,
        document=document,
        version=document.version,
        text_sha256=document.text_sha256,
        rows=rows,
        printed_by=by,
    )
    _write([sheet])
    record("dissemination.list_printed", by=by, on=document, unit_id=unit.pk, people=len(rows))
    return sheet


def _newest(sheets: Iterable[PaperSheet]) -> dict[int, PaperSheet]:
    return {
        sheet.unit_id: sheet for sheet in sorted(sheets, key=lambda sheet: (sheet.printed_at, sheet.code))
    }


def _write(new: list[PaperSheet]) -> None:
    """Each gets a number that no other sheet has."""
    if any(len(sheet.rows) > MOST_PEOPLE for sheet in new):
        raise Refused(_("A sheet holds %(most)s people.") % {"most": MOST_PEOPLE}, "too_many")
    for sheet in new:
        sheet.code = codes.new_code()
        while PaperSheet.objects.filter(code=sheet.code).exists():
            sheet.code = codes.new_code()
    PaperSheet.objects.bulk_create(new)
