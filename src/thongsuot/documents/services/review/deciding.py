"""Accepting, editing and rejecting one item, adding what was not seen, and taking any of it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.documents import items
from thongsuot.documents.items import Value
from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.models.intake import Decision, ItemKind
from thongsuot.documents.passages import Span, place_of
from thongsuot.documents.queries.review_doubts import CERTAIN, sureness_of
from thongsuot.documents.services.review.held import opened, own_units_only
from thongsuot.documents.services.review.history import KEPT, go_back, keep, state_of, unchanged_since

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@transaction.atomic
def decide(
    *, by: User, item: ReadingItem, decision: str, value: Value | None = None, seen: str | None = None
) -> ReadingItem:
    """Accept, edit or reject one item, or make it pending again. The reader's own value always stays beside it.

    Accepting and rejecting are about the words on the screen: an edit before them is kept. ``seen`` is the state
    that the person looked at; what another has decided since is not overwritten.
    """
    intake = opened(by, item.intake)
    item = intake.items.select_related("intake", "decided_by").get(pk=item.pk)
    unchanged_since(item, seen, by)
    decision = Decision(decision)
    if decision == Decision.EDITED:
        kept = own_units_only(intake, items.checked(item.kind, item.name, value or {}))
        return keep(item, by=by, at=now(), decision=decision, value=items.with_what_stays(kept, item))
    required = item.kind == ItemKind.FIELD and item.name in items.REQUIRED
    if required and (
        decision == Decision.REJECTED or (decision == Decision.ACCEPTED and items.shown_value(item) is None)
    ):
        sentence = _("The register needs this: %(field)s. Please fill it in.")
        raise Refused(sentence % {"field": items.label_of(item.name)}, "value")
    if decision == Decision.ACCEPTED and item.decided is not None:
        decision = Decision.EDITED
    stays = decision != Decision.PENDING or items.is_by_hand(item) or item.parts.exists()
    return keep(item, by=by, at=now(), decision=decision, value=item.decided if stays else None)


@transaction.atomic
def accept_certain(*, by: User, intake: Intake) -> int:
    """Accept all pending items whose form was unmistakable and that nothing makes doubtful; how many there were."""
    intake = opened(by, intake)
    pending, at = intake.items.filter(decision=Decision.PENDING, proposed__isnull=False), now()
    rows = [row for row in pending if sureness_of(row, row.proposed or {}, intake).level == CERTAIN]
    for row in rows:
        row.before = state_of(row) | {"before": row.before}
        row.decision, row.decided_by, row.decided_at = Decision.ACCEPTED, by, at
    ReadingItem.objects.bulk_update(rows, KEPT)
    return len(rows)


@transaction.atomic
def add_item(
    *, by: User, intake: Intake, kind: str, value: Value, span: Span | None = None, section: str = ""
) -> ReadingItem:
    """Add what the reader has not seen: a cited document, a task or a target.

    ``span`` is where the person saw it; without one the words are looked for in the text. The same thing a second
    time is the item that is there already.
    """
    intake = opened(by, intake)
    kind = ItemKind(kind)
    if kind == ItemKind.FIELD:
        raise Refused(_("A document has each of these fields once."), "value")
    kept = own_units_only(intake, items.checked(kind, "", value))
    span = _inside(span, intake) or place_of(str(kept.get("text") or kept.get("symbol") or ""), intake.text)
    start, end = span or (None, None)
    here = {"kind": kind, "proposed__isnull": True, "span_start": start, "span_end": end}
    for row in intake.items.filter(**here, decision=Decision.EDITED):
        if row.decided == kept:
            return row
    return ReadingItem.objects.create(
        intake=intake,
        ordinal=next_ordinal(intake),
        kind=kind,
        decided=kept,
        confidence=1,
        section=section,
        span_start=start,
        span_end=end,
        decision=Decision.EDITED,
        decided_by=by,
        decided_at=now(),
    )


@transaction.atomic
def undo(*, by: User, item: ReadingItem, seen: str | None = None) -> list[ReadingItem]:
    """Take back the last decision about an item, and what was decided in the same act with it.

    Accepting many at once, a split and a merge are one act each. Gives the items that stand there again.
    """
    intake = opened(by, item.intake)
    item = intake.items.select_related("decided_by").get(pk=item.pk)
    unchanged_since(item, seen, by)
    if item.decided_at is None:
        return []
    together = {"decided_at": item.decided_at, "decided_by": item.decided_by}
    rows = list(intake.items.filter(**together).order_by("ordinal"))
    touched = intake.items.filter(decided_at__gt=item.decided_at)
    later = touched.filter(split_from__in=rows).first() or touched.filter(merged_into__in=rows).first()
    if later is not None:
        sentence = _("Item %(number)s came of this one and was changed later. Take that back first.")
        raise Refused(sentence % {"number": later.ordinal}, "later")
    return [row for row in rows if go_back(row)]


def next_ordinal(intake: Intake) -> int:
    """Items keep the number they got: addresses and the pages of others name them by it."""
    return (intake.items.aggregate(last=Max("ordinal"))["last"] or 0) + 1


def _inside(span: Span | None, intake: Intake) -> Span | None:
    if span is None or not 0 <= span[0] < span[1] <= len(intake.text):
        return None
    return span
