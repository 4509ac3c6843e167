"""Reading imports: the list, and the rows of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F

from thongsuot.organizations.imports.sentences import sentence_of
from thongsuot.organizations.models import PERMISSION_FOR, Import, ImportPart, ImportSubject, RowState
from thongsuot.organizations.models.imports import ImportQuerySet
from thongsuot.organizations.reach import can_anywhere, own_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thongsuot.accounts.models import User
    from thongsuot.organizations.models import Unit
    from thongsuot.organizations.reach import Viewer


@dataclass(frozen=True)
class RowLine:
    """A row as the page shows it."""

    number: int
    cells: list[str]
    state: str
    badge: str
    label: str
    remarks: list[str]


BADGES = {RowState.NEW: "done", RowState.CHANGED: "soon", RowState.SAME: "quiet", RowState.WRONG: "late"}


def imports_of(user: Viewer) -> ImportQuerySet:
    rows = Import.objects.visible_to(user).select_related("unit", "created_by")
    return rows.order_by("-created_at", "-pk")


def may_import(user: Viewer) -> bool:
    return any(can_anywhere(user, permission) for permission in PERMISSION_FOR.values())


def may_found(user: Viewer) -> bool:
    """Whether the official list is for this person: those who keep units."""
    return can_anywhere(user, PERMISSION_FOR[ImportSubject.UNITS])


def units_to_import_into(user: User) -> dict[str, list[Unit]]:
    """By subject, the units in which the person has a role for it."""
    return {subject: own_units(user, PERMISSION_FOR[subject]) for subject in ImportSubject}


class RowsOfImport:
    """The rows in one state as a sequence for a paginator: the counts of the parts say where a page begins."""

    def __init__(self, batch: Import, state: str) -> None:
        self.batch, self.state = batch, state
        column = F(state) if state else F("new") + F("changed") + F("same") + F("wrong")
        parts = batch.parts.annotate(here=column).filter(here__gt=0).order_by("ordinal")
        self.counts: list[tuple[int, int]] = list(parts.values_list("pk", "here"))

    def __len__(self) -> int:
        return sum(count for _key, count in self.counts)

    def __getitem__(self, wanted: slice) -> list[RowLine]:
        start, stop, at, skipped = wanted.start or 0, wanted.stop, 0, 0
        keys: list[int] = []
        for key, count in self.counts:
            if at < stop and at + count > start:
                if not keys:
                    skipped = at
                keys.append(key)
            at += count
        parts = ImportPart.objects.filter(pk__in=keys).order_by("ordinal")
        lines = [line for part in parts for line in self._lines(part)]
        return lines[start - skipped : stop - skipped]

    def _lines(self, part: ImportPart) -> Sequence[RowLine]:
        shown = list(self.batch.columns.values())
        return [
            RowLine(
                number,
                [cells[at] if at < len(cells) else "" for at in shown[:4]],
                state,
                BADGES[RowState(state)],
                str(RowState(state).label),
                [sentence_of(self.batch.subject, *note) for note in notes],
            )
            for (number, cells), (state, notes) in zip(part.rows, part.results, strict=False)
            if not self.state or state == self.state
        ]
