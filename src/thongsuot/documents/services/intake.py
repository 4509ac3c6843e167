"""A file comes in: read in memory, refused when it may not enter, else kept and read in a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.core.access import require
from thongsuot.documents.kinds import Direction
from thongsuot.documents.models import Intake
from thongsuot.documents.reading import is_felt
from thongsuot.documents.services.checking import check_in_background, close_abandoned_checks
from thongsuot.documents.services.harmless import proven_harmless
from thongsuot.documents.services.keeping import keep
from thongsuot.organizations.reach import can

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit


def take_in(
    *, by: User, unit: Unit, direction: str, name: str, content: bytes, too_large: bool = False
) -> Intake:
    """Keep a file that may be kept and have it read; ``Refused`` with the reader's code leaves nothing behind.

    A State secret is refused before a byte of it reaches the disk (Law 117/2025/QH15). Only the fact that
    something was refused is recorded: neither its name nor a word of it. A file that would keep a person waiting is
    checked in the background of this process; its intake is in the state ``checking`` and knows nothing of it until
    then.
    """
    require(can(by, Permission.DOCUMENT_REGISTER, unit))
    direction = Direction(direction)
    close_abandoned_checks()
    if not too_large and is_felt(content):
        return check_in_background(by=by, unit=unit, direction=direction, name=name, content=content)
    extracted = proven_harmless(
        by=by, unit=unit, content=content, name=name, too_large=too_large, any_length=True
    )
    new = Intake(unit=unit, direction=direction, created_by=by)
    return keep(new, name=name, content=content, extracted=extracted)
