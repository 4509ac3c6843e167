"""A second reading laid over the first: which proposals are the same thing, and what a person has settled already.

Two proposals are the same thing where they stand in the same place and say it in nearly the same words. What somebody
has decided, changed or added stays as it is; around it the newer reader's proposals replace the older one's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from thongsuot.core.text import fold
from thongsuot.documents.items import shown_value, span_of
from thongsuot.documents.models import ReadingItem
from thongsuot.documents.models.intake import Decision, ItemKind
from thongsuot.documents.queries.identity import symbol_key

# Half of place and words together; found by trying the cases of tests/documents/test_reading_again.py.
SAME = 0.5
COVERED = 0.8
_WORDS = ("text", "lead_text", "value", "measure_unit", "symbol", "title")


@dataclass
class Overlay:
    """What becomes of the rows: old ones go or are refreshed by the new one that says the same, new ones come."""

    gone: list[ReadingItem] = field(default_factory=list)
    refreshed: list[tuple[ReadingItem, ReadingItem]] = field(default_factory=list)
    come: list[ReadingItem] = field(default_factory=list)


def overlay(old: Sequence[ReadingItem], new: Sequence[ReadingItem]) -> Overlay:
    """How a new reading is laid over the rows of an intake. Laying it on twice changes nothing more."""
    plan = Overlay()
    for kind in ItemKind:
        _lay(plan, [row for row in old if row.kind == kind], [row for row in new if row.kind == kind])
    return plan


def is_settled(row: ReadingItem) -> bool:
    """Whether a person has had a hand in it, even if they took it back: then no program takes it away."""
    by_hand = row.proposed is None and row.kind != ItemKind.FIELD
    touched = row.decision != Decision.PENDING or row.decided is not None or row.before is not None
    return by_hand or touched or row.split_from_id is not None or row.merged_into_id is not None


def _lay(plan: Overlay, old: list[ReadingItem], new: list[ReadingItem]) -> None:
    pairs = _pairs(old, new)
    matched = {id(row) for pair in pairs for row in pair}
    settled = [row for row in old if is_settled(row)]
    for mine, theirs in pairs:
        if is_settled(mine):
            continue
        if mine.proposed == theirs.proposed:
            plan.refreshed.append((mine, theirs))
        else:
            # A new number: a page that still shows the old words must not accept the new ones unseen.
            plan.gone.append(mine)
            plan.come.append(theirs)
    plan.gone += [row for row in old if id(row) not in matched and not is_settled(row)]
    plan.come += [row for row in new if id(row) not in matched and not _is_covered(row, settled)]


def _pairs(old: list[ReadingItem], new: list[ReadingItem]) -> list[tuple[ReadingItem, ReadingItem]]:
    """The best partner for each, the surest pairs first."""
    words = {id(row): _words(row) for row in [*old, *new]}
    scored = [
        (score, -before, -after)
        for before, mine in enumerate(old)
        for after, theirs in enumerate(new)
        if (score := _likeness(mine, theirs, words[id(mine)], words[id(theirs)])) >= SAME
    ]
    free_old, free_new = set(range(len(old))), set(range(len(new)))
    pairs = []
    for _score, before, after in sorted(scored, reverse=True):
        if -before in free_old and -after in free_new:
            free_old.discard(-before)
            free_new.discard(-after)
            pairs.append((old[-before], new[-after]))
    return pairs


def _likeness(mine: ReadingItem, theirs: ReadingItem, my_words: set[str], their_words: set[str]) -> float:
    if mine.kind == ItemKind.FIELD:
        return float(mine.name == theirs.name)
    if mine.kind == ItemKind.REFERENCE:
        symbols = [symbol_key((shown_value(row) or {}).get("symbol", "")) for row in (mine, theirs)]
        if any(symbols):
            return float(symbols[0] == symbols[1])
    said = 2 * len(my_words & their_words) / (len(my_words) + len(their_words) or 1)
    return (said + _overlap(span_of(mine), span_of(theirs))) / 2 if said else 0.0


def _overlap(first: tuple[int, int] | None, second: tuple[int, int] | None) -> float:
    """The share that two stretches of text have in common; half for what has no place."""
    if first is None or second is None:
        return 0.5
    common = min(first[1], second[1]) - max(first[0], second[0])
    whole = max(first[1], second[1]) - min(first[0], second[0])
    return max(0, common) / (whole or 1)


def _is_covered(row: ReadingItem, settled: Iterable[ReadingItem]) -> bool:
    """Whether a person has settled what a new proposal says as a part of something larger."""
    place, words = span_of(row), _words(row)
    if place is None or not words:
        return False
    for other in settled:
        if other.span_start is None or other.span_end is None:
            continue
        common = min(place[1], other.span_end) - max(place[0], other.span_start)
        if common >= COVERED * (place[1] - place[0]) and len(words & _words(other)) >= COVERED * len(words):
            return True
    return False


def _words(row: ReadingItem) -> set[str]:
    """Its words as the reader found them; a person may have put it in others."""
    value = row.proposed or row.decided or {}
    return {word for name in _WORDS for word in fold(str(value.get(name) or "")).split()}
