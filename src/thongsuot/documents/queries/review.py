"""The review page as data: every item in its group, what is left to look at, and the paper with its marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from thongsuot.documents import items
from thongsuot.documents.items import Value, shown_value
from thongsuot.documents.kinds import Direction
from thongsuot.documents.models import Document, Intake, ReadingItem
from thongsuot.documents.models.intake import Decision, ItemKind
from thongsuot.documents.paper import Mark, Note, Paragraph, paper_of
from thongsuot.documents.passages import trimmed, words_at
from thongsuot.documents.queries.identity import identity_of, same_document
from thongsuot.documents.queries.review_doubts import CERTAIN
from thongsuot.documents.queries.review_items import ReviewItem, Shower
from thongsuot.documents.reading import WARNINGS

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


# "09-NQ/ThU", "118/2025/NĐ-CP", "12/UBND-VX"
_SYMBOL = re.compile(r"\b\d{1,6}[a-z]?(?:/\d{4})?[-/][A-ZĐ][\w./&-]{0,40}\w")


@dataclass(frozen=True)
class Group:
    name: str
    title: str
    items: list[ReviewItem]
    only_close: bool = False

    @property
    def asked(self) -> list[ReviewItem]:
        return [item for item in self.items if not item.is_blank]

    @property
    def shown(self) -> list[ReviewItem]:
        """What stands on the page; while only the doubtful are looked at, the open item stays as well."""
        if not self.only_close:
            return self.items
        return [item for item in self.items if item.asks_to_look or item.is_open]

    @property
    def seen(self) -> int:
        return sum(not item.is_pending for item in self.asked)

    @property
    def edited(self) -> int:
        return sum(item.decision == Decision.EDITED for item in self.asked)


@dataclass(frozen=True)
class Review:
    """All of it. ``known`` is the same paper, where the register has it already; ``undo`` what the viewer did last."""

    intake: Intake
    groups: list[Group]
    warnings: list[str]
    known: Document | None
    undo: ReviewItem | None
    only_close: bool = False

    @property
    def keep(self) -> str:
        """What an address carries on so that the page stays as it was chosen."""
        return "xem=ky" if self.only_close else ""

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
    def holds_acts(self) -> ReviewItem:
        """Whose buttons stand on the page; fields are always there, also when nothing is open."""
        return self.open_item or self.items[0]

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
        return sum(item.is_pending and item.sureness.level == CERTAIN for item in self.asked)

    @property
    def close(self) -> int:
        """How many ask to be looked at closely."""
        return sum(item.asks_to_look for item in self.asked)

    @property
    def close_left(self) -> int:
        return sum(item.asks_to_look and item.is_pending for item in self.asked)


def review_of(
    intake: Intake, open_number: int | None = None, *, by: User | None = None, only_close: bool = False
) -> Review:
    """The proposals of an intake in their groups; the open one is the one asked for, else the first not looked at.

    ``by`` is who looks: undo is offered for what that person did last.
    """
    rows = items.in_order(intake.items.all())
    if open_number not in {row.ordinal for row in rows}:
        open_number = next((row.ordinal for row in items.waiting(rows)), None)
    show = Shower(intake, rows, open_number)
    shown = _with_neighbours([show(row) for row in rows])
    titles = {
        "fields": _("Information of the document"),
        "summary": _("Five lines to remember"),
        "references": _("Documents cited"),
        "tasks": _("Tasks and targets"),
    }
    groups = [
        Group(name, title, [item for item in shown if item.group == name], only_close)
        for name, title in titles.items()
    ]
    return Review(intake, groups, _warnings(intake), _known(intake, rows), _last(rows, shown, by), only_close)


def next_waiting(intake: Intake, number: int) -> int | None:
    """The next item to look at, from the beginning again when the end is reached."""
    rows = items.in_order(intake.items.all())
    left = {row.ordinal for row in items.waiting(rows)}
    order = [row.ordinal for row in rows]
    at = order.index(number) + 1 if number in order else 0
    return next((found for found in [*order[at:], *order[:at]] if found in left), None)


def begun_at(intake: Intake, kind: str, span: tuple[int, int]) -> Value:
    """What is known of an item from the words somebody has selected.

    A task is proposed to whoever has the task before it in the same paragraph.
    """
    words = words_at(intake.text, span)
    if kind == ItemKind.REFERENCE:
        symbol = _SYMBOL.search(words)
        return {"symbol": items.cut(symbol[0], "symbol")} if symbol else {"title": items.cut(words, "title")}
    value: Value = {"text": items.cut(trimmed(words), "text")}
    before = _before(intake, span[0])
    if kind == ItemKind.TASK and before is not None:
        given = shown_value(before) or {}
        value |= {key: given.get(key) for key in ("lead_text", "lead_units", "for_recipients")}
    return value


def section_at(intake: Intake, place: int) -> str:
    """The part of the paper a place lies in, as an item before it in the same paragraph says."""
    before = _before(intake, place)
    return before.section if before else ""


def _before(intake: Intake, place: int) -> ReadingItem | None:
    rows = intake.items.filter(kind=ItemKind.TASK, span_start__lte=place).order_by("-span_start", "-ordinal")
    row = rows.first()
    return row if row is not None and "\n" not in intake.text[row.span_start : place] else None


def _with_neighbours(shown: list[ReviewItem]) -> list[ReviewItem]:
    """Each task with the number of the task that follows it, as long as neither has been left out."""
    after: int | None = None
    found: list[ReviewItem] = []
    for item in reversed(shown):
        if item.kind == ItemKind.TASK and item.decision != Decision.REJECTED:
            item, after = replace(item, next=after), item.number
        found.append(item)
    return found[::-1]


def _last(rows: Sequence[ReadingItem], shown: Sequence[ReviewItem], by: User | None) -> ReviewItem | None:
    mine = [row for row in rows if row.decided_at is not None and (by is None or row.decided_by_id == by.pk)]
    if not mine:
        return None
    number = max(mine, key=lambda row: (row.decided_at, -row.ordinal)).ordinal
    return next(item for item in shown if item.number == number)


def marked_paper(review: Review, notes: Sequence[Note] = ()) -> list[Paragraph]:
    """The text of the intake with the marks of its items and, where asked for, remarks on its sentences."""
    marks = [Mark(item.number, *item.span, item.mark_state, item.url) for item in review.items if item.span]
    return paper_of(review.intake.text, marks, notes)


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
