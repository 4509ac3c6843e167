"""Breaches within reach, with their clocks and steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from thongsuot.core.ui.items import Entry
from thongsuot.core.ui.words import count, moment
from thongsuot.privacy.breaches.clock import Clock, clock_of
from thongsuot.privacy.models import Breach, BreachStep, StepKind

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

MOST_IN_HEAD = 5


@dataclass(frozen=True)
class Line:
    breach: Breach
    clock: Clock


def breaches(user: Viewer) -> QuerySet[Breach]:
    """Open ones first, those whose clock ends soonest on top; then closed ones, newest first."""
    rows = Breach.objects.visible_to(user).select_related("unit")
    return rows.order_by(F("closed_at").desc(nulls_first=True), "noticed_at", "pk")


def lines(rows: list[Breach]) -> list[Line]:
    return [Line(breach, clock_of(breach)) for breach in rows]


def running(user: Viewer) -> list[Line]:
    """Those whose clock runs, the soonest first: what the officer has to see before anything else."""
    rows = Breach.objects.visible_to(user).waiting().select_related("unit").order_by("noticed_at", "pk")
    return lines(list(rows[:MOST_IN_HEAD]))


def steps_of(breach: Breach) -> list[BreachStep]:
    return list(breach.steps.select_related("by").order_by("at", "id"))


def timeline_of(steps: list[BreachStep]) -> list[Entry]:
    """Each step as it was written."""
    return [Entry(step.at, str(step.by), f"{_sentence(step)}: {step.text}") for step in steps]


def _sentence(step: BreachStep) -> str:
    label = StepKind(step.kind).label
    if step.kind in (StepKind.AUTHORITY, StepKind.PEOPLE, StepKind.MEASURE):
        return _("%(what)s, at %(at)s") % {"what": label, "at": moment(step.happened_at)}
    return str(label)


def table_of(user: Viewer) -> Iterator[list[str]]:
    """Every breach within reach as a row of text, for export."""
    for breach in breaches(user).prefetch_related("steps").iterator(chunk_size=200):
        steps = sorted(breach.steps.all(), key=lambda step: (step.at, step.pk))
        measures = [step.text for step in steps if step.kind == StepKind.MEASURE]
        end = next((step.text for step in steps if step.kind == StepKind.CLOSED), "")
        told = next((step.happened_at for step in steps if step.kind == StepKind.PEOPLE), None)
        yield [
            str(breach.pk),
            breach.unit.name,
            breach.title,
            moment(breach.noticed_at),
            "; ".join(breach.kinds),
            "" if breach.people is None else count(breach.people),
            "\n".join(measures),
            moment(breach.deadline),
            moment(breach.notified_at),
            moment(told),
            clock_of(breach).text,
            moment(breach.closed_at),
            end,
        ]


def header() -> list[str]:
    return [
        _("No."),
        _("Unit"),
        _("What happened"),
        _("Noticed"),
        _("Kinds of data"),
        _("People concerned"),
        _("Measures"),
        _("Authority to be told by"),
        _("Authority told"),
        _("People told"),
        _("How it stands"),
        pgettext("breach", "Closed"),
        _("Reason"),
    ]
