"""How right the reader was in real use: its proposals against what people made of them, on registered papers.

Counts only, by kinds and versions: no word of a paper and nobody's name.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable

from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.models.intake import Decision, IntakeState, ItemKind

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

# The lower edges of the bands of confidence, with the words a review page has for them at 0.5 and 0.8.
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_PARTS = {
    "lead": ("lead_text", "lead_units", "for_recipients"),
    "coordinators": ("coordinator_text", "coordinator_units"),
    "deadline": ("deadline_text", "due"),
    "figure": ("comparator", "value", "measure_unit"),
    "cut": ("span",),
}
_OURS = ("note", "document")


@dataclass
class Tally:
    """What became of proposals. ``edited`` were right in the main; ``parts`` says what was changed in them.

    ``joined`` and the cut ones among the edited were seen, but not as people count them.
    """

    accepted: int = 0
    edited: int = 0
    joined: int = 0
    rejected: int = 0
    added: int = 0
    confidence: float = 0.0
    # What the reader missed belongs to no version, confidence or construction: there nothing is said about it.
    knows_missed: bool = True
    parts: Counter[str] = field(default_factory=Counter)

    @property
    def proposed(self) -> int:
        return self.accepted + self.edited + self.joined + self.rejected

    @property
    def changed(self) -> int:
        return self.edited + self.joined

    @property
    def seen(self) -> int:
        """Proposals that were something, even if not as proposed."""
        return self.proposed - self.rejected

    @property
    def exact(self) -> float | None:
        """The share of proposals that nobody had to touch."""
        return _share(self.accepted, self.proposed)

    @property
    def precision(self) -> float | None:
        """The share of proposals that were something, even if not as proposed."""
        return _share(self.seen, self.proposed)

    @property
    def recall(self) -> float | None:
        """The share of what is in the papers that the reader had proposed."""
        return _share(self.seen, self.seen + self.added) if self.knows_missed else None

    @property
    def stated(self) -> float | None:
        """How sure the reader was, on average."""
        return _share(self.confidence, self.proposed)


def _share(part: float, whole: float) -> float | None:
    return round(part / whole, 3) if whole else None


@dataclass(frozen=True)
class Accuracy:
    """The tallies by item, document, reader and confidence; keys are codes."""

    papers: int
    by_item: dict[str, Tally]
    by_document: dict[str, Tally]
    by_version: dict[str, Tally]
    by_confidence: dict[str, Tally]
    by_rule: dict[str, Tally]


def accuracy(since: dt.date | None = None, *, seen_by: Viewer | None = None) -> Accuracy:
    """What people made of the reader's proposals on papers registered since a day; three queries for any number.

    For a person (``seen_by``) only the papers of units in whose register they work; for the command line all.
    """
    items = ReadingItem.objects.filter(intake__state=IntakeState.REGISTERED)
    if seen_by is not None:
        items = items.filter(intake__in=Intake.objects.visible_to(seen_by))
    if since is not None:
        items = items.filter(intake__document__registered_at__date__gte=since)
    rows = list(_counted(items))
    papers = items.aggregate(papers=Count("intake", distinct=True))["papers"]
    proposals = [row for row in rows if row["verdict"] != "added"]
    return Accuracy(
        papers=papers,
        by_item=_by(rows, lambda row: _item(row)),
        by_document=_by(rows, lambda row: row["document"] or "?"),
        by_version=_by(proposals, lambda row: row["version"] or "?", knows_missed=False),
        by_confidence=_by(proposals, lambda row: row["band"], knows_missed=False),
        by_rule=_by(
            [row for row in proposals if row["rule"]],
            lambda row: f"{_item(row)}/{row['rule']}",
            knows_missed=False,
        ),
    )


def _item(row: Mapping[str, Any]) -> str:
    return f"field.{row['name']}" if row["kind"] == ItemKind.FIELD else str(row["kind"])


def _counted(items: QuerySet[ReadingItem]) -> Iterator[dict[str, Any]]:
    """Rows of equal fate, counted by the database; only the edited ones are looked into."""
    told = items.annotate(
        document=F("intake__document__kind"),
        version=Case(When(reader_version="", then=F("intake__reader_version")), default=F("reader_version")),
        band=_band(),
        verdict=_verdict(),
    ).exclude(verdict="")
    by = ("kind", "name", "rule", "document", "version", "band", "verdict")
    for row in told.values(*by).annotate(number=Count("pk"), sure=Sum("confidence")).order_by(*by):
        yield row | {"parts": Counter[str]()}
    edited = told.filter(verdict="edited").values(*by, "proposed", "decided").order_by("pk")
    for row in edited.iterator(chunk_size=500):
        changed = parts_changed(row.pop("proposed") or {}, row.pop("decided") or {})
        parts = Counter({"value"} if row["kind"] == ItemKind.FIELD else changed)
        yield row | {"number": 0, "sure": 0.0, "parts": parts}


def parts_changed(proposed: Mapping[str, Any], decided: Mapping[str, Any]) -> set[str]:
    """Which parts of a proposal a person changed: "lead", "deadline", "text" ..."""
    keys = {*proposed, *decided} - set(_OURS)
    changed = {key for key in keys if (proposed.get(key) or None) != (decided.get(key) or None)}
    named = {part for part, keys in _PARTS.items() if changed.intersection(keys)}
    return named | (changed - {key for keys in _PARTS.values() for key in keys})


def _verdict() -> Combinable:
    """What became of an item; "" for what is neither a proposal nor something the reader missed."""
    missed = Q(split_from=None, decision__in=(Decision.EDITED, Decision.ACCEPTED), decided__isnull=False)
    empty = Q(kind=ItemKind.FIELD) & (Q(decided__value="") | Q(decided__value=[]))
    return Case(
        When(Q(proposed__isnull=True) & missed & ~empty, then=Value("added")),
        When(proposed__isnull=True, then=Value("")),
        When(decision=Decision.ACCEPTED, then=Value("accepted")),
        When(decision=Decision.EDITED, then=Value("edited")),
        When(decision=Decision.REJECTED, merged_into__isnull=False, then=Value("joined")),
        When(decision=Decision.REJECTED, then=Value("rejected")),
        default=Value(""),
    )


def _band() -> Combinable:
    edges = list(zip(BANDS, [*BANDS[1:], None], strict=True))
    return Case(
        *(
            When(confidence__gte=low, then=Value(f"{low:.2f}-{high:.2f}" if high else f"{low:.2f}-1.00"))
            for low, high in reversed(edges)
        ),
        default=Value(""),
    )


def _by(
    rows: list[dict[str, Any]], key: Callable[[dict[str, Any]], str], *, knows_missed: bool = True
) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for row in rows:
        tally = tallies.setdefault(key(row), Tally(knows_missed=knows_missed))
        setattr(tally, row["verdict"], getattr(tally, row["verdict"]) + row["number"])
        if row["verdict"] != "added":
            tally.confidence += row["sure"]
        tally.parts.update(row["parts"])
    return dict(sorted(tallies.items()))
