"""Long files are checked for secrecy in a thread of the serving process: their bytes are in its memory only.

A queue would write them down before anybody knows what they are (Law 117/2025/QH15, article 5). So the thread has
the bytes, the database has a row that says how many pages are done, and whoever ends the process ends the check:
the row then stops giving signs of life and is closed with the request to hand the file in again.
"""

from __future__ import annotations

import contextvars
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connections, transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.documents.models import Intake
from thongsuot.documents.models.intake import IntakeState
from thongsuot.documents.queries.intake import INTERRUPTED, WITHOUT_A_SIGN
from thongsuot.documents.reading import extract_harmless
from thongsuot.documents.services.keeping import keep, refuse_the_same_file
from thongsuot.documents.services.pulse import Withdrawn, pulse

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.formats.reading import Extracted
    from thongsuot.organizations.models import Unit

logger = logging.getLogger(__name__)
# A check holds up to 25 MB and most of a core.
CHECKS_AT_ONCE = 2
_room = threading.BoundedSemaphore(CHECKS_AT_ONCE)


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
    if not _room.acquire(blocking=False):
        sentence = _(
            "Two long papers are being checked at this moment. Wait until one of them is done, then hand this "
            "one in again."
        )
        raise Refused(sentence, "busy")
    try:
        # Durable, because the thread begins at once and has to find the row.
        with transaction.atomic(durable=True):
            intake = Intake.objects.create(
                unit=unit, direction=direction, state=IntakeState.CHECKING, beat_at=now(), created_by=by
            )
        _run(_Handed(intake, name, content))
    except BaseException:
        _room.release()
        raise
    return intake


def _run(handed: _Handed) -> None:
    if getattr(settings, "JOBS_INLINE", False):
        _check_and_leave(handed, close=lambda: None)
        return
    work = contextvars.copy_context()
    # A daemon: who stops the server is not kept waiting for a check that can be handed in again.
    threading.Thread(
        target=work.run,
        args=(_check_and_leave, handed, connections.close_all),
        name=f"check-{handed.intake.pk}",
        daemon=True,
    ).start()


def _check_and_leave(handed: _Handed, close: Callable[[], None]) -> None:
    try:
        _check(handed)
    except Exception as error:  # the row is closed with a sentence; what an error says may quote the text
        logger.error("The check of intake %s stopped: %s", handed.intake.pk, type(error).__name__)
        _close(handed.intake, INTERRUPTED)
    finally:
        _room.release()
        close()


def _check(handed: _Handed) -> None:
    intake = handed.intake
    try:
        with pulse(intake.pk) as progress:
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
    Intake.objects.filter(pk=intake.pk, state=IntakeState.CHECKING).delete()


def _close(intake: Intake, code: str) -> None:
    Intake.objects.filter(pk=intake.pk, state=IntakeState.CHECKING).update(
        state=IntakeState.REFUSED, refusal=code
    )


def close_abandoned_checks() -> int:
    """Close the checks whose process has ended; how many there were."""
    silent = Intake.objects.filter(state=IntakeState.CHECKING, beat_at__lt=now() - WITHOUT_A_SIGN)
    return silent.update(state=IntakeState.REFUSED, refusal=INTERRUPTED)
