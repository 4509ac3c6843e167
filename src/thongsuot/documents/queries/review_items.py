"""One proposal as the review page shows it: its words, its place, how sure the reader was, what was decided."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongsuot.core.text import fold
from thongsuot.core.ui import words
from thongsuot.documents import items
from thongsuot.documents.items import Value, is_blank, shown_value, span_of
from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.models.intake import Decision, ItemKind
from thongsuot.documents.models.register import Relation
from thongsuot.documents.passages import words_at
from thongsuot.documents.queries.identity import cited_documents, meant, symbol_key
from thongsuot.documents.queries.review_doubts import Sureness, sureness_of
from thongsuot.organizations.models import Unit

_TICKS = {Decision.ACCEPTED: "a", Decision.EDITED: "e", Decision.REJECTED: "x", Decision.PENDING: ""}
_SIGNS = {">=": "≥", "<=": "≤", "~": "≈"}
_QUOTED = 600


MOST_NAMED = 3


@dataclass(frozen=True)
class Fact:
    """``units`` are ours, by name; many of them are one line that opens. ``url`` leads to what is known."""

    label: str | Promise
    text: str
    units: tuple[str, ...] = ()
    is_open_question: bool = False
    url: str = ""

    @property
    def is_many(self) -> bool:
        return len(self.units) > MOST_NAMED


@dataclass(frozen=True)
class ReviewItem:
    """One proposal as the page shows it; ``next`` is the number of the task it can be made one with."""

    number: int
    key: int
    kind: str
    name: str
    label: str | Promise
    title: str
    sub: str
    facts: tuple[Fact, ...]
    lines: tuple[str, ...]
    decision: str
    sureness: Sureness
    span: tuple[int, int] | None
    where: str
    quote: str
    stamp: str
    merged_into: int | None
    is_open: bool
    is_blank: bool
    is_required: bool
    is_shaped: bool
    url: str
    next: int | None = None

    @property
    def group(self) -> str:
        """Under which heading it stands."""
        if self.kind == ItemKind.FIELD:
            return "summary" if self.name == "summary" else "fields"
        return "references" if self.kind == ItemKind.REFERENCE else "tasks"

    @property
    def tick(self) -> str:
        return _TICKS[Decision(self.decision)]

    @property
    def is_pending(self) -> bool:
        return self.decision == Decision.PENDING and not self.is_blank

    @property
    def asks_to_look(self) -> bool:
        return self.sureness.asks_to_look and not self.is_blank

    @property
    def is_wide(self) -> bool:
        return len(str(self.label)) + len(self.title) > 36

    @property
    def is_long(self) -> bool:
        return len(self.title) > 120

    @property
    def rest_state(self) -> str:
        """Its mark in the paper while it is not the open one."""
        if self.decision == Decision.REJECTED:
            return "no"
        return "ask" if self.is_pending and self.asks_to_look else ""

    @property
    def mark_state(self) -> str:
        return "on" if self.is_open else self.rest_state

    @property
    def acts(self) -> str:
        """The keys that do something with it: accept, edit, leave out, split, merge with the next."""
        if self.merged_into:
            return ""
        given = [
            ("a", self.decision not in (Decision.ACCEPTED, Decision.EDITED) and bool(self.title)),
            ("e", True),
            ("x", self.decision != Decision.REJECTED and not self.is_required and not self.is_blank),
            ("t", self.is_shaped),
            ("g", self.next is not None),
        ]
        return "".join(key for key, has in given if has)


class Shower:
    """Turns rows into what the page shows; looks units and cited documents up once for all of them."""

    def __init__(self, intake: Intake, rows: Sequence[ReadingItem], open_number: int | None) -> None:
        self.intake, self.open_number = intake, open_number
        values = [shown_value(row) or {} for row in rows]
        named = {key for value in values for part in _UNIT_KEYS for key in value.get(part) or ()}
        units = Unit.objects.filter(pk__in=named) if named else Unit.objects.none()
        self.units = {unit.pk: unit.short_name for unit in units}
        cited = [
            v.get("symbol", "") for row, v in zip(rows, values, strict=True) if row.kind == ItemKind.REFERENCE
        ]
        self.cited = cited_documents(intake.unit, cited)
        self.url = intake.get_absolute_url()
        self.numbers = {row.pk: row.ordinal for row in rows}
        self.begins = [page["start"] for page in intake.pages]

    def __call__(self, row: ReadingItem) -> ReviewItem:
        value = shown_value(row) or {}
        title, sub, facts = getattr(self, f"_{row.kind}")(row, value)
        span = span_of(row)
        is_open = row.ordinal == self.open_number
        left_out = row.decision == Decision.REJECTED
        return ReviewItem(
            number=row.ordinal,
            key=row.pk,
            kind=row.kind,
            name=row.name,
            label=items.label_of(row.name) if row.kind == ItemKind.FIELD else ItemKind(row.kind).label,
            title=title,
            sub=sub,
            facts=tuple(facts),
            lines=tuple(value.get("value") or ()) if row.name == "summary" else (),
            decision=row.decision,
            sureness=sureness_of(row, value, self.intake),
            span=span,
            where=self._where(row, span),
            quote=self._quote(title, span) if span and is_open else "",
            stamp=items.stamp_of(row),
            merged_into=self.numbers.get(row.merged_into_id or 0),
            is_open=is_open,
            is_blank=is_blank(row),
            is_required=row.kind == ItemKind.FIELD and row.name in items.REQUIRED,
            is_shaped=row.kind in (ItemKind.TASK, ItemKind.TARGET) and not left_out,
            url=f"{self.url}?muc={row.ordinal}#muc-{row.ordinal}",
        )

    def _quote(self, title: str, span: tuple[int, int]) -> str:
        """The words of the paper, unless the title is just these."""
        said = words_at(self.intake.text, span)
        return "" if said.lower() == title.lower() else said[:_QUOTED]

    def _where(self, row: ReadingItem, span: tuple[int, int] | None) -> str:
        """The page and the part of the paper it stands in."""
        page = bisect_right(self.begins, span[0]) if span and len(self.begins) > 1 else 0
        return ", ".join(
            filter(
                None,
                (
                    _("page %(number)s") % {"number": page} if page else "",
                    _("part %(mark)s") % {"mark": row.section} if row.section else "",
                ),
            )
        )

    def _field(self, row: ReadingItem, value: Value) -> tuple[str, str, list[Fact]]:
        return field_text(row.name, value), "", []

    def _reference(self, row: ReadingItem, value: Value) -> tuple[str, str, list[Fact]]:
        name = " ".join(part for part in (value.get("kind"), value.get("symbol")) if part) or value.get(
            "title", ""
        )
        day = items.date_of(value.get("issued_on"))
        title = _("%(document)s of %(date)s") % {"document": name, "date": words.day(day)} if day else name
        candidates = self.cited.get(symbol_key(value.get("symbol", "")), [])
        # What was found when the paper was read knew its date, which the words of one citation do not say.
        found = next((known for known in candidates if known.pk == value.get("document")), None)
        found = found or meant(candidates, issued_on=day, body=value.get("issuing_body", ""))
        relation = str(Relation(value["relation"]).label) if value.get("relation") else ""
        known = _("already in the register") if found else ""
        facts = [
            Fact(_("Relation"), relation),
            Fact(_("Issuing body"), value.get("issuing_body", "")),
            Fact(_("Title"), value.get("title", "") if value.get("symbol") else ""),
            Fact(known, str(found) if found else "", url=found.get_absolute_url() if found else ""),
        ]
        return title, " · ".join(filter(None, (relation, value.get("issuing_body"), known))), _filled(facts)

    def _task(self, row: ReadingItem, value: Value) -> tuple[str, str, list[Fact]]:
        lead = value.get("lead_text", "")
        leads = self._names(value, "lead_units")
        if value.get("for_recipients"):
            leads = (_("every unit that receives the document"), *leads)
        due = words.day(items.date_of(value.get("due")))
        said = value.get("deadline_text", "")
        deadline = (
            _("%(date)s, in words: %(words)s") % {"date": due, "words": said} if due and said else due or said
        )
        others = self._names(value, "coordinator_units")
        lead_said = lead or ("" if leads else _("not said who"))
        if lead and not leads:
            lead_said = _("%(lead)s (none of our units)") % {"lead": lead}
        facts = [
            Fact(_("Lead"), _unless_said(lead_said, leads), leads, not lead and not leads),
            Fact(_("Coordinate"), _unless_said(value.get("coordinator_text", ""), others), others),
            Fact(_("Deadline"), deadline or _("no deadline in the text"), (), not deadline),
            Fact(_("Product"), value.get("product", "")),
        ]
        who = lead or (", ".join(leads) if len(leads) <= MOST_NAMED else units_in_words(len(leads)))
        sub = " · ".join(filter(None, (who, due or said or _("no deadline"))))
        return value.get("text", ""), sub, _filled(facts)

    def _target(self, row: ReadingItem, value: Value) -> tuple[str, str, list[Fact]]:
        sign = _SIGNS.get(value.get("comparator", ""), "")
        unit = value.get("measure_unit", "")
        figure = " ".join(filter(None, (sign, value.get("value"), unit)))
        facts = [Fact(_("Figure"), figure), Fact(_("Period"), value.get("period", ""))]
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


def _unless_said(text: str, units: Sequence[str]) -> str:
    """The words of the paper, unless they are just the name of the unit that stands beside them."""
    return "" if len(units) == 1 and fold(text).startswith(fold(units[0])) else text


def units_in_words(count: int) -> str:
    return ngettext("%(count)s unit", "%(count)s units", count) % {"count": words.count(count)}


def _filled(facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.text or fact.units]
