"""What the data say of a unit under inspection: the facts a self-report is drafted from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from thongsuot.core.clock import day_of, now, today
from thongsuot.documents.models import Delivery, Document
from thongsuot.inspections.sources import DisseminationFacts, dissemination_of
from thongsuot.organizations.models import Unit
from thongsuot.tasks.models import CLOSED, Task
from thongsuot.tasks.queries import TaskFigures, task_states

if TYPE_CHECKING:
    from thongsuot.inspections.models import Inspection


@dataclass(frozen=True)
class DocumentFacts:
    """One document in one unit: received when, planned when, made known to whom, which tasks in which state."""

    document: Document
    arrived_on: dt.date | None
    received_on: dt.date | None
    receive_by: dt.date | None
    plan: Document | None
    planned_on: dt.date | None
    plan_by: dt.date | None
    dissemination: DisseminationFacts
    given: TaskFigures
    passed_on: TaskFigures


@dataclass(frozen=True)
class Facts:
    """All documents of an inspection, and the units that are behind, with the moment they were true."""

    as_of: dt.datetime
    documents: Sequence[DocumentFacts]
    overdue: Sequence[tuple[str, int]]


def gather(inspection: Inspection) -> Iterator[DocumentFacts]:
    """One document after the other, so that whoever drafts can say how far it is."""
    subjects = inspection.subjects.select_related("document").order_by("document__issued_on", "document_id")
    for subject in subjects:
        yield document_facts(inspection, subject.document)


def document_facts(inspection: Inspection, document: Document) -> DocumentFacts:
    unit = inspection.inspected
    delivery = Delivery.objects.filter(unit=unit, document=document).select_related("plan").first()
    received = delivery.received_at if delivery else None
    tasks = Task.objects.filter(document=document)
    # What the unit was given, and what was passed on from there: never one sum of both, it would count twice.
    given = tasks.filter(unit=unit, assignee=None).exclude(giver=unit)
    passed_on = tasks.filter(giver__in=Unit.objects.under(unit))
    return DocumentFacts(
        document=document,
        arrived_on=day_of(delivery.arrived_at) if delivery else None,
        received_on=day_of(received) if received else None,
        receive_by=delivery.receive_by if delivery else None,
        plan=delivery.plan if delivery else None,
        planned_on=delivery.planned_on if delivery else None,
        plan_by=delivery.plan_by if delivery else None,
        dissemination=dissemination_of(document, unit, inspection.period_from, inspection.period_to),
        given=task_states(given, today()),
        passed_on=task_states(passed_on, today()),
    )


def facts_of(inspection: Inspection, documents: Sequence[DocumentFacts]) -> Facts:
    """The facts gathered, with the units that have overdue tasks, most first."""
    overdue = (
        Task.objects.filter(
            document__in=[facts.document for facts in documents],
            unit__in=Unit.objects.under(inspection.inspected),
            due__lt=today(),
        )
        .exclude(state__in=CLOSED)
        .values("unit__name", "unit__sort_key")
        .annotate(number=Count("pk"))
        .order_by("-number", "unit__sort_key")
    )
    named = [(row["unit__name"], row["number"]) for row in overdue]
    return Facts(as_of=now(), documents=documents, overdue=named)
