"""The accuracy of the reader as tables with names a person knows: for the page and for the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from thongsuot.core.ui import words
from thongsuot.documents import items
from thongsuot.documents.kinds import Kind
from thongsuot.documents.models.intake import ItemKind
from thongsuot.documents.queries.accuracy import Accuracy, Tally


@dataclass(frozen=True)
class Line:
    name: str
    tally: Tally

    @cached_property
    def changes(self) -> str:
        """What was changed most often in what was edited."""
        return ", ".join(f"{part_name(part)} {number}" for part, number in self.tally.parts.most_common(4))

    @property
    def exact(self) -> str:
        return words.percent(self.tally.accepted, self.tally.proposed)

    @property
    def precision(self) -> str:
        return words.percent(self.tally.seen, self.tally.proposed)

    @property
    def recall(self) -> str:
        tally = self.tally
        return words.percent(tally.seen, tally.seen + tally.added) if tally.knows_missed else "–"

    @property
    def stated(self) -> str:
        return words.percent(round(self.tally.confidence * 1000), self.tally.proposed * 1000)


@dataclass(frozen=True)
class Table:
    title: str
    lines: list[Line]


def tables_of(found: Accuracy) -> list[Table]:
    """By item, by kind of document, by reader and by confidence; what has no line is left out."""
    tables = [
        _table(_("By item"), {item_name(key): tally for key, tally in found.by_item.items()}),
        _table(_("By kind of document"), {_kind(key): tally for key, tally in found.by_document.items()}),
        _table(_("By version of the reader"), found.by_version),
        _table(_("By confidence"), found.by_confidence),
    ]
    return [table for table in tables if table.lines]


def item_name(key: str) -> str:
    if key.startswith("field."):
        return str(items.label_of(key.removeprefix("field.")))
    return str(ItemKind(key).label)


def part_name(part: str) -> str:
    """A part of a proposal that was changed, in words; a key of tomorrow stands for itself."""
    names = {
        "lead": _("lead"),
        "coordinators": _("coordinators"),
        "deadline": _("deadline"),
        "text": _("words"),
        "product": _("product"),
        "figure": _("figure"),
        "period": _("period"),
        "cut": _("cut or joined"),
        "relation": _("relation"),
        "symbol": _("number and symbol"),
        "issued_on": _("date"),
        "issuing_body": _("issuing body"),
        "title": _("title of the document"),
        "kind": _("kind"),
        "value": _("value"),
    }
    return names.get(part, part)


def _table(title: str, tallies: Mapping[str, Tally]) -> Table:
    return Table(title, [Line(name, tally) for name, tally in tallies.items()])


def _kind(key: str) -> str:
    return str(Kind(key).label) if key in Kind.values else key
