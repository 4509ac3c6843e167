"""Two obligations that were read as one, and one that was read as two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.core.clock import now
from thongsuot.core.refusals import Refused
from thongsuot.documents import items
from thongsuot.documents.items import Value
from thongsuot.documents.models import ReadingItem
from thongsuot.documents.models.intake import Decision, ItemKind
from thongsuot.documents.passages import joined, places_of_parts, trimmed
from thongsuot.documents.services.review.deciding import next_ordinal
from thongsuot.documents.services.review.held import opened, own_units_only
from thongsuot.documents.services.review.history import keep, unchanged_since

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

MOST_PARTS = 12
Key = TypeVar("Key", int, str)


@transaction.atomic
def split_item(
    *, by: User, item: ReadingItem, parts: Sequence[str], seen: str | None = None
) -> list[ReadingItem]:
    """Cut an item into the given words, each an item with its own place; all keep who, with whom and by when.

    The reader's proposal stays beside the first, the others are a person's. The same cut twice is one cut.
    """
    intake = opened(by, item.intake)
    item = intake.items.select_related("intake", "decided_by").get(pk=item.pk)
    unchanged_since(item, seen, by)
    value = _whole(item)
    texts = [text for text in map(trimmed, parts) if text]
    if not 2 <= len(texts) <= MOST_PARTS:
        raise Refused(_("Say where to cut: each part needs words of its own."), "value")
    if value["text"] == items.cut(texts[0], "text") and item.parts.exists():
        return [item, *item.parts.order_by("ordinal")]
    span = items.span_of(item)
    places = places_of_parts(texts, intake.text, span) if span else [None] * len(texts)
    at, ordinal = now(), next_ordinal(intake)
    values: list[Value] = [value | {"text": items.cut(text, "text")} for text in texts]
    first = values[0] | ({"span": list(places[0])} if places[0] else {})
    keep(item, by=by, at=at, decision=Decision.EDITED, value=first)
    made = [
        ReadingItem(
            intake=intake,
            ordinal=ordinal + position,
            kind=item.kind,
            decided={key: content for key, content in part.items() if key != "span"},
            confidence=item.confidence,
            section=item.section,
            span_start=place[0] if place else None,
            span_end=place[1] if place else None,
            decision=Decision.EDITED,
            decided_by=by,
            decided_at=at,
            split_from=item,
        )
        for position, (part, place) in enumerate(zip(values[1:], places[1:], strict=True))
    ]
    return [item, *ReadingItem.objects.bulk_create(made)]


@transaction.atomic
def merge_items(*, by: User, item: ReadingItem, other: ReadingItem, seen: str | None = None) -> ReadingItem:
    """Make one task of two neighbours: the words of both, everybody who leads, the earlier deadline.

    The second is left out and says into which it went. Merging the same two again changes nothing.
    """
    intake = opened(by, item.intake)
    rows = intake.items.select_related("intake", "decided_by")
    item, other = rows.get(pk=item.pk), rows.get(pk=other.pk)
    if other.merged_into_id == item.pk:
        return item
    unchanged_since(item, seen, by)
    if item.pk == other.pk or {item.kind, other.kind} != {ItemKind.TASK.value}:
        raise Refused(_("Only two tasks can be made one."), "value")
    first, second = _whole(item), _whole(other)
    here, there = items.span_of(item), items.span_of(other)
    text = items.cut(joined(first["text"], second["text"], intake.text, here, there), "text")
    value = own_units_only(intake, items.checked(ItemKind.TASK, "", _united(first, second) | {"text": text}))
    if here and there:
        value["span"] = [min(here[0], there[0]), max(here[1], there[1])]
    at = now()
    keep(other, by=by, at=at, decision=Decision.REJECTED, value=other.decided, merged_into=item)
    return keep(item, by=by, at=at, decision=Decision.EDITED, value=value)


def _whole(item: ReadingItem) -> Value:
    value = items.shown_value(item)
    if value is None or item.kind not in (ItemKind.TASK, ItemKind.TARGET):
        raise Refused(_("Only tasks and targets can be cut or made one."), "value")
    if item.decision == Decision.REJECTED:
        raise Refused(_("Item %(number)s has been left out.") % {"number": item.ordinal}, "value")
    return value


def _united(first: Value, second: Value) -> Value:
    """Who and by when of two tasks: all who are named; a lead does not also coordinate; the earlier day counts."""
    leads = _each_once(first["lead_units"] + second["lead_units"])
    others = _each_once(first["coordinator_units"] + second["coordinator_units"])
    days = [value["due"] for value in (first, second) if value["due"]]
    words = {
        key: "; ".join(_each_once([value[key] for value in (first, second) if value[key]]))
        for key in ("lead_text", "coordinator_text", "deadline_text", "product")
    }
    return (
        first
        | words
        | {
            "for_recipients": first["for_recipients"] or second["for_recipients"],
            "lead_units": leads,
            "coordinator_units": [key for key in others if key not in leads],
            "due": min(days) if days else None,
        }
    )


def _each_once(given: list[Key]) -> list[Key]:
    return list(dict.fromkeys(given))
