"""The tree of units as it stood on a day, one opened level after the other, as far as a person's rights reach.

What is asked of the database follows what is shown, not how many units there are: a level is a range of the index
of children, and only whether something lies below is asked about the units shown.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, Window
from django.db.models.functions import RowNumber

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.organizations.models import Unit, UnitVersion
from thongsuot.organizations.models.units import UnitVersionQuerySet, ancestor_paths
from thongsuot.organizations.queries.units import units_visible_to
from thongsuot.organizations.reach import grants_with, reach, without_repetition

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

AT_ONCE = 50  # children shown of one unit before "more"
MOST_ROWS = 200
FEWEST = 10
IN_ORDER = ("sort_key", "unit_id")


@dataclass
class Node:
    """A unit as it stood on the day, with what is shown below it."""

    version: UnitVersion
    has_children: bool = False
    is_open: bool = False
    children: list[Node] = field(default_factory=list)
    more_from: int = 0  # where the next children begin; 0: all are shown
    above: tuple[str, ...] = ()  # names of the units above, for orientation

    @property
    def key(self) -> int:
        return self.version.unit_id


@dataclass(frozen=True)
class Tree:
    """What a page shows: the tops a person's rights reach (or one chosen unit), with everything opened below."""

    day: dt.date
    tops: list[Node]
    more_from: int = 0


def versions_visible_to(user: Viewer, day: dt.date) -> UnitVersionQuerySet:
    """The units a person may look into, as they stood on the day.

    Rights follow the unit as it stands today: what a successor took over is visible to those who look after it.
    """
    versions: UnitVersionQuerySet = UnitVersion.objects.valid_on(day)  # type: ignore[assignment]  # keeps its class
    return versions.filter(reach(user, Permission.UNIT_READ, "unit"))


def version_visible_to(user: Viewer, key: int, day: dt.date) -> UnitVersion | None:
    return versions_visible_to(user, day).filter(unit=key).first()


def tree_on(
    user: Viewer, day: dt.date, *, root: UnitVersion | None = None, opened: Sequence[int] = (), start: int = 0
) -> Tree:
    """The tree with these units opened, below the person's tops or below one chosen unit, in at most six queries."""
    limit = max(FEWEST, min(AT_ONCE, MOST_ROWS // (len(opened) + 1)))
    if root:
        tops, more = [root], 0
        opened = [root.unit_id, *opened]
    else:
        tops = list(_tops(user, day).order_by("depth", *IN_ORDER)[start : start + MOST_ROWS + 1])
        more = start + MOST_ROWS if len(tops) > MOST_ROWS else 0
        tops = tops[:MOST_ROWS]
        if len(tops) == 1:  # who has one unit wants to see what is in it
            opened = [tops[0].unit_id, *opened]
    below = _children(user, day, set(opened), limit, root, start)
    shown = [*tops, *(version for rows in below.values() for version in rows[:limit])]
    parents = _with_children(user, day, {version.unit_id for version in shown})
    names = names_above(tops, day)
    nodes = [_node(top, below, set(opened), parents, limit, start if root else 0) for top in tops]
    for node in nodes:
        node.above = names.get(node.key, ())
    return Tree(day, nodes, more)


def children_of(user: Viewer, day: dt.date, parent: int, start: int = 0) -> Node | None:
    """One unit with the next of its children: what a click opens. Nothing when the person may not look into it."""
    version = version_visible_to(user, parent, day)
    if version is None:
        return None
    rows = _level(user, day, [parent])[start : start + AT_ONCE + 1]
    below = {parent: list(rows)}
    parents = _with_children(user, day, {row.unit_id for row in below[parent][:AT_ONCE]})
    return _node(version, below, {parent}, parents | {parent}, AT_ONCE, start)


def found_on(
    user: Viewer, day: dt.date, *, text: str = "", kind: str = "", root: UnitVersion | None = None
) -> UnitVersionQuerySet:
    """The units of the day that are called so (by any name, code or identifier) and are of this kind, highest first."""
    rows = versions_visible_to(user, day)
    if text:  # one look at the units for both, words and rights
        found = units_visible_to(user).search(text).values("pk")
        rows = UnitVersion.objects.valid_on(day).filter(unit__in=found)  # type: ignore[assignment]
    if kind:
        rows = rows.filter(kind=kind)
    if root:
        rows = rows.under(root.path)
    return rows.order_by("depth", *IN_ORDER)


def names_above(versions: Iterable[UnitVersion], day: dt.date) -> dict[int, tuple[str, ...]]:
    """By unit, the short names of the units above it on the day, highest first; one query for all of them."""
    wanted = {version.unit_id: ancestor_paths(version.path)[:-1] for version in versions}
    paths = {path for chain in wanted.values() for path in chain}
    rows = UnitVersion.objects.valid_on(day).filter(path__in=paths) if paths else UnitVersion.objects.none()
    names = dict(rows.values_list("path", "short_name"))
    return {key: tuple(names[path] for path in chain if path in names) for key, chain in wanted.items()}


def _tops(user: Viewer, day: dt.date) -> UnitVersionQuerySet:
    visible = versions_visible_to(user, day)
    if day >= today():
        tops = without_repetition(grants_with(user, Permission.UNIT_READ))
        return visible.filter(unit__in=[grant.unit_id for grant in tops])
    # On an earlier day a unit may have stood elsewhere: a top is what is visible below something that is not.
    return visible.filter(Q(parent=None) | ~reach(user, Permission.UNIT_READ, "parent"))


def _level(user: Viewer, day: dt.date, parents: Collection[int]) -> UnitVersionQuerySet:
    return versions_visible_to(user, day).filter(parent__in=parents).order_by(*IN_ORDER)


def _children(
    user: Viewer, day: dt.date, opened: set[int], limit: int, root: UnitVersion | None, start: int
) -> dict[int, list[UnitVersion]]:
    """The first children of each opened unit and one more, which tells that there are more."""
    found: dict[int, list[UnitVersion]] = defaultdict(list)
    place = Window(RowNumber(), partition_by="parent_id", order_by=list(IN_ORDER))
    rows = _level(user, day, opened).annotate(place=place)
    within = Q(place__lte=limit + 1)
    if root and start:
        within = Q(parent=root.unit_id, place__gt=start, place__lte=start + limit + 1) | (
            ~Q(parent=root.unit_id) & within
        )
    for version in rows.filter(within) if opened else ():
        found[version.parent_id or 0].append(version)
    return found


def _with_children(user: Viewer, day: dt.date, shown: set[int]) -> set[int]:
    """Which of the units shown can be opened. Rights are compared in memory: a join here would read whole trees."""
    below = UnitVersion.objects.valid_on(day).filter(parent=OuterRef("pk"))
    rows = Unit.objects.filter(Exists(below), pk__in=shown).values_list("pk", "path")
    grants = grants_with(user, Permission.UNIT_READ)
    tops = tuple(grant.path for grant in grants if grant.reaches_subtree)
    return {key for key, path in rows if path.startswith(tops)}


def _node(
    version: UnitVersion,
    below: dict[int, list[UnitVersion]],
    opened: set[int],
    parents: set[int],
    limit: int,
    start: int = 0,
) -> Node:
    key = version.unit_id
    rows = below.get(key, [])
    return Node(
        version,
        has_children=key in parents,
        is_open=key in opened and key in parents,
        children=[_node(row, below, opened, parents, limit) for row in rows[:limit]],
        more_from=start + limit if len(rows) > limit else 0,
    )
