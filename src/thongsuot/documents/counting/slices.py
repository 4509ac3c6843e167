"""Work on all counters cut into slices: a part of the tree and a range of documents each, none of them large.

Parts are ranges of paths that hold whole subtrees. Units above them, with too much below for one slice, come
last: theirs is the sum of what is directly below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef
from django.db.models.functions import Substr

from thongsuot.documents.counting.models import SubtreeTotal, UnitCounter
from thongsuot.organizations.models import Unit
from thongsuot.organizations.models.units import SEGMENT

END = "~"
# Parts are not made smaller for the sake of more documents: units above all parts are summed less cheaply.
FEWEST_UNITS = 1_000


@dataclass(frozen=True, order=True)
class Slice:
    """Documents from ``first`` to ``last`` in the units whose path lies between ``low`` and ``high``.

    ``height`` 0: a part with everything in it; above, the units of ``tops`` alone, nearest to the leaves first.
    In the order in which they have to be worked on.
    """

    height: int
    low: str
    last: int
    first: int = 0
    high: str = ""
    tops: tuple[int, ...] = ()

    @property
    def key(self) -> tuple[int, str, int]:
        """Where one stands after it; a plan made later, for more documents, goes on from there."""
        return (self.height, self.low, self.last)

    @property
    def of_units(self) -> dict[str, Any]:
        """The condition on rows with a unit."""
        if self.height:
            return {"unit_id__in": self.tops}
        return {"unit__path__gte": self.low, "unit__path__lt": self.high}


@dataclass(frozen=True)
class _Part:
    low: str
    high: str
    units: int


def plan(
    counter: type[UnitCounter],
    total: type[SubtreeTotal],
    *,
    most: int,
    document_ids: Iterable[int] | None = None,
) -> list[Slice]:
    """Slices of about ``most`` counters for all documents that are counted, or for these."""
    numbers = _counters_of_documents(counter, total)
    if document_ids is not None:
        numbers = {document: numbers.get(document, 0) for document in sorted(set(document_ids))}
    if not numbers:
        return []
    # Few units with all their documents rather than all units with few: the keys of a slice then lie side by side.
    parts, tops = _parts_of_tree(min(most, max(FEWEST_UNITS, most // len(numbers))))
    slices = [
        Slice(0, part.low, last, first, part.high)
        for part in parts
        for first, last in _ranges(numbers, part.units, most)
    ]
    highest = max(tops, default=0)
    for depth, keys in tops.items():
        for first, last in _ranges(numbers, len(keys), most):
            slices.append(Slice(highest - depth + 1, "", last, first, END, keys))
    return sorted(slices)


def _counters_of_documents(counter: type[UnitCounter], total: type[SubtreeTotal]) -> dict[int, int]:
    # Rows are counted, not keys: that is answered by the index alone.
    counted = counter._default_manager.values_list("document_id").annotate(number=Count("*"))
    documents: Any = counter._meta.get_field("document").related_model
    with_total = Exists(total._default_manager.filter(document=OuterRef("pk")))
    numbers = dict.fromkeys(documents._default_manager.filter(with_total).values_list("pk", flat=True), 0)
    return dict(sorted((numbers | dict(counted.order_by())).items()))


def _ranges(numbers: dict[int, int], units: int, most: int) -> Iterator[tuple[int, int]]:
    """Documents one after the other, as many as stay below ``most`` counters in so many units."""
    first = last = None
    held = 0
    for document, number in numbers.items():
        size = min(number, units) or 1
        if first is not None and last is not None and held + size > most:
            yield first, last
            first, held = None, 0
        first = document if first is None else first
        last, held = document, held + size
    if first is not None and last is not None:
        yield first, last


def _parts_of_tree(most: int) -> tuple[list[_Part], dict[int, tuple[int, ...]]]:
    """Ranges of at most ``most`` units where that is possible, and the units above them by their depth."""
    parts: list[_Part] = []
    tops: dict[int, tuple[int, ...]] = {}
    if Unit.objects.count() <= most:
        return [_Part("", END, most)], tops
    deepest = Unit.objects.aggregate(deepest=Max("depth"))["deepest"]
    open_paths = {""}
    for depth in range(deepest + 1):
        sizes = _sizes_below(depth, open_paths)
        large = {path for path, units in sizes.items() if units > most}
        parts += _joined({path: units for path, units in sizes.items() if units <= most}, most)
        if not large:
            break
        tops[depth] = tuple(Unit.objects.filter(path__in=large).order_by("path").values_list("pk", flat=True))
        open_paths = large
    return sorted(parts, key=lambda part: part.low), tops


def _sizes_below(depth: int, above: set[str]) -> dict[str, int]:
    """How many units are in each subtree that begins at this depth below these units."""
    length = SEGMENT * (depth + 1)
    counted = (
        Unit.objects.filter(depth__gte=depth)
        .annotate(top=Substr("path", 1, length))
        .values_list("top")
        .annotate(units=Count("pk"))
        .order_by("top")
    )
    return {top: units for top, units in counted if top[:-SEGMENT] in above}


def _joined(sizes: dict[str, int], most: int) -> list[_Part]:
    """Small subtrees side by side below one unit become one part."""
    parts: list[_Part] = []
    for path, units in sizes.items():
        last = parts[-1] if parts else None
        beside = last and last.low[:-SEGMENT] == path[:-SEGMENT] and last.units + units <= most
        if last and beside:
            parts[-1] = _Part(last.low, path + END, last.units + units)
        else:
            parts.append(_Part(path, path + END, units))
    return parts
