"""The value of a reading item: which fields a document has, what a value looks like, what a person made of it.

Values are plain JSON. A field holds ``{"value": text}`` (recipients a list), a reference the keys of
``RelationData``, tasks and targets those of ``ProvisionData``; dates are ISO.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from math import inf
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.core.refusals import Refused
from thongsuot.documents.kinds import Kind, Regime, Urgency
from thongsuot.documents.models import Document, ReadingItem
from thongsuot.documents.models.intake import Decision, ItemKind
from thongsuot.documents.models.register import Relation

Value = dict[str, Any]

# In the order in which a clerk writes them into the book.
FIELDS = (
    "symbol",
    "kind",
    "issued_on",
    "issuing_body",
    "issuing_body_parent",
    "subject",
    "signer",
    "signer_title",
    "sign_authority",
    "place",
    "recipients",
    "urgency",
    "regime",
    "summary",
)
# Fields of several lines, kept as a list.
LINES = ("recipients", "summary")
_PLACES = {name: place for place, name in enumerate(FIELDS)}
# Decree 30/2020/ND-CP, appendix IV: without these a line of the register says nothing.
REQUIRED = ("kind", "issued_on", "issuing_body", "subject")
CERTAIN = 0.8
GUESS = 0.5
_OWN_LABELS = {"kind": gettext_lazy("Kind of document"), "regime": gettext_lazy("system of the issuing body")}

CHOICES: dict[str, list[tuple[str, str | Promise]]] = {
    "kind": list(Kind.choices),
    "urgency": list(Urgency.choices),
    "regime": list(Regime.choices),
    "relation": list(Relation.choices),
}
LIMITS: dict[str, int] = {
    "lead_text": 500,
    "coordinator_text": 1000,
    "deadline_text": 300,
    "product": 300,
    "value": 60,
    "measure_unit": 60,
    "period": 120,
    "note": 120,
    "title": 500,
    "symbol": 60,
    "kind_in_words": 80,
    "cited_body": 250,
    "text": 10_000,
}


def asked(items: str = "") -> Q:
    """The items a person has to look at: an optional field that the paper does not have asks nothing of anybody.

    ``items`` is the way to them ("items__" from an intake).
    """
    return (
        ~Q(**{f"{items}kind": ItemKind.FIELD})
        | Q(**{f"{items}name__in": REQUIRED})
        | Q(**{f"{items}proposed__isnull": False})
        | Q(**{f"{items}decided__isnull": False})
    )


def label_of(name: str) -> str | Promise:
    """What a field is called on the screen."""
    # These two are called otherwise where a whole page is not about one document.
    if name in _OWN_LABELS:
        return _OWN_LABELS[name]
    return Document._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # a plain field


def limit_of(name: str) -> int | None:
    """How long the text of a field may be."""
    return getattr(Document._meta.get_field(name), "max_length", None)


def is_blank(item: ReadingItem) -> bool:
    """An optional field that the paper does not have and nobody filled in."""
    optional = item.kind == ItemKind.FIELD and item.name not in REQUIRED
    return optional and item.proposed is None and item.decided is None


def is_by_hand(item: ReadingItem) -> bool:
    """Something a person added that the reader did not see."""
    return item.kind != ItemKind.FIELD and item.proposed is None


def shown_value(item: ReadingItem) -> Value | None:
    """The value as it stands on the screen: the person's if there is one, else the reader's."""
    value: Value | None = item.decided if item.decided is not None else item.proposed
    return value


def accepted_value(item: ReadingItem) -> Value | None:
    """What goes into the register; nothing for what was rejected or not looked at."""
    if item.decision in (Decision.ACCEPTED, Decision.EDITED):
        return shown_value(item)
    return None


def span_of(item: ReadingItem) -> tuple[int, int] | None:
    """Where the item stands in the text: where a person has cut or joined it, else where the reader found it."""
    if item.decided and "span" in item.decided:
        return item.decided["span"][0], item.decided["span"][1]
    if item.span_start is None or item.span_end is None:
        return None
    return item.span_start, item.span_end


# What a form does not show, and which words it hangs on: while these stay, it stays.
_HANGS_ON = {
    "note": ("deadline_text", "due"),
    "document": ("symbol", "issued_on", "issuing_body"),
}


def with_what_stays(value: Value, item: ReadingItem) -> Value:
    """The value with what editing its words leaves: the place that a split or a merge has given it, a remark about
    a deadline that was not touched, the registered document that is still cited."""
    kept = item.decided or {}
    stays: Value = {"span": kept["span"]} if "span" in kept else {}
    shown = shown_value(item) or {}
    for name, words in _HANGS_ON.items():
        if shown.get(name) and all(value.get(word) == shown.get(word) for word in words):
            stays[name] = shown[name]
    return value | stays


def in_order(items: Iterable[ReadingItem]) -> list[ReadingItem]:
    """Fields, cited documents, then tasks and targets as the text has them; what has no place comes last."""

    def place(item: ReadingItem) -> tuple[int, float, float, int]:
        start, end = span_of(item) or (inf, inf)
        if item.kind == ItemKind.FIELD:
            return 0, _PLACES.get(item.name, inf), 0, item.ordinal
        if item.kind == ItemKind.REFERENCE:
            return 1, 0, 0, item.ordinal
        return 2, start, end, item.ordinal

    return sorted(items, key=place)


def stamp_of(item: ReadingItem) -> str:
    """Names the state of an item on a page; empty before anybody has decided."""
    return str(round(item.decided_at.timestamp() * 1_000_000)) if item.decided_at else ""


def waiting(items: Iterable[ReadingItem]) -> list[ReadingItem]:
    """The items that still ask for a decision."""
    return [item for item in items if item.decision == Decision.PENDING and not is_blank(item)]


def date_of(text: str | None) -> dt.date | None:
    """An ISO date, or nothing: a month alone is no date."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def cut(text: str | None, name: str) -> str:
    """Text that fits where it will be kept; what a reader found may be longer than any field."""
    return " ".join((text or "").split())[: LIMITS[name]]


def checked(item_kind: str, name: str, value: Value) -> Value:
    """The value in the form that is kept, or a refusal that says what is missing."""
    if item_kind == ItemKind.FIELD:
        return _checked_field(name, value)
    if item_kind == ItemKind.REFERENCE:
        return _checked_reference(value)
    text = cut(value.get("text"), "text")
    if not text:
        raise Refused(_("Say in words what has to be done."), "value")
    kept = {key: cut(value.get(key), key) for key in ("deadline_text", "product", "measure_unit", "period")}
    # Codes of the reader: what a person should know about the deadline.
    note = {"note": cut(value.get("note"), "note")} if value.get("note") else {}
    return (
        kept
        | note
        | {
            "text": text,
            "lead_text": cut(value.get("lead_text"), "lead_text"),
            "coordinator_text": cut(value.get("coordinator_text"), "coordinator_text"),
            "for_recipients": bool(value.get("for_recipients")),
            "lead_units": [int(key) for key in value.get("lead_units") or ()],
            "coordinator_units": [int(key) for key in value.get("coordinator_units") or ()],
            "due": _iso(value.get("due")),
            "comparator": str(value.get("comparator") or "")[:2],
            "value": cut(value.get("value"), "value"),
        }
    )


def _checked_field(name: str, value: Value) -> Value:
    given = value.get("value")
    if name in LINES:
        lines = given if isinstance(given, list) else str(given or "").splitlines()
        return {"value": [line.strip() for line in lines if line.strip()]}
    text = " ".join(str(given or "").split())
    if name == "issued_on":
        text = _iso(text) or ""
    if name in CHOICES and text not in {str(key) for key, _label in CHOICES[name]}:
        text = ""
    if name in REQUIRED and not text:
        raise Refused(_("The register needs this: %(field)s.") % {"field": label_of(name)}, "value")
    return {"value": text[: limit_of(name)]}


def _checked_reference(value: Value) -> Value:
    relation = str(value.get("relation") or "")
    kept = {
        "relation": relation if relation in Relation.values else Relation.REFERS_TO.value,
        "kind": cut(value.get("kind"), "kind_in_words"),
        "symbol": cut(value.get("symbol"), "symbol"),
        "issued_on": _iso(value.get("issued_on")),
        "issuing_body": cut(value.get("issuing_body"), "cited_body"),
        "title": cut(value.get("title"), "title"),
    }
    if not kept["symbol"] and not kept["title"]:
        raise Refused(_("Give the number and symbol of the cited document, or its title."), "value")
    # The registered document that is meant, where there is one.
    return kept | ({"document": int(value["document"])} if value.get("document") else {})


def _iso(given: object) -> str | None:
    day = given if isinstance(given, dt.date) else date_of(str(given or ""))
    return day.isoformat() if day else None
