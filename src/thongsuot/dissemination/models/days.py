"""On which day, and in which way, a document reached how many: counted in each cell, summed up the tree.

A day counts those who stand as reached on it, in the text in force. So a correction changes the day it is about,
not the day on which it was made, and whoever is asked again since a change of the text is taken off the day of
their first confirmation: the days always add up to ``CoverageCounter.reached``.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Count, Q

from thongsuot.core.personal import nothing
from thongsuot.dissemination.models.coverage import CoverageCounter
from thongsuot.dissemination.models.receipts import Receipt
from thongsuot.documents.counting import Leaves, SubtreeTotal, UnitCounter


class CoverageDay(UnitCounter):
    """People of one cell whom a document reached on one day in one way."""

    personal = nothing("channel")
    MEASURES = ("reached",)
    BY = ("day", "channel")

    pk = models.CompositePrimaryKey("unit_id", "document_id", "day", "channel")
    day = models.DateField()
    channel = models.CharField(max_length=8)  # one of Channel
    reached = models.IntegerField(default=0)
    folded_reached = models.IntegerField(default=0)

    class Meta(UnitCounter.Meta):
        indexes = UnitCounter.indexes("coverage_day")
        constraints = [
            models.CheckConstraint(condition=Q(reached__gte=0), name="reached_on_a_day_is_no_debt")
        ]

    @classmethod
    def holder(cls) -> type[UnitCounter]:
        return CoverageCounter

    @classmethod
    def leaves(cls) -> list[Leaves]:
        reached = Receipt.objects.exclude(reached_on=None)
        return [Leaves(reached, {"reached": Count("person_id")}, by=("reached_on", "channel"))]


class CoverageDayTotal(SubtreeTotal):
    """The same, summed over a unit and everything below it."""

    personal = nothing("channel")
    COUNTER = CoverageDay

    pk = models.CompositePrimaryKey("unit_id", "document_id", "day", "channel")
    day = models.DateField()
    channel = models.CharField(max_length=8)  # one of Channel
    reached = models.IntegerField(default=0)

    class Meta(SubtreeTotal.Meta):
        indexes = SubtreeTotal.indexes("coverage_day_total")
