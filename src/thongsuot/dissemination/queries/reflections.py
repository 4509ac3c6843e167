"""Papers a committee asks its members for: whose are still to come, and what one person may read of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.ui.items import Duty
from thongsuot.dissemination.models import (
    CoverageTotal,
    Receipt,
    Reflection,
    ReflectionCall,
    ReflectionKind,
    ReflectionState,
    ReflectionText,
    ResponseTotal,
)
from thongsuot.dissemination.queries.own import asked_receipt, name_of
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.models.units import ancestor_paths
from thongsuot.organizations.reach import person_of, reach

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.organizations.reach import Viewer

MOST = 50
MEASURE = {ReflectionKind.REFLECTION: "reflections", ReflectionKind.COMMITMENT: "commitments"}


@dataclass(frozen=True)
class OwnPaper:
    """What one person is asked to write: by when, how it stands, and their own words."""

    kind: ReflectionKind
    due: dt.date
    reflection: Reflection | None
    text: ReflectionText | None

    @property
    def is_open(self) -> bool:
        return self.reflection is None or self.reflection.state == ReflectionState.RETURNED


@dataclass(frozen=True)
class PaperCount:
    """How many of those asked have handed in."""

    kind: ReflectionKind
    due: dt.date
    handed_in: int
    required: int


@dataclass(frozen=True)
class PapersOf:
    unit: Unit
    counts: list[PaperCount]


@dataclass(frozen=True)
class MemberPaper:
    """One member of a cell and what they are asked for; without any words."""

    person: Person
    kind: ReflectionKind
    due: dt.date
    reflection: Reflection | None


Binding = dict[ReflectionKind, dt.date]


def binding_on(calls: Iterable[ReflectionCall], unit: Unit) -> Binding:
    """What is asked in a unit by itself and those above it, with the first day that binds it."""
    paths = set(ancestor_paths(unit.path))
    days: Binding = {}
    for call in calls:
        if call.unit.path in paths:
            kind = ReflectionKind(call.kind)
            days[kind] = min(call.due, days.get(kind, call.due))
    return {kind: days[kind] for kind in ReflectionKind if kind in days}


def calls_about(document: Document) -> list[ReflectionCall]:
    rows = ReflectionCall._default_manager.filter(document=document)
    return list(rows.select_related("unit", "document").order_by("due", "pk"))


def own_papers(user: User, document: Document) -> list[OwnPaper]:
    """What the person is asked to hand in about a document."""
    receipt = asked_receipt(user, document)
    if receipt is None:
        return []
    asked = binding_on(calls_about(document), receipt.unit)
    of_person = {"unit": receipt.unit_id, "document": document, "person": receipt.person_id}
    rows = {row.kind: row for row in Reflection.objects.filter(**of_person)}
    texts = {row.kind: row for row in ReflectionText._default_manager.filter(**of_person)}
    return [OwnPaper(kind, due, rows.get(kind), texts.get(kind)) for kind, due in asked.items()]


def papers_by_unit(document: Document, unit: Unit, below: Iterable[Unit]) -> list[PapersOf]:
    """The counts of a unit and of those named, from the totals: three queries for any number."""
    units, calls = [unit, *below], calls_about(document)
    required = dict(
        CoverageTotal.objects.filter(document=document, unit__in=units).values_list("unit_id", "required")
    )
    totals = {
        row.unit_id: row for row in ResponseTotal._default_manager.filter(document=document, unit__in=units)
    }
    return [
        PapersOf(
            one,
            [
                PaperCount(kind, due, getattr(totals.get(one.pk), MEASURE[kind], 0), required.get(one.pk, 0))
                for kind, due in binding_on(calls, one).items()
            ],
        )
        for one in units
    ]


def members_asked(user: Viewer, document: Document, cell: Unit) -> QuerySet[Receipt]:
    """The members of a cell who are asked, by name, for those who may know."""
    return (
        Receipt.objects.filter(
            reach(user, Permission.MEMBERS_READ), unit=cell, document=document, released_at=None
        )
        .select_related("person")
        .order_by("person__sort_key", "person_id")
    )


def papers_of_members(document: Document, cell: Unit, receipts: Iterable[Receipt]) -> list[MemberPaper]:
    """How the papers of these members stand, one line for each that is asked."""
    people = [receipt.person for receipt in receipts]
    rows = Reflection.objects.filter(unit=cell, document=document, person__in=people)
    found = {(row.person_id, row.kind): row for row in rows}
    asked = binding_on(calls_about(document), cell)
    return [
        MemberPaper(person, kind, due, found.get((person.pk, kind)))
        for person in people
        for kind, due in asked.items()
    ]


def paper_of(document: Document, cell: Unit, person: Person, kind: ReflectionKind) -> tuple[Any, Any]:
    """Row and words of one paper; the caller has asked for the right of the head of the cell."""
    key = {"unit": cell, "document": document, "person": person, "kind": kind}
    return Reflection.objects.filter(**key).first(), ReflectionText._default_manager.filter(**key).first()


def my_papers(user: Viewer) -> list[Duty]:
    """Reflections and commitments a person has still to hand in; one query where nothing is asked."""
    person = person_of(user)
    if person is None:
        return []
    me = Person.objects.same_as(person)
    own = Receipt.objects.filter(person__in=me, released_at=None)
    calls = ReflectionCall._default_manager.filter(document__in=own.values("document"))
    asked = list(calls.select_related("unit", "document").order_by("due", "pk")[:MOST])
    if not asked:
        return []
    documents = {call.document_id: call.document for call in asked}
    receipts = list(own.filter(document__in=documents).select_related("unit").order_by("unit_id"))
    done = set(
        Reflection.objects.handed_in()
        .filter(person__in=me, document__in=documents)
        .values_list("document_id", "kind")
    )
    open_ones: dict[tuple[int, ReflectionKind], dt.date] = {}
    for receipt in receipts:
        of_document = [call for call in asked if call.document_id == receipt.document_id]
        for kind, due in binding_on(of_document, receipt.unit).items():
            if (receipt.document_id, kind) not in done:
                open_ones.setdefault((receipt.document_id, kind), due)
    return [_duty(documents[key], kind, due) for (key, kind), due in open_ones.items()]


def _duty(document: Document, kind: ReflectionKind, due: dt.date) -> Duty:
    address = reverse("dissemination:papers", args=[document.pk])
    return Duty(
        title=_("Hand in: %(kind)s on %(document)s") % {"kind": kind.label, "document": name_of(document)},
        note=document.subject,
        due=due,
        url=address,
        icon="edit",
        act_label=_("Write the paper"),
        act_url=address,
    )
