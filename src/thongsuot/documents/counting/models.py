"""The rows that count: of one unit, of everything below it, and whose turn it is to add the one to the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.apps import apps
from django.db import models

from thongsuot.core.clock import now
from thongsuot.core.personal import nothing
from thongsuot.core.placement import Placement


@dataclass(frozen=True)
class Leaves:
    """Rows with a unit, the way from them to the document, and what is counted of them: expressions that aggregate.

    Those that do not ``found`` a counter only add to one that is there. ``by`` is the way to what else the counter
    is kept by.
    """

    rows: models.QuerySet[Any, Any]
    measures: dict[str, Any]
    document: str = "document_id"
    found: bool = True
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """A step of a unit: the field with its day, and the one from which the days it took are counted."""

    name: str
    since: str
    day: str


class UnitCounter(models.Model):
    """Numbers of one document in one unit. For each measure ``m`` the model has ``m`` and ``folded_m``.

    ``FIRSTS`` are days that are counted from the leaves too: the first one stands in the counter. ``BY`` are further
    columns of the key of the counter and of its total, such as a day. ``STEPS`` are those that ``FlowDay`` adds up,
    while ``STANDS`` is true (a condition; the braces stand for the columns' prefix); a day ``d`` in a step has
    ``folded_d`` as well.
    """

    placement = Placement.LEAF
    MEASURES: ClassVar[tuple[str, ...]] = ()
    FIRSTS: ClassVar[tuple[str, ...]] = ()
    BY: ClassVar[tuple[str, ...]] = ()
    STEPS: ClassVar[tuple[Step, ...]] = ()
    STANDS: ClassVar[str] = ""

    pk = models.CompositePrimaryKey("unit_id", "document_id")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+", db_index=False)
    changed = models.BooleanField(default=True)
    batch = models.UUIDField(null=True)

    class Meta:
        abstract = True

    @classmethod
    def of(cls) -> tuple[str, ...]:
        """What the numbers are of, the unit aside: the columns by which sums up the tree are kept apart."""
        return ("document_id", *cls.BY)

    @classmethod
    def step_days(cls) -> list[str]:
        """The fields of days that are added up, each once."""
        return list(dict.fromkeys(name for step in cls.STEPS for name in (step.since, step.day)))

    @classmethod
    def leaves(cls) -> list[Leaves]:
        """What the measures are counted from; each measure comes from one of them."""
        raise NotImplementedError

    @classmethod
    def holder(cls) -> type[UnitCounter]:
        """The counter whose row a writer holds before it changes one of these, or makes it."""
        return cls

    @staticmethod
    def indexes(name: str) -> list[models.Index]:
        return [
            models.Index(fields=["document"], name=f"{name}_document"),
            models.Index(fields=["changed"], condition=models.Q(changed=True), name=f"{name}_changed"),
            models.Index(fields=["batch"], condition=models.Q(batch__isnull=False), name=f"{name}_batch"),
        ]


class SubtreeTotal(models.Model):
    """The sums of a counter over a unit and everything below it, true at ``as_of``."""

    placement = Placement.LEAF
    COUNTER: ClassVar[type[UnitCounter]]

    pk = models.CompositePrimaryKey("unit_id", "document_id")
    # Made from counters, whose units and documents the database looks after: for each total it would cost as much as
    # the total itself.
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    as_of = models.DateTimeField(default=now)

    class Meta:
        abstract = True

    @staticmethod
    def indexes(name: str) -> list[models.Index]:
        return [models.Index(fields=["document"], name=f"{name}_document")]


class FlowDay(models.Model):
    """How many units below this one, of one depth in the tree, took a step on ``day``, counted from ``since``.

    The units strictly below: what a unit did itself stands in its own counter, so a unit without any below has no
    rows, and the rows of one with thousands are as many as there are days.
    """

    placement = Placement.LEAF
    personal = nothing("step")

    pk = models.CompositePrimaryKey("unit_id", "document_id", "step", "depth", "since", "day")
    # As of totals; to look after them the database would also hold the unit while a fold ends, against whoever
    # reorganises it and waits for the fold.
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    step = models.CharField(max_length=8)
    depth = models.PositiveSmallIntegerField()
    since = models.DateField()
    day = models.DateField()
    number = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["document"], name="flow_day_document")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.unit_id} {self.step} {self.day}: {self.number}"


class CountingTurn(models.Model):
    """Held by whoever adds counters to totals, or makes the totals anew: one at a time for each kind of counter."""

    placement = Placement.LOCAL
    personal = nothing("counter")

    counter = models.CharField(max_length=100, primary_key=True)

    def __str__(self) -> str:
        return self.counter


def counted_totals() -> Iterator[type[SubtreeTotal]]:
    """Every kind of total there is; each names its counter."""
    for model in apps.get_models():
        if issubclass(model, SubtreeTotal):
            yield model
