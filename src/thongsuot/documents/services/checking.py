"""Long files are checked for secrecy beside the answer (``core.beside``): their bytes are in the memory only.

The database has a row that says how many pages are done. When the process ends, the row stops giving signs of life and
is closed with the request to hand the file in again.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from thongsuot.audit.services import record
from thongsuot.core.beside import place_beside
from thongsuot.core.clock import now
from thongsuot.core.pulse import WITHOUT_A_SIGN, Withdrawn, pulse
from thongsuot.core.refusals import Refused
from thongsuot.documents.models import Intake
from thongsuot.documents.models.intake import IntakeQuerySet, IntakeState
from thongsuot.documents.queries.intake import INTERRUPTED
from thongsuot.documents.reading import extract_harmless
from thongsuot.documents.services.keeping import keep, refuse_the_same_file

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.formats.reading import Extracted
    from thongsuot.organizations.models import Unit

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Handed:
    """What was handed in: it lives as long as its check."""

    intake: Intake
    name: str
    content: bytes


def check_in_background(*, by: User, unit: Unit, direction: str, name: str, content: bytes) -> Intake:
    """Begin the check of a long file. The answer is its intake, without file, name and text until it is found harmless.

    ``Refused`` with code "busy" when as many checks as this process bears are going on.
    """
    refuse_the_same_file(unit, content)
    with place_beside() as place:
        # Durable, because the thread begins at once and has to find the row.
        with transaction.atomic(durable=True):
            intake = Intake.objects.create(
                unit=unit, direction=direction, state=IntakeState.CHECKING, beat_at=now(), created_by=by
            )
        handed = _Handed(intake, name, content)
        place.begin(lambda: _check_and_leave(handed), f"check-{intake.pk}")
    return intake


def _check_and_leave(handed: _Handed) -> None:
    try:
        _check(handed)
    except Exception as error:  # the row is closed with a sentence; what an error says may quote the text
        logger.error("The check of intake %s stopped: %s", handed.intake.pk, type(error).__name__)
        _close(handed.intake, INTERRUPTED)


def _check(handed: _Handed) -> None:
    intake = handed.intake
    try:
        with pulse(_checking(intake), str(intake.pk)) as progress:
            extracted = extract_harmless(handed.content, handed.name, any_length=True, progress=progress)
        _take_over(handed, extracted)
    except Refused as refusal:
        if refusal.code == "secret":
            _forget_a_secret(intake)
        else:
            _close(intake, refusal.code)
    except Withdrawn:
        logger.info("The check of intake %s was given up: it had been put aside.", intake.pk)


def _take_over(handed: _Handed, extracted: Extracted) -> None:
    """From checking to reading, unless somebody has put the paper aside meanwhile."""
    with transaction.atomic():
        checked = Intake.objects.select_for_update(of=("self",)).select_related("unit", "created_by")
        intake = checked.filter(pk=handed.intake.pk, state=IntakeState.CHECKING).first()
        if intake is not None:
            keep(intake, name=handed.name, content=handed.content, extracted=extracted)


@transaction.atomic
def _forget_a_secret(intake: Intake) -> None:
    """That something secret was kept out is recorded, not a word of it; the row goes."""
    record(
        "intake.secret_refused",
        by=intake.created_by,
        on=intake.unit,
        unit_id=intake.unit_id,
        intake=intake.pk,
    )
    _checking(intake).delete()


def _close(intake: Intake, code: str) -> None:
    _checking(intake).update(state=IntakeState.REFUSED, refusal=code)


def _checking(intake: Intake) -> IntakeQuerySet:
    """The row as long as its check is wanted."""
    return Intake.objects.filter(pk=intake.pk, state=IntakeState.CHECKING)


def close_abandoned_checks() -> int:
    """Close the checks whose process has ended; how many there were."""
    silent = Intake.objects.filter(state=IntakeState.CHECKING, beat_at__lt=now() - WITHOUT_A_SIGN)
    return silent.update(state=IntakeState.REFUSED, refusal=INTERRUPTED)
