"""One proposal as the review page shows it: its words, its place, how sure the reader was, what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thongsuot.core.ui import words
from thongsuot.documents import items
from thongsuot.documents.items import Value, accepted_value, is_blank, shown_value, span_of
from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.models.intake import Decision, ItemKind
from thongsuot.documents.models.register import Relation
from thongsuot.documents.queries.identity import cited_documents, meant, symbol_key
from thongsuot.organizations.models import Unit

_TICKS = {Decision.ACCEPTED: "a", Decision.EDITED: "e", Decision.REJECTED: "x", Decision.PENDING: ""}
_SIGNS = {">=": "≥", "<=": "≤", "~": "≈"}


@dataclass(frozen=True)
class Fact:
    label: str | Promise
    text: str
    chips: tuple[str, ...] = ()
    is_open_question: bool = False


@dataclass(frozen=True)
class ReviewItem:
    """One proposal as the page shows it."""

    number: int
    key: int
    kind: str
    label: str | Promise
    title: str
    sub: str
    facts: tuple[Fact, ...]
    decision: str
    sure: int
    span: tuple[int, int] | None
    is_open: bool
    is_blank: bool
    is_required: bool
    url: str

    @property
    def tick(self) -> str:
        return _TICKS[Decision(self.decision)]

    @property
    def is_pending(self) -> bool:
        return self.decision == Decision.PENDING and not self.is_blank

    @property
    def is_wide(self) -> bool:
        return len(str(self.label)) + len(self.title) > 36

    @property
    def is_long(self) -> bool:
        return len(self.title) > 120

    @property
    def lights(self) -> tuple[bool, bool, bool]:
        return (True, self.sure >= 2, self.sure >= 3)

    @property
    def mark_state(self) -> str:
        if self.is_open:
            return "on"
        if self.decision == Decision.REJECTED:
            return "no"
        return "ask" if self.is_pending and self.sure == 1 else ""


class Shower:
    """Turns rows into what the page shows; looks units and cited documents up once for all of them."""

    def __init__(self, intake: Intake, rows: Sequence[ReadingItem], open_number: int | None) -> None:
        self.open_number = open_number
        values = [shown_value(row) or {} for row in rows]
        named = {key for value in values for part in _UNIT_KEYS for key in value.get(part) or ()}
        units = Unit.objects.filter(pk__in=named) if named else Unit.objects.none()
        self.units = {unit.pk: unit.short_name for unit in units}
        cited = [
            v.get("symbol", "") for row, v in zip(rows, values, strict=True) if row.kind == ItemKind.REFERENCE
        ]
        self.cited = cited_documents(intake.unit, cited)
        self.url = intake.get_absolute_url()

    def __call__(self, row: ReadingItem) -> ReviewItem:
        value = shown_value(row) or {}
        title, sub, facts = getattr(self, f"_{row.kind}")(row, value)
        return ReviewItem(
            number=row.ordinal,
            key=row.pk,
            kind=row.kind,
            label=items.label_of(row.name) if row.kind == ItemKind.FIELD else ItemKind(row.kind).label,
            title=title,
            sub=sub,
            facts=tuple(facts),
            decision=row.decision,
            sure=_sureness(row),
            span=span_of(row),
            is_open=row.ordinal == self.open_number,
            is_blank=is_blank(row),
            is_required=row.kind == ItemKind.FIELD and row.name in items.REQUIRED,
            url=f"{self.url}?muc={row.ordinal}#muc-{row.ordinal}",
        )

    def _field(self, row: ReadingItem, value: Value) -> tuple[str, str, list[Fact]]:
        return field_text(row.name, value), "", []

    def _reference(self, row: ReadingItem, value: Value) -> tuple[str, str, list[Fact]]:
        name = " ".join(part for part in (value.get("kind"), value.get("symbol")) if part) or value.get(
            "title", ""
        )
        day = items.date_of(value.get("issued_on"))
        title = _("%(document)s of %(date)s") % {"document": name, "date": words.day(day)} if day else name
        found = meant(
            self.cited.get(symbol_key(value.get("symbol", "")), []),
            issued_on=day,
            body=value.get("issuing_body", ""),
        )
        relation = str(Relation(value["relation"]).label) if value.get("relation") else ""
        known = _("already in the register") if found else ""
        facts = [
            Fact(_("Relation"), relation),
            Fact(_("Issuing body"), value.get("issuing_body", "")),
            Fact(_("Title"), value.get("title", "") if value.get("symbol") else ""),
        ]
        return title, " · ".join(filter(None, (relation, value.get("issuing_body"), known))), _filled(facts)

    def _task(self, row: ReadingItem, value: Value) -> tuple[str, str, list[Fact]]:
        lead = value.get("lead_text", "")
        leads = self._names(value, "lead_units")
        if value.get("for_recipients"):
            leads = (_("every unit that receives the document"),)
        due = words.day(items.date_of(value.get("due")))
        said = value.get("deadline_text", "")
        deadline = (
            _("%(date)s, in words: %(words)s") % {"date": due, "words": said} if due and said else due or said
        )
        facts = [
            Fact(_("Lead"), lead or ("" if leads else _("not said who")), leads, not lead and not leads),
            Fact(_("Coordinate"), value.get("coordinator_text", ""), self._names(value, "coordinator_units")),
            Fact(_("Deadline"), deadline or _("no deadline in the text"), (), not deadline),
            Fact(_("Product"), value.get("product", "")),
            Fact(_("Place in the text"), row.section),
        ]
        sub = " · ".join(filter(None, (lead or ", ".join(leads), due or said or _("no deadline"))))
        return value.get("text", ""), sub, _filled(facts)

    def _target(self, row: ReadingItem, value: Value) -> tuple[str, str, list[Fact]]:
        sign = _SIGNS.get(value.get("comparator", ""), "")
        unit = value.get("measure_unit", "")
        figure = " ".join(filter(None, (sign, value.get("value"), unit)))
        facts = [
            Fact(_("Figure"), figure),
            Fact(_("Period"), value.get("period", "")),
            Fact(_("Place in the text"), row.section),
        ]
        sub = " · ".join(filter(None, (_("target"), figure, value.get("period"))))
        return value.get("text", ""), sub, _filled(facts)

    def _names(self, value: Value, part: str) -> tuple[str, ...]:
        return tuple(self.units[key] for key in value.get(part) or () if key in self.units)


_UNIT_KEYS = ("lead_units", "coordinator_units")


def field_text(name: str, value: Value) -> str:
    """A field's value in words."""
    given: Any = value.get("value")
    if isinstance(given, list):
        return "; ".join(given)
    if name == "issued_on":
        return words.day(items.date_of(given))
    labels = {str(key): str(label) for key, label in items.CHOICES.get(name, [])}
    return labels.get(given or "", given or "") if given else ""


def _filled(facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.text or fact.chips]


def _sureness(row: ReadingItem) -> int:
    if row.proposed is None:
        return 1 if accepted_value(row) is None else 3
    if row.confidence >= items.CERTAIN:
        return 3
    return 2 if row.confidence > items.GUESS else 1
