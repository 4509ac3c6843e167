"""A file for the materials of a session: read in memory first, beside the answer where that takes long."""

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
from thongsuot.core.text import nfc
from thongsuot.dissemination.models import BeingReadState, Material, MaterialCheck, Session
from thongsuot.dissemination.services.programme import change, check_change
from thongsuot.documents.reading import is_felt
from thongsuot.documents.services.harmless import proven_harmless
from thongsuot.files.services import store

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from thongsuot.accounts.models import User
    from thongsuot.formats.reading import Extracted

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Handed:
    """What was handed in, its name and title too: in memory until it is known to be harmless."""

    by: User
    session: Session
    content: bytes
    name: str
    title: str


def add_file(
    *, by: User, session: Session, content: bytes, name: str, title: str = "", too_large: bool = False
) -> Material | MaterialCheck:
    """Put a file among the materials, refused when it may not be kept; what takes long is checked beside the answer."""
    check_change(by, session)
    handed = _Handed(by, session, content, name, title)
    _forget_those_before(handed)
    if not too_large and is_felt(content):
        return _check_beside(handed)
    extracted = proven_harmless(
        by=by, unit=session.unit, content=content, name=name, too_large=too_large, any_length=True
    )
    return _keep(handed, extracted)


def _forget_those_before(handed: _Handed) -> None:
    """Whoever hands in the next file has seen what became of the last one."""
    theirs = MaterialCheck.objects.filter(session=handed.session, received_by=handed.by)
    theirs.filter(state=BeingReadState.STOPPED).delete()
    theirs.filter(beat_at__lt=now() - WITHOUT_A_SIGN).delete()


def _check_beside(handed: _Handed) -> MaterialCheck:
    with place_beside() as place:
        # Durable, because the thread begins at once and has to find the row.
        with transaction.atomic(durable=True):
            row = MaterialCheck.objects.create(session=handed.session, received_by=handed.by)
        place.begin(lambda: _check(row, handed), f"material-{row.pk}")
    return row


def _check(row: MaterialCheck, handed: _Handed) -> None:
    mine = MaterialCheck.objects.filter(pk=row.pk, state=BeingReadState.READING)
    try:
        with pulse(mine, str(row.pk)) as progress:
            extracted = proven_harmless(
                by=handed.by,
                unit=handed.session.unit,
                content=handed.content,
                name=handed.name,
                too_large=False,
                any_length=True,
                progress=progress,
            )
        _take_over(mine, handed, extracted)
    except Refused as refusal:
        mine.update(state=BeingReadState.STOPPED, refusal=refusal.code[:30])
    except Withdrawn:
        logger.info("The check of material %s was given up: its row is gone.", row.pk)
    except Exception as error:  # what an error says may quote the text
        logger.error("The check of material %s stopped: %s", row.pk, type(error).__name__)
        mine.update(state=BeingReadState.STOPPED)


@transaction.atomic
def _take_over(mine: QuerySet[MaterialCheck], handed: _Handed, extracted: Extracted) -> None:
    """From check to material, unless somebody has taken the row away meanwhile, or the programme is closed by now."""
    if mine.select_for_update().exists():
        handed.session.refresh_from_db()
        _keep(handed, extracted)
        mine.delete()


@transaction.atomic
def _keep(handed: _Handed, extracted: Extracted) -> Material:
    change(handed.by, handed.session)
    file = store(by=handed.by, content=handed.content, name=handed.name, media_type=extracted.media_type)
    words = nfc(handed.title.strip()) or file.original_name
    made = Material.objects.create(session=handed.session, file=file, title=words[:250], added_by=handed.by)
    record("session.material_added", by=handed.by, on=handed.session)
    return made
