"""Sheets, their rows and the pages that came back, for those who may see names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from thongsuot.accounts.roles import Permission
from thongsuot.dissemination.models import (
    Attendance,
    AttendanceState,
    BeingReadState,
    PageState,
    PaperHandIn,
    PaperPage,
    PaperSheet,
    Receipt,
    Session,
    SessionHandover,
    SessionUnit,
)
from thongsuot.formats.signed import codes, geometry, verdict
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.reach import can_anywhere, reach

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.reach import Viewer

MOST_CHOICES = 300
MOST_BEING_READ = 10


def can_hand_in(user: Viewer) -> bool:
    """Whoever marks attendance or vouches somewhere."""
    return can_anywhere(user, Permission.SESSION_MARK) or can_anywhere(user, Permission.READING_VOUCH)


def sheets_within_reach(user: Viewer, wanted: Sequence[int]) -> list[PaperSheet]:
    """These sheets in the order asked for, without those out of reach."""
    rows = PaperSheet.objects.visible_to(user).filter(code__in=wanted)
    found = {
        sheet.code: sheet
        for sheet in rows.select_related("unit", "session__unit", "document").defer("document__text")
    }
    return [found[code] for code in dict.fromkeys(wanted) if code in found]


def sheets_of(user: Viewer, session: Session) -> QuerySet[PaperSheet]:
    """The sheets printed for a session, newest first."""
    rows = PaperSheet.objects.visible_to(user).filter(session=session)
    return rows.select_related("unit").order_by("-printed_at", "-code")


def cells_to_print(user: Viewer, session: Session) -> list[Unit]:
    """The cells of a session in which this person marks attendance."""
    places = SessionUnit.objects.filter(reach(user, Permission.SESSION_MARK), session=session)
    ordered = places.select_related("unit").order_by("unit__parent__sort_key", "unit__sort_key", "unit_id")
    return [place.unit for place in ordered]


def waiting_pages(user: Viewer) -> QuerySet[PaperPage]:
    """Pages that somebody has to confirm, those that came first on top."""
    theirs = reach(user, Permission.SESSION_MARK) | reach(user, Permission.READING_VOUCH)
    seen = PaperSheet.objects.visible_to(user).values("code")
    waiting = PaperPage.objects.filter(theirs, state=PageState.WAITING, sheet__in=seen)
    return waiting.select_related("unit").order_by("received_at", "pk")


def being_read(user: User) -> list[PaperHandIn]:
    """What this person has handed in that is not read to its end, the latest first."""
    theirs = PaperHandIn.objects.visible_to(user).exclude(state=BeingReadState.DONE)
    return list(theirs.order_by("-received_at", "-pk")[:MOST_BEING_READ])


@dataclass(frozen=True)
class SheetRead:
    """A sheet of which pages were found, with their numbers."""

    sheet: PaperSheet
    pages: list[int]


def sheets_in(user: User, row: PaperHandIn) -> list[SheetRead]:
    """The sheets of a hand-in that the person may still see, as they came."""
    pages: dict[int, set[int]] = {}
    for _picture, _outcome, code, page in row.arrived:
        if page:
            pages.setdefault(code, set()).add(page)
    return [SheetRead(sheet, sorted(pages[sheet.code])) for sheet in sheets_within_reach(user, list(pages))]


def cell_of(sheet: PaperSheet) -> Unit:
    """In which cell the people of a session's sheet have their places now: it may have passed on since printing."""
    if sheet.session_id is None or _is_called(sheet.session_id, sheet.unit_id):
        return sheet.unit
    moves = SessionHandover.objects.filter(session=sheet.session_id, of_cell=True, undone_at=None)
    passed = {move.from_unit_id: move.to_unit_id for move in moves.order_by("pk")}
    unit_id, seen = sheet.unit_id, set[int]()
    while unit_id in passed and unit_id not in seen:
        seen.add(unit_id)
        unit_id = passed[unit_id]
    return Unit.objects.get(pk=unit_id)


def _is_called(session_id: int, unit_id: int) -> bool:
    return SessionUnit.objects.filter(session=session_id, unit=unit_id).exists()


def lines_of(sheet: PaperSheet, page: int) -> range:
    """The numbers of the rows on a page, blank ones at the end too."""
    if not 1 <= page <= sheet.pages:
        return range(0)
    first = (page - 1) * geometry.ROWS + 1
    return range(first, first + geometry.ROWS)


@dataclass(frozen=True)
class Row:
    """A row as it is put before a person. ``at`` is where its cut-out begins in the strip of the page."""

    number: int
    code: str
    person: Person | None
    verdict: str
    counted: bool
    at: str

    @property
    def ticked(self) -> bool:
        return self.verdict == "signed" or self.counted


def rows_on(sheet: PaperSheet, page: int, seen: PaperPage | None, tall: int) -> list[Row]:
    """The rows of a page with what was seen on it; blank ones only where there is ink."""
    lines = lines_of(sheet, page)
    keys = [sheet.rows[line - 1] for line in lines if line <= len(sheet.rows)]
    people, counted = Person.objects.in_bulk(keys), counted_of(sheet, keys)
    ink = seen.ink if seen else []
    rows = []
    for place, line in enumerate(lines):
        key = sheet.rows[line - 1] if line <= len(sheet.rows) else None
        said = verdict(ink[place]) if place < len(ink) else ""
        if key is None and said in ("", "blank"):
            continue
        person = people.get(key) if key is not None else None
        rows.append(
            Row(line, codes.row_code(sheet.code, line), person, said, key in counted, str(place * tall))
        )
    return rows


def counted_of(sheet: PaperSheet, keys: Sequence[int]) -> set[int]:
    """Who of these people is present, or has heard of the document, already."""
    if sheet.session_id:
        present = Attendance.objects.filter(session=sheet.session_id, state=AttendanceState.PRESENT)
        return set(present.filter(unit=cell_of(sheet), person__in=keys).values_list("person_id", flat=True))
    heard = Receipt.objects.filter(document=sheet.document_id, unit=sheet.unit, reached_at__isnull=False)
    return set(heard.filter(person__in=keys).values_list("person_id", flat=True))


def not_on(sheet: PaperSheet) -> list[Person]:
    """Who may have written themselves on a blank row: people of the cell who are asked, and came after the printing."""
    if sheet.session_id:
        called = Attendance.objects.filter(session=sheet.session_id, unit=cell_of(sheet))
        asked = Q(pk__in=called.exclude(state=AttendanceState.PRESENT).values("person_id"))
    else:
        receipts = Receipt.objects.filter(document=sheet.document_id, unit=sheet.unit, released_at=None)
        asked = Q(pk__in=receipts.filter(reached_at=None).values("person_id"))
    people = Person.objects.filter(asked).exclude(pk__in=sheet.rows)
    return list(people.order_by("sort_key", "pk")[:MOST_CHOICES])


@dataclass(frozen=True)
class PageOf:
    """A page of a sheet: not come back, waiting or confirmed."""

    number: int
    latest: PaperPage | None

    @property
    def state(self) -> str:
        return self.latest.state if self.latest else ""


def pages_of(sheet: PaperSheet) -> list[PageOf]:
    """Every page of a sheet with what came back last, what was put aside left out."""
    back = PaperPage.objects.filter(sheet=sheet.code).exclude(state=PageState.PUT_ASIDE)
    latest = {page.number: page for page in back.select_related("received_by").order_by("received_at", "pk")}
    return [PageOf(number, latest.get(number)) for number in range(1, sheet.pages + 1)]


def waiting_page(sheet: PaperSheet, number: int) -> PaperPage | None:
    waiting = PaperPage.objects.filter(sheet=sheet.code, number=number, state=PageState.WAITING)
    return waiting.first()
