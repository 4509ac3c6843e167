"""The door every file comes through: read in memory, refused before anything of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from thongsuot.audit.services import record
from thongsuot.core.refusals import Refused
from thongsuot.documents.reading import extract_harmless

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.core.pulse import Progress
    from thongsuot.formats.reading import Extracted
    from thongsuot.organizations.models import Unit


def proven_harmless(
    *,
    by: User,
    unit: Unit,
    content: bytes,
    name: str,
    too_large: bool,
    any_length: bool = False,
    progress: Progress | None = None,
) -> Extracted:
    """The text of a file that may be kept.

    That something secret was kept out is recorded, not a word of it (Law 117/2025/QH15, article 5).
    """
    try:
        return extract_harmless(content, name, too_large=too_large, any_length=any_length, progress=progress)
    except Refused as refusal:
        if refusal.code == "secret":
            with transaction.atomic():
                record("intake.secret_refused", by=by, on=unit, unit_id=unit.pk)
        raise
