"""Keeping a file that was found harmless, and having it read."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thongsuot.audit.services import record
from thongsuot.core.jobs import enqueue
from thongsuot.core.refusals import Refused
from thongsuot.documents.jobs import read_intake
from thongsuot.documents.models import Document, Intake
from thongsuot.documents.models.intake import KEPT, IntakeState
from thongsuot.documents.services.register import DuplicateDocument
from thongsuot.files.services import drop_bytes, store

if TYPE_CHECKING:
    from thongsuot.files.models import StoredFile
    from thongsuot.formats.reading import Extracted
    from thongsuot.organizations.models import Unit


class AlreadyWaiting(Refused):
    """The very same file is being checked already; ``intake`` is where, as far as it can be seen yet."""

    def __init__(self, intake: Intake | None) -> None:
        super().__init__(_("This file has been taken in already and waits to be checked."), "waiting")
        self.intake = intake


def keep(intake: Intake, *, name: str, content: bytes, extracted: Extracted) -> Intake:
    """Store the file of an intake that is new or was being checked, and queue its reading.

    The same file that was handed in a moment ago is ``AlreadyWaiting``: the database lets only one of them in.
    """
    refuse_the_same_file(intake.unit, content)
    file: StoredFile | None = None
    try:
        with transaction.atomic():
            file = store(by=intake.created_by, content=content, name=name, media_type=extracted.media_type)
            _fill(intake, file, extracted)
            record("intake.taken_in", by=intake.created_by, on=intake, direction=str(intake.direction))
            enqueue(read_intake, intake.pk)
    except IntegrityError:
        if file is not None:
            drop_bytes(file)
        raise AlreadyWaiting(_waiting(intake.unit, content)) from None
    intake.refresh_from_db()
    return intake


def _fill(intake: Intake, file: StoredFile, extracted: Extracted) -> None:
    intake.state = IntakeState.READING
    intake.file, intake.sha256 = file, file.sha256
    intake.text = extracted.text
    intake.pages = [asdict(page) for page in extracted.pages]
    intake.warnings = [asdict(notice) for notice in extracted.warnings]
    intake.save()


def refuse_the_same_file(unit: Unit, content: bytes) -> None:
    """The same bytes a second time; the same paper in another file is found by its number and symbol."""
    # First what waits, then what is registered: a paper moves only in this direction and is missed by neither.
    waiting = _waiting(unit, content)
    if waiting is not None:
        raise AlreadyWaiting(waiting)
    document = Document.objects.filter(unit=unit, file__sha256=_hash(content)).order_by("pk").first()
    if document is not None:
        sentence = _("This file is already in the register as %(document)s. Open it there instead.")
        raise DuplicateDocument(sentence % {"document": document}, document)


def _waiting(unit: Unit, content: bytes) -> Intake | None:
    same = Intake.objects.filter(unit=unit, file__sha256=_hash(content), state__in=KEPT)
    return same.order_by("pk").first()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
