"""A file comes in: read in memory, refused when it may not enter, else kept and read in a job."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.jobs import enqueue
from thongsuot.core.refusals import Refused
from thongsuot.documents.jobs import read_intake
from thongsuot.documents.kinds import Direction
from thongsuot.documents.models import Document, Intake
from thongsuot.documents.models.intake import IntakeState
from thongsuot.documents.services.harmless import proven_harmless
from thongsuot.documents.services.register import DuplicateDocument
from thongsuot.files.services import store
from thongsuot.organizations.reach import can

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit


class AlreadyWaiting(Refused):
    """The very same file is being checked already; ``intake`` is where."""

    def __init__(self, sentence: str, intake: Intake) -> None:
        super().__init__(sentence, "waiting")
        self.intake = intake


def take_in(
    *, by: User, unit: Unit, direction: str, name: str, content: bytes, too_large: bool = False
) -> Intake:
    """Keep a file that may be kept and have it read; ``Refused`` with the reader's code leaves nothing behind.

    A State secret is refused before a byte of it reaches the disk (Law 117/2025/QH15). Only the fact that
    something was refused is recorded: neither its name nor a word of it.
    """
    require(can(by, Permission.DOCUMENT_REGISTER, unit))
    direction = Direction(direction)
    extracted = proven_harmless(by=by, unit=unit, content=content, name=name, too_large=too_large)
    _refuse_the_same_file(unit, content)
    with transaction.atomic():
        intake = Intake.objects.create(
            unit=unit,
            direction=direction,
            file=store(by=by, content=content, name=name, media_type=extracted.media_type),
            text=extracted.text,
            pages=[asdict(page) for page in extracted.pages],
            warnings=[asdict(notice) for notice in extracted.warnings],
            created_by=by,
        )
        record("intake.taken_in", by=by, on=intake, direction=direction.value)
        enqueue(read_intake, intake.pk)
    intake.refresh_from_db()
    return intake


def _refuse_the_same_file(unit: Unit, content: bytes) -> None:
    """The same bytes a second time; the same paper in another file is found by its number and symbol."""
    same = {"unit": unit, "file__sha256": hashlib.sha256(content).hexdigest()}
    document = Document.objects.filter(**same).order_by("pk").first()
    if document is not None:
        sentence = _("This file is already in the register as %(document)s. Open it there instead.")
        raise DuplicateDocument(sentence % {"document": document}, document)
    waiting = Intake.objects.filter(**same, state__in=(IntakeState.READING, IntakeState.READY)).first()
    if waiting is not None:
        raise AlreadyWaiting(_("This file has been taken in already and waits to be checked."), waiting)
