"""One paper from its first issuer to the last cell: what carries it out at each level, and where a link is missing.

Up and down the relation *implements*, a level at a time: what is asked grows with the levels, not with the units.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from thongsuot.accounts.roles import Permission
from thongsuot.documents.models import Delivery, Document, DocumentRelation, FlowTotal, Purpose
from thongsuot.documents.models.dispatch import DeliveryQuerySet, DeliveryState
from thongsuot.documents.models.register import Relation
from thongsuot.documents.states import RECEIVED
from thongsuot.organizations.models import Unit, UnitKind
from thongsuot.organizations.reach import grants_with

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

# Centre, province, commune, grass-roots committee, cell, and one to spare.
MOST_LEVELS = 6
MOST_SHOWN = 8


@dataclass(frozen=True)
class Link:
    """A document of the chain; its figures only for whom they are meant, so ``sent`` may be empty."""

    document: Document
    is_here: bool = False
    sent: int = 0
    received: int = 0
    planned: int = 0


@dataclass(frozen=True)
class Level:
    """Documents the same number of steps away from the first; ``more`` are not shown by name."""

    links: list[Link]
    more: int = 0


@dataclass(frozen=True)
class Chain:
    levels: list[Level] = field(default_factory=list)

    @property
    def is_alone(self) -> bool:
        """Whether nothing leads here and nothing follows."""
        return len(self.levels) <= 1


def chain_of(user: Viewer, document: Document) -> Chain:
    """The documents above that this one carries out, itself, and level by level those that carry it out.

    Of documents out of the person's reach nothing is said. Give the document with ``unit``.
    """
    above = _above(document)
    readable = _readable(user, [key for level in above for key in level])
    levels = [([readable[key] for key in level if key in readable], 0) for level in reversed(above)]
    levels = [(documents, more) for documents, more in levels if documents]
    levels.append(([document], 0))
    levels += _below(user, document, {key for level in above for key in level})
    figures = _figures(user, [one for documents, _more in levels for one in documents])
    return Chain(
        [
            Level([Link(one, one.pk == document.pk, *figures.get(one.pk, ())) for one in documents], more)
            for documents, more in levels
        ]
    )


def _above(document: Document) -> list[list[int]]:
    """Keys of what it carries out, nearest first; a circle of citations ends where it closes."""
    levels: list[list[int]] = []
    seen, wanted = {document.pk}, [document.pk]
    for _level in range(MOST_LEVELS):
        rows = DocumentRelation.objects.filter(
            document__in=wanted, relation=Relation.IMPLEMENTS, target__isnull=False
        )
        found = sorted(set(rows.values_list("target_id", flat=True)) - seen)[:MOST_SHOWN]
        if not found:
            break
        levels.append(found)
        seen |= set(found)
        wanted = found
    return levels


def _below(user: Viewer, document: Document, seen: set[int]) -> list[tuple[list[Document], int]]:
    levels: list[tuple[list[Document], int]] = []
    seen = seen | {document.pk}
    carrying: QuerySet[Any, Any] = _carrying([document.pk])
    for _level in range(MOST_LEVELS):
        rows = Document.objects.visible_to(user).filter(pk__in=carrying).exclude(pk__in=seen)
        found = list(rows.select_related("unit").defer("text").order_by("unit__path", "pk")[: MOST_SHOWN + 1])
        if not found:
            break
        more = rows.count() - MOST_SHOWN if len(found) > MOST_SHOWN else 0
        levels.append((found[:MOST_SHOWN], more))
        seen |= {one.pk for one in found}
        carrying = _carrying(carrying)
    return levels


def _carrying(targets: Iterable[int] | QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    rows = DocumentRelation.objects.filter(relation=Relation.IMPLEMENTS, target__in=targets)
    return rows.values("document_id")


def _readable(user: Viewer, keys: list[int]) -> dict[int, Document]:
    if not keys:
        return {}
    rows = Document.objects.visible_to(user).filter(pk__in=keys).select_related("unit").defer("text")
    return {row.pk: row for row in rows}


def _figures(user: Viewer, documents: list[Document]) -> dict[int, tuple[int, int, int]]:
    """Sent, received and planned below the unit of each document that the person answers for; one query."""
    tops = [grant.path for grant in grants_with(user, Permission.DOCUMENT_READ) if grant.reaches_subtree]
    mine = [one.pk for one in documents if any(one.unit.path.startswith(top) for top in tops)]
    if not mine:
        return {}
    rows = FlowTotal.objects.filter(document__in=mine, unit=F("document__unit"))
    return {row.document_id: (row.sent - row.recalled, row.received, row.planned) for row in rows}


def missing_links(user: Viewer, document: Document) -> DeliveryQuerySet:
    """Units that have received it and issued nothing though a plan was asked for, or have not passed it on.

    Passing on is expected of who has to carry it out and has units below, unless a plan of its own or its word that
    it is done says otherwise. In the order of the tree.
    """
    rows = Delivery.objects.visible_to(user).filter(document=document)
    held = rows.filter(state__in=[*RECEIVED, DeliveryState.ASKED_BACK])
    below = Unit.objects.filter(parent=OuterRef("unit_id")).valid_on()
    return (
        held.annotate(has_below=Exists(below))
        .filter(_NO_PLAN | _NOT_PASSED_ON)
        .select_related("unit", "dispatch__unit")
        .order_by("unit__path", "dispatch_id")
    )


_NO_PLAN = Q(plan_by__isnull=False, planned_on=None)
_NOT_PASSED_ON = Q(
    has_below=True, dispatch__purpose=Purpose.CARRY_OUT, forwarded_at=None, plan=None, done_at=None
)


@dataclass(frozen=True)
class MissingAt:
    """How many units of a kind have a link missing, the highest first."""

    label: str
    count: int


def missing_by_level(user: Viewer, document: Document) -> list[MissingAt]:
    rows = missing_links(user, document).order_by().values_list("unit__depth", "unit__kind")
    counted = rows.annotate(n=Count("unit_id")).order_by("unit__depth", "unit__kind")
    return [MissingAt(str(UnitKind(kind).label), n) for _depth, kind, n in counted]


# More documents than these carry one out only where every commune of a country issues its own.
MOST_IN_ALL = 4_000


def with_all_that_carry_it_out(user: Viewer, document: Document) -> list[int]:
    """The keys of the document and of all that carry it out, at every level, as far as the person may read them."""
    keys = [document.pk]
    found = keys
    for _level in range(MOST_LEVELS):
        below = Document.objects.visible_to(user).filter(pk__in=_carrying(found)).exclude(pk__in=keys)
        found = list(below.order_by("pk").values_list("pk", flat=True)[: MOST_IN_ALL - len(keys)])
        if not found:
            break
        keys = [*keys, *found]
    return keys
