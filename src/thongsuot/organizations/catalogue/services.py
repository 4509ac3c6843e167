"""Founding units from the official list: an import whose rows nobody had to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue
from thongsuot.core.refusals import Refused
from thongsuot.organizations.catalogue import jobs
from thongsuot.organizations.catalogue.rows import COLUMNS, NATION, Choice, how_many
from thongsuot.organizations.columns import UNIT_COLUMNS
from thongsuot.organizations.models import Import, ImportState, ImportSubject
from thongsuot.organizations.reach import can
from thongsuot.organizations.services.beginning import TWO_LEVELS

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit


def found_from_catalogue(*, by: User, unit: Unit, choice: Choice, at_once: bool) -> Import:
    """Have the units of the choice made below a unit, or completed where they are there already.

    The rows are made and looked through in the background; ``at_once`` writes them when none is wrong. Undoing,
    progress and a second time are those of every import.
    """
    require(can(by, Permission.UNIT_MANAGE, unit))
    if not choice.provinces or (choice.commune and choice.only is None):
        raise Refused(_("The list does not have this province or commune."), "unknown_area")
    with transaction.atomic():
        batch = Import.objects.create(
            unit=unit,
            subject=ImportSubject.UNITS,
            file_name=title_of(choice),
            header=[UNIT_COLUMNS[name] for name in COLUMNS],
            columns={name: at for at, name in enumerate(COLUMNS)},
            since=max(TWO_LEVELS, unit.valid_from),
            notes={"catalogue": choice.plain(), "at_once": at_once},
            total=how_many(choice, unit),
            state=ImportState.PLANNING,
            moved_at=now(),
            created_by=by,
        )
        record(
            "import.begun",
            by=by,
            on=batch,
            unit_id=unit.pk,
            subject=str(ImportSubject.UNITS),
            rows=batch.total,
            area=choice.commune or choice.province,
        )
        enqueue(jobs.prepare, batch.pk)
    return batch


def title_of(choice: Choice) -> str:
    """What stands in the place of a file's name."""
    if choice.only:
        return f"{choice.only.name}, {choice.provinces[0].name}"
    return "Cả nước" if choice.province == NATION else choice.provinces[0].name
