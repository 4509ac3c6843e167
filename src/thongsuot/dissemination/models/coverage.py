"""How many of those who must hear of a document have: counted in each cell, summed up the tree."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, Max, Min, Q, Sum, Value, When
from django.db.models.functions import Coalesce, TruncDate

from thongsuot.dissemination.models.receipts import Channel, Outside, Receipt
from thongsuot.dissemination.models.residents import ResidentCount
from thongsuot.dissemination.models.sessions import Attendance, AttendanceState
from thongsuot.documents.counting import Leaves, Step, SubtreeTotal, UnitCounter
from thongsuot.organizations.models import UnitKind

# What the numbers of events add up to.
OF_RESIDENTS = {
    "residents": Sum("number"),
    "invited": Sum(Coalesce("expected", 0)),
    "came": Sum(Case(When(expected__isnull=False, then="number"), default=0)),
}


class CoverageCounter(UnitCounter):
    """People of one cell: who must hear of a document, who has, who in time; whether the cell has met for it.

    ``required`` are those who are asked or have been reached. The others are one of three: ``released``, for the
    document was taken back; ``exempt``; ``gone`` from where they were asked. ``key`` counts key cadres among the
    required; ``residents`` people who are known as a number only,
    ``came`` those of them at events of which it is known how many were ``invited``.
    """

    MEASURES = (
        *("required", "reached", "in_time", "by_session", "met", "cells", "released"),
        *("exempt", "gone", "key", "key_reached", "key_in_time", "residents"),
        *("invited", "came"),
    )
    FIRSTS = ("asked_on", "first_met_on")
    STEPS = (Step("asked", "asked_on", "asked_on"), Step("met", "asked_on", "first_met_on"))
    STANDS = "{0}cells > 0"

    required = models.IntegerField(default=0)
    reached = models.IntegerField(default=0)
    in_time = models.IntegerField(default=0)
    by_session = models.IntegerField(default=0)
    met = models.IntegerField(default=0)
    cells = models.IntegerField(default=0)
    released = models.IntegerField(default=0)
    exempt = models.IntegerField(default=0)
    gone = models.IntegerField(default=0)
    key = models.IntegerField(default=0)
    key_reached = models.IntegerField(default=0)
    key_in_time = models.IntegerField(default=0)
    residents = models.IntegerField(default=0)
    invited = models.IntegerField(default=0)
    came = models.IntegerField(default=0)
    folded_required = models.IntegerField(default=0)
    folded_reached = models.IntegerField(default=0)
    folded_in_time = models.IntegerField(default=0)
    folded_by_session = models.IntegerField(default=0)
    folded_met = models.IntegerField(default=0)
    folded_cells = models.IntegerField(default=0)
    folded_released = models.IntegerField(default=0)
    folded_exempt = models.IntegerField(default=0)
    folded_gone = models.IntegerField(default=0)
    folded_key = models.IntegerField(default=0)
    folded_key_reached = models.IntegerField(default=0)
    folded_key_in_time = models.IntegerField(default=0)
    folded_residents = models.IntegerField(default=0)
    folded_invited = models.IntegerField(default=0)
    folded_came = models.IntegerField(default=0)
    # The day the cell was first asked to make it known to its members, and that of its first meeting about it.
    asked_on = models.DateField(null=True, blank=True)
    first_met_on = models.DateField(null=True, blank=True)
    folded_asked_on = models.DateField(null=True, blank=True)
    folded_first_met_on = models.DateField(null=True, blank=True)

    class Meta(UnitCounter.Meta):
        indexes = UnitCounter.indexes("coverage_counter")
        constraints = [
            models.CheckConstraint(
                condition=Q(reached__lte=models.F("required"), in_time__lte=models.F("reached")),
                name="reached_are_among_the_required",
            ),
            models.CheckConstraint(
                condition=Q(key_reached__lte=models.F("key"), key_in_time__lte=models.F("key_reached")),
                name="key_reached_are_among_the_key",
            ),
        ]

    @classmethod
    def leaves(cls) -> list[Leaves]:
        asked = Q(released_at=None)
        # The day of the first moment: asked of each row, the day cost more than all else that is counted.
        zone = ZoneInfo(settings.TIME_ZONE)
        of_receipts = {
            "required": Count("person_id", filter=asked),
            "reached": Count("reached_on"),
            "in_time": Count("person_id", filter=Q(reached_on__lte=F("due"))),
            "by_session": Count("person_id", filter=Q(channel=Channel.SESSION)),
            "cells": Max(Case(When(asked & Q(unit__kind=UnitKind.CELL), then=1), default=0)),
            "released": Count("released_at", filter=Q(outside=Outside.NOT)),
            "exempt": Count("person_id", filter=Q(outside=Outside.EXEMPT)),
            "gone": Count("person_id", filter=Q(outside=Outside.GONE)),
            "key": Count("person_id", filter=asked & Q(is_key=True)),
            "key_reached": Count("reached_on", filter=Q(is_key=True)),
            "key_in_time": Count("person_id", filter=Q(is_key=True, reached_on__lte=F("due"))),
            "asked_on": TruncDate(Min("requirement__opened_at"), tzinfo=zone),
        }
        present = Attendance.objects.filter(state=AttendanceState.PRESENT)
        of_meetings = {
            "met": Max(Value(1)),
            "first_met_on": TruncDate(Min("session__starts_at"), tzinfo=zone),
        }
        return [
            Leaves(Receipt.objects.all(), of_receipts),
            Leaves(ResidentCount.objects.filter(corrected_at=None), dict(OF_RESIDENTS)),
            # A cell whose members were all required elsewhere may meet: that makes no counter.
            Leaves(present, of_meetings, "session__agenda__document_id", found=False),
        ]


class CoverageTotal(SubtreeTotal):
    """The same, summed over a unit and everything below it."""

    COUNTER = CoverageCounter

    required = models.IntegerField(default=0)
    reached = models.IntegerField(default=0)
    in_time = models.IntegerField(default=0)
    by_session = models.IntegerField(default=0)
    met = models.IntegerField(default=0)
    cells = models.IntegerField(default=0)
    released = models.IntegerField(default=0)
    exempt = models.IntegerField(default=0)
    gone = models.IntegerField(default=0)
    key = models.IntegerField(default=0)
    key_reached = models.IntegerField(default=0)
    key_in_time = models.IntegerField(default=0)
    residents = models.IntegerField(default=0)
    invited = models.IntegerField(default=0)
    came = models.IntegerField(default=0)

    class Meta(SubtreeTotal.Meta):
        indexes = SubtreeTotal.indexes("coverage_total")
