"""Coverage and timeliness, from totals and counters; never from receipts, except by name in one cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Min, OuterRef, QuerySet, Subquery, Sum

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now, today
from thongsuot.core.prepared import Prepared
from thongsuot.dissemination.models import CoverageCounter, CoverageTotal, Receipt, Requirement
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Unit
from thongsuot.organizations.models.units import ancestor_paths
from thongsuot.organizations.queries.structure import Part, Structure, total_of
from thongsuot.organizations.reach import reach, top_grant

if TYPE_CHECKING:
    from thongsuot.organizations.models.units import UnitQuerySet
    from thongsuot.organizations.reach import Viewer


@dataclass(frozen=True)
class Coverage:
    """The counts of one unit and document. Coverage = reached/required; timeliness = in_time/required.

    ``key`` are the key cadres among those required. Who is ``exempt``, has ``gone``, or is no longer asked since the
    document was taken back (``released``) is no part of them; ``residents`` are known as a number only,
    ``came`` those at events of which it is known how many were ``invited``.
    """

    required: int = 0
    reached: int = 0
    in_time: int = 0
    by_session: int = 0
    met: int = 0
    cells: int = 0
    released: int = 0
    exempt: int = 0
    gone: int = 0
    key: int = 0
    key_reached: int = 0
    key_in_time: int = 0
    residents: int = 0
    invited: int = 0
    came: int = 0
    as_of: dt.datetime | None = None

    @property
    def unreached(self) -> int:
        return self.required - self.reached

    @property
    def unmet(self) -> int:
        return self.cells - self.met


@dataclass(frozen=True)
class CellCoverage:
    """The counter of one cell, with its place in the tree."""

    unit_id: int
    path: str
    name: str
    required: int
    reached: int
    in_time: int
    met: int
    first_met_on: dt.date | None


def coverage_of(document: Document, units: Iterable[Unit | int]) -> dict[int, Coverage]:
    """The totals of these units (rows or keys) for one document, in one query and the order they were named.

    Units without any are left out.
    """
    keys = [unit.pk if isinstance(unit, Unit) else unit for unit in units]
    totals = {row.unit_id: row for row in CoverageTotal.objects.filter(unit_id__in=keys, document=document)}
    return {key: coverage_from(totals[key]) for key in keys if key in totals}


def coverage_by_document(unit: Unit, document_ids: Iterable[int] | None = None) -> dict[int, Coverage]:
    """The totals of one unit for each document disseminated in it, in one query."""
    totals = CoverageTotal.objects.filter(unit=unit, required__gt=0)
    if document_ids is not None:
        totals = totals.filter(document_id__in=list(document_ids))
    return {total.document_id: coverage_from(total) for total in totals}


def cells_of_document(document: Document, unit: Unit) -> list[CellCoverage]:
    """Every cell under a unit that has to hear of the document, in the order of the tree, in one query."""
    counters = (
        CoverageCounter.objects.filter(
            document=document, required__gt=0, unit__path__gte=unit.path, unit__path__lt=unit.path + "~"
        )
        .select_related("unit")
        .order_by("unit__path")
    )
    return [
        CellCoverage(
            unit_id=row.unit_id,
            path=row.unit.path,
            name=row.unit.short_name,
            required=row.required,
            reached=row.reached,
            in_time=row.in_time,
            met=row.met,
            first_met_on=row.first_met_on,
        )
        for row in counters
    ]


def coverage_from(total: CoverageTotal) -> Coverage:
    return Coverage(**{name: getattr(total, name) for name in CoverageCounter.MEASURES}, as_of=total.as_of)


@dataclass(frozen=True)
class CountedUnit:
    """A unit with its total for one document: what a row of the page shows, and where the unit stands in the tree."""

    pk: int
    kind: str
    short_name: str
    path: str
    valid_to: dt.date | None
    # The day a cell first met for the document; none for a unit with cells below it.
    first_met_on: dt.date | None
    coverage: Coverage


def units_below_with_coverage(document: Document, unit: Unit) -> list[int]:
    """The keys of the units directly below that have people to reach, in the Vietnamese order."""
    return [key for (key,) in _KEYS(document=document.pk, unit=unit.pk)]


def counted_units(document: Document, keys: Sequence[int]) -> dict[int, CountedUnit]:
    """The totals of these units for one document, with the units, in one query; units without any are left out."""
    rows = _COUNTED(document=document.pk, units=tuple(keys))
    counted = (
        CountedUnit(key, kind, name, path, valid_to, met_on, Coverage(*counts))
        for key, kind, name, path, valid_to, met_on, *counts in rows
    )
    return {unit.pk: unit for unit in counted}


def _counted(document: int, units: tuple[int, ...]) -> QuerySet[CoverageTotal, Any]:
    met = CoverageCounter.objects.filter(document=document, unit=OuterRef("unit")).values("first_met_on")
    of_unit = ("unit_id", "unit__kind", "unit__short_name", "unit__path", "unit__valid_to")
    counts = [field.name for field in fields(Coverage)]
    totals = CoverageTotal.objects.filter(unit__in=units, document=document)
    return totals.annotate(met_on=Subquery(met)).values_list(*of_unit, "met_on", *counts)


_KEYS = Prepared[tuple[int]](lambda document, unit: units_with_coverage(document, unit).values_list("pk"))
_COUNTED = Prepared[tuple[Any, ...]](_counted)


def dues_of(unit: Unit, document_ids: Sequence[int]) -> dict[int, dt.date]:
    """By when each document must have reached everybody in the unit: the last deadline that binds it.

    Requirements of the unit itself and of those above bind it; where there are none, those of units below say
    when their part is due.
    """
    above = set(ancestor_paths(unit.path))
    binding: dict[int, dt.date] = {}
    below: dict[int, dt.date] = {}
    rows = Requirement.objects.filter(document_id__in=document_ids).values_list(
        "document_id", "unit__path", "due"
    )
    for document_id, path, due in rows:
        if path in above:
            binding[document_id] = max(due, binding.get(document_id, due))
        elif path.startswith(unit.path):
            below[document_id] = max(due, below.get(document_id, due))
    return below | binding


@dataclass(frozen=True)
class PartCoverage:
    """A unit directly below in the structure of a day, with its coverage and the day a cell first met."""

    part: Part
    coverage: Coverage
    first_met_on: dt.date | None


def coverage_by_part(user: Viewer, document: Document, structure: Structure) -> list[PartCoverage]:
    """The counters of one document summed by the units of a day, as far as the person looks into them today."""
    counters = CoverageCounter.objects.filter(document=document, required__gt=0)
    counters = counters.filter(reach(user, Permission.OVERVIEW_READ))
    sums: dict[str, Any] = {f"sum_{name}": Sum(name) for name in CoverageCounter.MEASURES}
    parts = structure.parts(counters, **sums, first_met=Min("first_met_on"))
    return [PartCoverage(part, _summed(part.sums), part.sums["first_met"]) for part in parts]


def whole_of(parts: Iterable[PartCoverage]) -> Coverage | None:
    """What the parts add up to; nothing when there are none."""
    sums = total_of(row.part for row in parts)
    return _summed(sums) if sums else None


def _summed(sums: Mapping[str, Any]) -> Coverage:
    counts = {name: sums[f"sum_{name}"] for name in CoverageCounter.MEASURES}
    return Coverage(**counts, as_of=now())


def is_past(due: dt.date | None) -> bool:
    """Timeliness is only said once the day has ended: before, nobody can be late."""
    return due is not None and due < today()


def overview_unit(user: Viewer, unit_id: int | None = None) -> Unit | None:
    """The unit whose counts a person looks at: the highest they answer for, or the named one within reach."""
    if unit_id is not None:
        within = Unit.objects.filter(reach(user, Permission.OVERVIEW_READ, field=""))
        return within.select_related("parent").filter(pk=unit_id).first()
    grant = top_grant(user, [Permission.OVERVIEW_READ])
    return grant.unit if grant else None


def documents_disseminated(user: Viewer, unit: Unit) -> QuerySet[Document]:
    """Documents somebody under the unit must hear of, newest first."""
    with_people = CoverageTotal.objects.filter(unit=unit, required__gt=0).values("document_id")
    return Document.objects.visible_to(user).filter(pk__in=with_people).order_by("-issued_on", "-pk")


def units_with_coverage(document: Document | int, unit: Unit | int) -> UnitQuerySet:
    """The units directly below that have people to reach, in the Vietnamese order."""
    # Looked up one by one: never all of the document's totals are read.
    with_people = CoverageTotal.objects.filter(document=document, unit=OuterRef("pk"), required__gt=0)
    return Unit.objects.filter(Exists(with_people), parent=unit).in_order()


def unreached_in(user: Viewer, document: Document, unit: Unit) -> QuerySet[Receipt]:
    """Whom the document has not reached in one cell, by name, for those who may know."""
    return (
        Receipt.objects.filter(reach(user, Permission.MEMBERS_READ))
        .filter(unit=unit, document=document, reached_at=None, released_at=None)
        .select_related("person")
        .order_by("person__sort_key", "person_id")
    )
