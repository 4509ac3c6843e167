"""The review page as data: every item in its group, what is left to look at, and the paper with its marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from thongsuot.documents import items
from thongsuot.documents.items import shown_value
from thongsuot.documents.kinds import Direction
from thongsuot.documents.models import Document, Intake, ReadingItem
from thongsuot.documents.models.intake import Decision, ItemKind
from thongsuot.documents.paper import Mark, Paragraph, paper_of
from thongsuot.documents.queries.identity import identity_of, same_document
from thongsuot.documents.queries.review_items import ReviewItem, Shower
from thongsuot.documents.reading import WARNINGS


@dataclass(frozen=True)
class Group:
    name: str
    title: str
    items: list[ReviewItem]

    @property
    def asked(self) -> list[ReviewItem]:
        return [item for item in self.items if not item.is_blank]

    @property
    def seen(self) -> int:
        return sum(not item.is_pending for item in self.asked)

    @property
    def edited(self) -> int:
        return sum(item.decision == Decision.EDITED for item in self.asked)


@dataclass(frozen=True)
class Review:
    """All of it. ``known`` is the same paper, where the register has it already."""

    intake: Intake
    groups: list[Group]
    warnings: list[str]
    known: Document | None
    undo: int | None

    @property
    def items(self) -> list[ReviewItem]:
        return [item for group in self.groups for item in group.items]

    @property
    def asked(self) -> list[ReviewItem]:
        return [item for group in self.groups for item in group.asked]

    @property
    def open_item(self) -> ReviewItem | None:
        return next((item for item in self.items if item.is_open), None)

    @property
    def total(self) -> int:
        return len(self.asked)

    @property
    def left(self) -> int:
        return sum(item.is_pending for item in self.asked)

    @property
    def seen(self) -> int:
        return self.total - self.left

    @property
    def certain(self) -> int:
        return sum(item.is_pending and item.sure == 3 for item in self.asked)


def review_of(intake: Intake, open_number: int | None = None) -> Review:
    """The proposals of an intake in their groups; the open one is the one asked for, else the first not looked at."""
    rows = list(intake.items.order_by("ordinal"))
    pending = [row.ordinal for row in items.waiting(rows)]
    if open_number not in {row.ordinal for row in rows}:
        open_number = pending[0] if pending else None
    show = Shower(intake, rows, open_number)
    shown = [show(row) for row in rows]
    groups = [
        Group("fields", _("Information of the document"), [i for i in shown if i.kind == ItemKind.FIELD]),
        Group("references", _("Documents cited"), [i for i in shown if i.kind == ItemKind.REFERENCE]),
        Group(
            "tasks",
            _("Tasks and targets"),
            [item for item in shown if item.kind in (ItemKind.TASK, ItemKind.TARGET)],
        ),
    ]
    decided = [row for row in rows if row.decided_at is not None]
    last = max(decided, key=lambda row: (row.decided_at, row.ordinal)) if decided else None
    return Review(intake, groups, _warnings(intake), _known(intake, rows), last.ordinal if last else None)


def marked_paper(review: Review) -> list[Paragraph]:
    """The text of the intake with the marks of its items."""
    marks = [Mark(item.number, *item.span, item.mark_state, item.url) for item in review.items if item.span]
    return paper_of(review.intake.text, marks)


def _warnings(intake: Intake) -> list[str]:
    codes = [warning.get("code", "") for warning in intake.warnings]
    return [str(WARNINGS[code]) for code in codes if code in WARNINGS]


def _known(intake: Intake, rows: Sequence[ReadingItem]) -> Document | None:
    """The same number, symbol, body and year in the unit's register, said before the clerk has done the work."""
    values = {row.name: (shown_value(row) or {}).get("value") for row in rows if row.kind == ItemKind.FIELD}
    day = items.date_of(values.get("issued_on"))
    if intake.direction != Direction.INCOMING or day is None:
        return None
    identity = identity_of(values.get("symbol") or "", values.get("issuing_body") or "", day)
    return same_document(intake.unit, identity)
