"""What one subject tells another beside it, handed over by the one that stands above both."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q

from thongsuot.core.clock import day_of, end_of, moment
from thongsuot.dissemination.models import Session, SessionState
from thongsuot.dissemination.queries import Coverage, coverage_of
from thongsuot.documents.models import Document
from thongsuot.inspections.sources import DisseminationFacts, SessionFact
from thongsuot.organizations.models import Unit


def dissemination_for_inspections(
    document: Document, unit: Unit, start: dt.date, end: dt.date
) -> DisseminationFacts:
    """How a document was made known in a unit: the totals, and the sessions held there from ``start`` to ``end``."""
    told = coverage_of(document, [unit]).get(unit.pk, Coverage())
    cells = Q(units__unit__path__gte=unit.path, units__unit__path__lt=unit.path + "~")
    held = (
        Session.objects.filter(
            state=SessionState.HELD, starts_at__gte=moment(start, 0), starts_at__lte=end_of(end)
        )
        .filter(pk__in=document.sessions.values("session_id"))
        .annotate(cells=Count("units", filter=cells, distinct=True))
        .filter(cells__gt=0)
        .order_by("starts_at", "pk")
        .values_list("starts_at", "title", "cells")
    )
    return DisseminationFacts(
        required=told.required,
        reached=told.reached,
        in_time=told.in_time,
        cells=told.cells,
        met=told.met,
        sessions=tuple(SessionFact(day_of(at), title, number) for at, title, number in held),
    )
