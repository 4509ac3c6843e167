"""Units in time: the tree of committees, boards, departments and cells as it stood on any day."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import today
from thongsuot.core.fields import BytewiseCharField
from thongsuot.core.placement import Placement
from thongsuot.core.search import Searchable, SearchQuerySet

SEGMENT = 6
Row = TypeVar("Row", bound=models.Model)


class ValidityQuerySet(models.QuerySet[Row]):
    def valid_on(self, day: dt.date | None = None) -> ValidityQuerySet[Row]:
        """Rows in force on a day (today when none is named); ``valid_to`` is the first day no longer in force."""
        day = day or today()
        return self.filter(models.Q(valid_to=None) | models.Q(valid_to__gt=day), valid_from__lte=day)


class Validity(models.Model):
    """In force from ``valid_from`` up to, not including, ``valid_to``; open when that is empty."""

    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True


def _ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
        name=name,
        violation_error_message=_("The end lies before the beginning."),
    )


class UnitKind(models.TextChoices):
    """What a unit is. The level in the tree is its depth, not its kind."""

    CITY_COMMITTEE = "city_committee", _("city Party committee")
    WARD_COMMITTEE = "ward_committee", _("ward Party committee")
    COMMUNE_COMMITTEE = "commune_committee", _("commune Party committee")
    ADVISORY_BOARD = "advisory_board", _("advisory board")
    INSPECTION_COMMISSION = "inspection_commission", _("inspection commission")
    DEPARTMENT = "department", _("department")
    FRONT = "front", _("Fatherland Front")
    MASS_ORGANISATION = "mass_organisation", _("mass organisation")
    CELL = "cell", _("Party cell")


COMMUNE_LEVEL = (UnitKind.WARD_COMMITTEE, UnitKind.COMMUNE_COMMITTEE)


class UnitQuerySet(SearchQuerySet["Unit"], ValidityQuerySet["Unit"]):  # type: ignore[override]  # as_manager of two
    def under(self, *tops: Unit) -> UnitQuerySet:
        """These units and everything below them, by one range of the path index each."""
        within = models.Q(pk__in=[])
        for top in tops:
            within |= models.Q(path__gte=top.path, path__lt=top.path + "~")
        return self.filter(within)

    def above(self, unit: Unit, *, itself: bool = False) -> UnitQuerySet:
        """The ancestors, nearest last."""
        paths = ancestor_paths(unit.path)
        return self.filter(path__in=paths if itself else paths[:-1]).order_by("path")

    def in_order(self) -> UnitQuerySet:
        return self.order_by("sort_key", "pk")


class Unit(Searchable, Validity):
    """One organisation. ``path`` is the chain of keys from the root, ``SEGMENT`` characters a level."""

    placement = Placement.REFERENCE

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = BytewiseCharField(max_length=20 * SEGMENT, unique=True, editable=False)
    depth = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField(_("kind"), max_length=30, choices=UnitKind.choices)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80)
    # The body's part of a document symbol: "ThU" in 12-CT/ThU.
    symbol = models.CharField(_("symbol"), max_length=20, blank=True)
    place = models.CharField(_("place name on documents"), max_length=100, blank=True)
    identifier = models.CharField(_("electronic identifier"), max_length=35, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            _ends_after_it_begins("unit_ends_after_it_begins"),
            models.CheckConstraint(condition=~models.Q(path=""), name="unit_has_a_path"),
        ]
        indexes = [
            models.Index(fields=["parent", "sort_key"], name="unit_children_in_order"),
            models.Index(fields=["kind", "path"], name="unit_kind_in_subtree"),
        ]

    def __str__(self) -> str:
        return self.name

    def contains(self, other: Unit) -> bool:
        """Whether the other unit is this one or lies below it."""
        return other.path.startswith(self.path)


class UnitAlias(models.Model):
    """How documents write the name of a unit ("Đảng ủy phường Cầu Ván", "UBND phường Cầu Ván")."""

    placement = Placement.REFERENCE

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "folded"], name="unit_alias_once")]
        indexes = [models.Index(fields=["folded"], name="unit_alias_by_name")]

    def __str__(self) -> str:
        return self.name


class TermQuerySet(ValidityQuerySet["Term"]):
    pass


class Term(Validity):
    """A committee's term: Party documents are numbered from the close of one congress to the next."""

    placement = Placement.REFERENCE

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="terms")
    name = models.CharField(_("term"), max_length=30)

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="term_once"),
            _ends_after_it_begins("term_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name


def ancestor_paths(path: str) -> list[str]:
    """The paths of all ancestors and of the unit itself, from the root down."""
    return [path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT)]


def segment_of(key: int) -> str:
    """The part of a path that one unit adds: its key in base 36, fixed width, so that byte order is key order."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while key:
        key, digit = divmod(key, 36)
        text = digits[digit] + text
    return text.rjust(SEGMENT, "0")
