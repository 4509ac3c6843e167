"""Pages that come back: found in the photograph or scan, tied to their sheet, put before a person."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.audit.services import record
from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.dissemination.models import PageState, PaperCutOuts, PaperPage, PaperSheet
from thongsuot.formats.reading.errors import ReadingError
from thongsuot.formats.signed import Picture, SignedPage, read_signed

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

REFUSALS: dict[str, str | Promise] = {
    "empty": _("The file is empty. Choose the photograph or the scan again."),
    "too_large": _(
        "The file is larger than 25 MB, has more than 200 pages or takes too long to look at. "
        "Hand in fewer pages at once."
    ),
    "heic": _(
        "This photograph is in the format HEIC. Set the camera to “most compatible” (JPEG), or send a screenshot of it."
    ),
    "encrypted": _("The PDF is locked by a password. Save a copy without one, then choose it."),
    "broken": _(
        "This is no photograph and no scan that can be opened. Choose a JPEG, PNG, WebP, TIFF or PDF."
    ),
}


@dataclass(frozen=True)
class Arrived:
    """What became of one picture.

    ``outcome`` is "waiting", "again", "replaced", "unplaced", "no_page", "unknown" or "silent".
    """

    picture: int
    outcome: str
    sheet: PaperSheet | None = None
    page: int = 0


def receive(*, by: User, content: bytes) -> list[Arrived]:
    """Look for signed pages in one photograph; each of a sheet within reach waits for somebody to confirm it.

    It is read in memory by a process of its own and forgotten. The same page handed in again takes the place of the
    one that waits.
    """
    pictures: list[Picture] = []
    try:
        read_signed(content, pictures.append, most=1)
    except ReadingError as error:
        code = refusal_code(error)
        raise Refused(sentence_of(code), code) from error
    return [one for picture in pictures for one in put_before_a_person(by=by, picture=picture)]


def refusal_code(error: ReadingError) -> str:
    return error.detail if error.detail in REFUSALS else error.code


def sentence_of(code: str) -> str:
    """Why a file was not read, and what to do."""
    return str(REFUSALS.get(code, REFUSALS["broken"]))


@transaction.atomic
def put_before_a_person(*, by: User, picture: Picture) -> list[Arrived]:
    """What was found on a picture waits for somebody to confirm it, as far as its sheets are within reach."""
    sheets = _held(by, {page.sheet for page in picture.pages})
    arrived = [_put(by, page, sheets.get(page.sheet)) for page in picture.pages]
    return arrived or [Arrived(picture.number, "silent")]


def _held(by: User, wanted: set[int]) -> dict[int, PaperSheet]:
    """The sheets this person may see, held to the end of the transaction: of two who hand in, one waits."""
    seen = PaperSheet.objects.visible_to(by).filter(code__in=wanted).values_list("pk", flat=True)
    found: dict[int, PaperSheet] = {}
    for unit_id, code in sorted(seen):
        rows = PaperSheet.objects.select_for_update(no_key=True).filter(unit=unit_id, code=code)
        found[code] = rows.get()
    return found


def _put(by: User, page: SignedPage, sheet: PaperSheet | None) -> Arrived:
    if sheet is None:
        return Arrived(page.picture, "unknown")
    if not 1 <= page.page <= sheet.pages:
        return Arrived(page.picture, "no_page", sheet)
    if not page.ink:
        return Arrived(page.picture, "unplaced", sheet, page.page)
    before = PaperPage.objects.filter(sheet=sheet.code, number=page.page)
    replaced = put_aside(by=by, sheet=sheet, number=page.page)
    kept = PaperPage.objects.create(
        unit_id=sheet.unit_id, sheet=sheet.code, number=page.page, received_by=by, ink=page.ink
    )
    PaperCutOuts.objects.create(page=kept, strip=base64.b64encode(page.strip).decode())
    record(
        "paper.page_received",
        by=by,
        on=sheet.subject,
        unit_id=sheet.unit_id,
        sheet=sheet.shown_code,
        page=page.page,
    )
    again = before.filter(state=PageState.CONFIRMED).exists()
    return Arrived(
        page.picture, "again" if again else "replaced" if replaced else "waiting", sheet, page.page
    )


@transaction.atomic
def put_aside(*, by: User, sheet: PaperSheet, number: int) -> bool:
    """Forget what was seen on a page that waits; whether there was one. The caller has the sheet within reach."""
    waiting = PaperPage.objects.filter(sheet=sheet.code, number=number, state=PageState.WAITING)
    PaperCutOuts.objects.filter(page__in=waiting.values("pk")).delete()
    return bool(waiting.update(state=PageState.PUT_ASIDE, ink=[], decided_at=now(), decided_by=by))
