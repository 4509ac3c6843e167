"""The tree of units: whole, without circles, and in force from the top down."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F, Q

from thongsuot.organizations.models import Unit, UnitSuccession, UnitVersion
from thongsuot.organizations.models.units import segment_of


def tree() -> Iterator[str]:
    """Path, depth and parent of every unit tell the same, and nobody is their own ancestor."""
    rows = list(Unit.objects.order_by("pk").values_list("pk", "parent_id", "path", "depth"))
    known = {key: (path, depth) for key, _parent, path, depth in rows}
    parents: dict[int, int | None] = {key: parent for key, parent, _path, _depth in rows}
    for key, parent, path, depth in rows:
        above, level = known[parent] if parent else ("", -1)
        if (path, depth) != (above + segment_of(key), level + 1):
            yield f"unit {key}: path {path}, depth {depth}, parent {parent}"
    yield from _circles(parents)


def _circles(parents: dict[int, int | None]) -> Iterator[str]:
    """Units that are their own ancestors. Each unit is walked over once."""
    settled: set[int] = set()
    for start in parents:
        walked: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in settled and at not in walked:
            walked[at] = None
            at = parents.get(at)
        if at is not None and at in walked:
            chain = list(walked)
            circle = chain[chain.index(at) :]
            yield f"units {', '.join(map(str, circle))}: each is below the next, in a circle"
        settled.update(walked)


def units_in_force() -> Iterator[str]:
    """A unit in force hangs below one that is in force as long: nobody's successor was forgotten."""
    outlives = Q(parent__valid_to__isnull=False) & (Q(valid_to=None) | Q(valid_to__gt=F("parent__valid_to")))
    orphans = Unit.objects.filter(outlives).order_by("pk")
    for key, parent, until in orphans.values_list("pk", "parent_id", "parent__valid_to").iterator():
        yield f"unit {key}: outlives its parent {parent}, which ended on {until}"


def versions() -> Iterator[str]:
    """What a unit was on any day has one answer, and today's is what the unit says."""
    rows = UnitVersion.objects.order_by("unit_id", "valid_from").values_list(
        "unit_id", "valid_from", "valid_to"
    )
    for (before, _since, until), (unit, since, _until) in itertools.pairwise(rows.iterator()):
        if before == unit and until != since:
            yield f"unit {unit}: its versions do not meet on {since}"
    names = ("path", "depth", "name", "kind")
    differs = ~Q(**{name: F(f"unit__{name}") for name in names})
    open_ones = UnitVersion.objects.filter(differs, valid_to=None, unit__valid_to=None).order_by("unit_id")
    for unit in open_ones.values_list("unit_id", flat=True).iterator():
        yield f"unit {unit}: its present version says something else"
    without = Unit.objects.filter(versions=None).order_by("pk").values_list("pk", flat=True)
    for unit in without.iterator():
        yield f"unit {unit}: has no version"


def successions() -> Iterator[str]:
    """Whoever took over did so whole: one main successor, shares that add up to 1, and the old unit hangs below it."""
    heirs: dict[int, list[tuple[int, Decimal, bool]]] = {}
    rows = UnitSuccession.objects.order_by("old_id", "pk").values_list("old_id", "new_id", "share", "is_main")
    for old, new, share, is_main in rows.iterator():
        heirs.setdefault(old, []).append((new, share, is_main))
    mains = {old: new for old, parts in heirs.items() for new, _share, is_main in parts if is_main}
    ended = Unit.objects.filter(pk__in=heirs).order_by("pk").values_list("pk", "parent_id", "valid_to")
    for key, parent, until in ended.iterator():
        if until is None:
            yield f"unit {key}: has successors and has not ended"
        if key not in mains or sum(share for _new, share, _is_main in heirs[key]) != 1:
            yield f"unit {key}: shares of its successors do not add up, or none is the main one"
            continue
        walked, at = {key}, mains[key]
        while at in mains and at not in walked:
            walked.add(at)
            at = mains[at]
        if parent != at:
            yield f"unit {key}: hangs below {parent}, though {at} took over"
