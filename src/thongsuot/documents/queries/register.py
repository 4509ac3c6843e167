"""Reading the register: the lists, and everything one page about a document shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Min, Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import day_of, moment, now, today
from thongsuot.documents.kinds import Direction
from thongsuot.documents.models import (
    Delivery,
    Document,
    DocumentRelation,
    Intake,
    Provision,
    ProvisionUnit,
    RegisterEntry,
)
from thongsuot.documents.models.books import RegisterEntryQuerySet
from thongsuot.documents.models.dispatch import OVER
from thongsuot.documents.models.intake import ON_THE_DESK
from thongsuot.documents.models.register import DocumentQuerySet, Relation
from thongsuot.organizations.models import Unit
from thongsuot.organizations.queries import units_visible_to
from thongsuot.organizations.reach import own_unit_ids

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


@dataclass(frozen=True)
class RegisterFilters:
    """What the sentence above the list asks for."""

    kind: str = ""
    unit: Unit | None = None
    year: int | None = None
    text: str = ""


def register_of(user: Viewer, direction: str, filters: RegisterFilters) -> RegisterEntryQuerySet:
    """The lines of a unit's book, newest first."""
    rows = RegisterEntry.objects.visible_to(user).filter(direction=direction)
    if filters.unit:
        rows = rows.filter(unit=filters.unit)
    if filters.year:
        first = dt.date(filters.year, 1, 1)
        next_first = dt.date(filters.year + 1, 1, 1)
        rows = rows.filter(entered_at__gte=moment(first, 0), entered_at__lt=moment(next_first, 0))
    if filters.kind:
        rows = rows.filter(document__kind=filters.kind)
    if filters.text:
        rows = rows.filter(document__in=Document.objects.search(filters.text))
    return rows.select_related("document", "unit").order_by("-entered_at", "-number", "register", "unit")


def documents_of(user: Viewer, filters: RegisterFilters) -> DocumentQuerySet:
    """Every document the person may read, newest first, whether or not it stands in a book of theirs."""
    rows = Document.objects.visible_to(user).search(filters.text)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.year:
        rows = rows.filter(issued_on__year=filters.year)
    return rows.order_by("-issued_on", "-id")


def numbers_of(user: Viewer, documents: Iterable[Document]) -> dict[int, RegisterEntry]:
    """The line of each document in the book of the person's own unit."""
    mine = own_unit_ids(user, Permission.DOCUMENT_READ)
    rows = RegisterEntry.objects.filter(unit__in=mine, document__in=[document.pk for document in documents])
    # Read backwards, so that of two the line of the highest unit stays.
    ordered = rows.select_related("unit").order_by("-unit__path", "-entered_at")
    return {entry.document_id: entry for entry in ordered}


def register_units(user: Viewer) -> list[Unit]:
    """The units whose books one may choose: the person's own and those directly below, highest first."""
    mine = own_unit_ids(user, Permission.DOCUMENT_READ)
    seen = units_visible_to(user).valid_on()
    return list((seen.filter(pk__in=mine) | seen.filter(parent__in=mine)).order_by("depth", "sort_key", "pk"))


def years_of(unit: Unit | None) -> list[int]:
    """The years in which a unit's books have lines, newest first."""
    last = today().year
    oldest = (
        RegisterEntry.objects.filter(unit=unit).aggregate(first=Min("entered_at"))["first"] if unit else None
    )
    return list(range(last, (day_of(oldest).year if oldest else last) - 1, -1))


# A plan follows its directive within months; older ones would only lengthen the list to choose from.
PLANNED_WITHIN = dt.timedelta(days=730)


def documents_sent_to(user: Viewer, units: Iterable[Unit]) -> DocumentQuerySet:
    """What was sent to these units in the last two years and not refused: what their own documents carry out."""
    sent = Delivery.objects.visible_to(user).filter(unit__in=[unit.pk for unit in units])
    recent = sent.filter(arrived_at__gte=now() - PLANNED_WITHIN).exclude(state__in=OVER)
    return (
        Document.objects.visible_to(user)
        .filter(pk__in=recent.values("document_id"))
        .order_by("-issued_on", "-id")
    )


def documents_issued_by(user: Viewer, units: Iterable[Unit]) -> DocumentQuerySet:
    """What these units have issued in the last two years: what a new document of theirs may replace."""
    rows = Document.objects.visible_to(user).filter(issuing_unit__in=[unit.pk for unit in units])
    recent = rows.filter(registered_at__gte=now() - PLANNED_WITHIN, direction=Direction.OUTGOING)
    return recent.order_by("-issued_on", "-id")


def waiting_count(user: Viewer) -> int:
    """How many papers were taken in and still have to be checked: the number on the tab."""
    return Intake.objects.visible_to(user).filter(state__in=ON_THE_DESK).count()


@dataclass(frozen=True)
class RelationLine:
    """A line among the relations: how, which document, and whether the person may open it."""

    said: str
    name: str
    subject: str
    url: str


@dataclass(frozen=True)
class Relations:
    """What a document cites, and what cites it; long lists are cut, ``more`` says by how many."""

    cites: list[RelationLine]
    cited_by: list[RelationLine]
    more: int


MOST_LINES = 10
# The same relations, told by the document that is cited.
_CITED: dict[str, str | Promise] = {
    Relation.BASED_ON: _("basis of"),
    Relation.IMPLEMENTS: _("carried out by"),
    Relation.AMENDS: _("amended by"),
    Relation.REPLACES: _("replaced by"),
    Relation.REPEALS: _("repealed by"),
    Relation.REFERS_TO: _("referred to by"),
}


def relations_of(user: Viewer, document: Document) -> Relations:
    """Both directions in three queries; documents out of reach are named as the paper names them, without a link."""
    cites = list(DocumentRelation.objects.filter(document=document).select_related("target").order_by("pk"))
    readable = DocumentRelation.objects.filter(target=document).filter(
        document__in=Document.objects.visible_to(user)
    )
    # What carries it out stands in the chain, level by level.
    readable = readable.exclude(relation=Relation.IMPLEMENTS)
    citing = list(
        readable.select_related("document__unit").order_by("relation", "-document__issued_on", "pk")[
            : MOST_LINES + 1
        ]
    )
    more = readable.count() - MOST_LINES if len(citing) > MOST_LINES else 0
    targets = [row.target_id for row in cites if row.target_id]
    open_targets = set(Document.objects.visible_to(user).filter(pk__in=targets).values_list("pk", flat=True))
    return Relations(
        cites=[_cited_line(row, row.target_id in open_targets) for row in cites],
        cited_by=[_citing_line(row) for row in citing[:MOST_LINES]],
        more=more,
    )


def _cited_line(row: DocumentRelation, may_open: bool) -> RelationLine:
    target = row.target if may_open else None
    return RelationLine(
        said=str(Relation(row.relation).label),
        name=target.symbol or target.subject if target else row.symbol or row.title or row.kind,
        subject=target.subject if target else " ".join(filter(None, [row.title, row.issuing_body])),
        url=target.get_absolute_url() if target else "",
    )


def _citing_line(row: DocumentRelation) -> RelationLine:
    return RelationLine(
        said=str(_CITED[row.relation]),
        name=str(row.document),
        subject=f"{row.document.unit.name}: {row.document.subject}",
        url=row.document.get_absolute_url(),
    )


def provisions_of(document: Document) -> list[Provision]:
    """What the document demands, in its order, with the units it names; two queries."""
    units = ProvisionUnit.objects.select_related("unit").order_by("-part", "unit__path")
    return list(document.provisions.order_by("ordinal").prefetch_related(Prefetch("units", units)))


def entries_of(user: Viewer, document: Document) -> list[RegisterEntry]:
    """The document's numbers in the books of the person's own units."""
    mine = own_unit_ids(user, Permission.DOCUMENT_READ)
    rows = RegisterEntry.objects.filter(unit__in=mine, document=document)
    return list(rows.select_related("unit").order_by("unit__path", "direction"))
