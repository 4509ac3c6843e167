"""How sure the reader is of an item, in words, and what exactly a person should look at."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.core.clock import day_of
from thongsuot.core.ui import words
from thongsuot.documents import items
from thongsuot.documents.items import Value
from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.models.intake import ItemKind

GUESS, LOOK, CERTAIN = 1, 2, 3
SURENESS: dict[int, str | Promise] = {
    GUESS: gettext_lazy("a guess"),
    LOOK: gettext_lazy("look closely"),
    CERTAIN: gettext_lazy("certain"),
}
# What the reader says about a deadline (`formats.reading.deadlines.clock`), as something to look at.
DEADLINE_NOTES: dict[str, str | Promise] = {
    "two_readings": gettext_lazy(
        "The deadline can be understood in two ways; the likelier one is filled in."
    ),
    "year_inferred": gettext_lazy(
        "The paper does not give the year of the deadline; it follows from the date of issue."
    ),
    "year_unknown": gettext_lazy("The paper does not give the year of the deadline."),
    "start_unstated": gettext_lazy("The paper does not say from which day the period counts."),
    "counts_from_receipt": gettext_lazy(
        "The period counts from the day the paper is received: please fill in the date."
    ),
    "counts_from_effect": gettext_lazy(
        "The period counts from the day the paper takes effect: please fill in the date."
    ),
    "counts_from_event": gettext_lazy(
        "The period counts from another event: please fill in the date when it is known."
    ),
    "before_event": gettext_lazy(
        "The deadline lies before an event: please fill in the date when it is known."
    ),
    "day_off": gettext_lazy("The day of the deadline is a day off."),
}
# Said beside the date and no reason to look again.
_PLAIN_NOTES = {"year_inferred", "day_off"}


@dataclass(frozen=True)
class Sureness:
    """``level`` is one of GUESS, LOOK, CERTAIN; ``doubts`` are whole sentences."""

    level: int
    doubts: tuple[str, ...]
    asks_to_look: bool

    @property
    def label(self) -> str | Promise:
        return SURENESS[self.level]

    @property
    def lights(self) -> tuple[bool, bool, bool]:
        return True, self.level >= LOOK, self.level >= CERTAIN


def sureness_of(row: ReadingItem, value: Value, intake: Intake) -> Sureness:
    """What a person typed is certain; the rest is as sure as the reader is, and says why it is not."""
    if row.name == "summary" and row.proposed is not None:
        draft = _("The program has put this together from sentences of the paper: say it in plain words.")
        return Sureness(LOOK, (draft,), asks_to_look=True)
    level = _level(row)
    if row.kind == ItemKind.TASK:
        reasons = _about_a_task(value, intake)
    elif row.kind == ItemKind.FIELD and not value and row.name in items.REQUIRED:
        reasons = [(True, _("It was not found in the text."))]
    else:
        reasons = []
    doubts = [sentence for _real, sentence in reasons]
    if row.proposed is not None and level < CERTAIN:
        share = _("Of ten items found like this one about %(right)s are right.")
        doubts.append(share % {"right": round(row.confidence * 10)})
    if any(real for real, _sentence in reasons):
        level = min(level, LOOK)
    return Sureness(level, tuple(doubts), level < CERTAIN)


def _level(row: ReadingItem) -> int:
    if row.proposed is None:
        is_missing = row.kind == ItemKind.FIELD and items.shown_value(row) is None
        return GUESS if is_missing else CERTAIN
    if row.confidence >= items.CERTAIN:
        return CERTAIN
    return LOOK if row.confidence > items.GUESS else GUESS


def _about_a_task(value: Value, intake: Intake) -> list[tuple[bool, str]]:
    reasons: list[tuple[bool, str]] = []
    if not value.get("lead_text") and not value.get("lead_units") and not value.get("for_recipients"):
        reasons.append((True, _("The text does not say who does it.")))
    codes = [code for code in str(value.get("note") or "").split() if code in DEADLINE_NOTES]
    # With a date filled in it no longer matters from when the period would count.
    said = [code for code in codes if not (value.get("due") and code.startswith(("counts_", "before_")))]
    reasons += [(code not in _PLAIN_NOTES, str(DEADLINE_NOTES[code])) for code in said]
    due = items.date_of(value.get("due"))
    if due is not None and due < day_of(intake.created_at):
        sentence = _("The deadline had passed when the paper came in (%(date)s).")
        reasons.append((True, sentence % {"date": words.day(due)}))
    return reasons
