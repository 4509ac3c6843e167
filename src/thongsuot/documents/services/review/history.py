"""One item's states, newest first: what is decided is kept beside what stood before, so all of it can be undone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from thongsuot.core.refusals import Refused
from thongsuot.core.ui import words
from thongsuot.documents import items
from thongsuot.documents.items import Value
from thongsuot.documents.models import ReadingItem
from thongsuot.documents.models.intake import Decision

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

MOST_STEPS = 20
KEPT = ["decision", "decided", "decided_by", "decided_at", "merged_into", "before"]


def keep(
    item: ReadingItem,
    *,
    by: User,
    at: dt.datetime,
    decision: Decision,
    value: Value | None,
    merged_into: ReadingItem | None = None,
) -> ReadingItem:
    """Write one decision. The same decision a second time changes nothing, so a second click does no harm."""
    if decision == Decision.EDITED and value is not None and value == item.proposed:
        decision, value = Decision.ACCEPTED, None
    same = (item.decision, item.decided, item.merged_into_id) == (
        decision,
        value,
        merged_into.pk if merged_into else None,
    )
    if same and (item.decided_at is not None or decision == Decision.PENDING):
        return item
    item.before = _shortened(state_of(item) | {"before": item.before})
    item.decision, item.decided, item.merged_into = decision, value, merged_into
    looked_at = decision != Decision.PENDING
    item.decided_by, item.decided_at = (by, at) if looked_at else (None, None)
    item.save(update_fields=KEPT)
    return item


def state_of(item: ReadingItem) -> dict[str, Any]:
    return {
        "decision": item.decision,
        "decided": item.decided,
        "by": item.decided_by_id,
        "at": item.decided_at.isoformat() if item.decided_at else None,
        "merged_into": item.merged_into_id,
    }


def go_back(item: ReadingItem) -> bool:
    """Put one item back to where it stood before its last decision; whether it is still there.

    A part goes away with the split that made it; what a person has added is left out, its words stay.
    """
    before = item.before
    if before is None and item.split_from_id is not None:
        item.delete()
        return False
    if before is None:
        item.decision, item.decided_by, item.decided_at = Decision.REJECTED, None, None
    else:
        item.decision, item.decided = before["decision"], before["decided"]
        item.decided_by_id = before["by"]
        item.decided_at = dt.datetime.fromisoformat(before["at"]) if before["at"] else None
        item.merged_into_id, item.before = before["merged_into"], before.get("before")
    item.save(update_fields=KEPT)
    return True


def unchanged_since(item: ReadingItem, seen: str | None, by: User) -> None:
    """Refuse a decision about something that another person has changed since the page was drawn."""
    if seen is None or seen == items.stamp_of(item) or item.decided_by_id in (None, by.pk):
        return
    sentence = _("%(who)s has decided about item %(number)s meanwhile (%(at)s). Look at it, then decide.")
    said = {"who": item.decided_by, "number": item.ordinal, "at": words.moment(item.decided_at)}
    raise Refused(sentence % said, "stale")


def _shortened(state: dict[str, Any]) -> dict[str, Any]:
    """No more than ``MOST_STEPS`` steps are kept; the oldest goes."""
    link = state
    for _step in range(MOST_STEPS - 1):
        if link.get("before") is None:
            return state
        link = link["before"]
    link["before"] = None
    return state
