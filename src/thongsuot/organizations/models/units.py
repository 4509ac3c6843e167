"""Units in time: the tree of committees, boards, departments and cells as it stood on any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import today
from thongsuot.core.fields import BytewiseCharField
from thongsuot.core.personal import Held, Personal, nothing
from thongsuot.core.placement import Placement
from thongsuot.core.search import Searchable, SearchQuerySet, searchable

OF_THE_UNIT = Personal(_("so that the unit can be reached; a person's own number may stand here"))

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

    @property
    def last_day(self) -> dt.date | None:
        """The last day in force, as people say it."""
        return day_before(self.valid_to)


def day_before(end: dt.date | None) -> dt.date | None:
    return end - dt.timedelta(days=1) if end else None


def _ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
        name=name,
        violation_error_message=_("The end lies before the beginning."),
    )


class UnitKind(models.TextChoices):
    """What a unit is. The level in the tree is its depth, not its kind."""

    PROVINCE_COMMITTEE = "province_committee", _("province Party committee")
    CITY_COMMITTEE = "city_committee", _("city Party committee")
    WARD_COMMITTEE = "ward_committee", _("ward Party committee")
    COMMUNE_COMMITTEE = "commune_committee", _("commune Party committee")
    ADVISORY_BOARD = "advisory_board", _("advisory board")
    INSPECTION_COMMISSION = "inspection_commission", _("inspection commission")
    DEPARTMENT = "department", _("department")
    FRONT = "front", _("Fatherland Front")
    MASS_ORGANISATION = "mass_organisation", _("mass organisation")
    CELL = "cell", _("Party cell")
    GRASSROOTS_COMMITTEE = "grassroots_committee", _("grass-roots Party committee")
    STANDING_BODY = "standing_body", _("standing body")
    PEOPLES_COUNCIL = "peoples_council", _("People's Council")
    PEOPLES_COMMITTEE = "peoples_committee", _("People's Committee")
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")
    SCHOOL = "school", _("school")
    SERVICE = "service", _("public service unit")
    POST = "post", _("post of the police or the army")


COMMUNE_LEVEL = (UnitKind.WARD_COMMITTEE, UnitKind.COMMUNE_COMMITTEE)
# Where somebody belongs to a mass organisation: the organisation itself, or a branch of it below.
MASS_KINDS = (UnitKind.MASS_ORGANISATION, UnitKind.FRONT)


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
    """One organisation as it stands, or as it last stood. What it was on an earlier day: ``UnitVersion``.

    ``path`` is the chain of keys from the root, ``SEGMENT`` characters a level. A unit that has ended hangs below
    the one that took over from it, so that rights and totals of the successor reach what it left behind.
    """

    placement = Placement.REFERENCE
    personal = Held(
        _("units"),
        {
            "address": OF_THE_UNIT.but(label=_("address")),
            "phone": OF_THE_UNIT.but(label=_("telephone")),
            "email": OF_THE_UNIT.but(label=_("e-mail")),
        },
        none=(
            *("search_text", "sort_key", "path", "name", "short_name", "symbol", "place", "identifier"),
            *("old_identifier", "area_code", "code"),
        ),
    )

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = BytewiseCharField(max_length=20 * SEGMENT, unique=True, editable=False)
    depth = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField(_("kind"), max_length=30, choices=UnitKind.choices)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80)
    # The body's part of a document symbol: "ThU" in 12-CT/ThU.
    symbol = models.CharField(_("symbol"), max_length=20, blank=True)
    place = models.CharField(_("place name on documents"), max_length=100, blank=True)
    # Two generations live side by side: Decision 20/2020/QĐ-TTg (at most 35 characters, the top level first:
    # "H37.02.02") and the 13 characters before it, the top level last ("000.01.12.H28").
    identifier = models.CharField(_("electronic identifier"), max_length=35, blank=True)
    old_identifier = models.CharField(_("electronic identifier, older form"), max_length=13, blank=True)
    area_code = models.CharField(_("code of the administrative area"), max_length=10, blank=True)
    # The key of the office's own list: an import finds the unit again by it.
    code = models.CharField(_("code in the office's list"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            _ends_after_it_begins("unit_ends_after_it_begins"),
            models.CheckConstraint(condition=~models.Q(path=""), name="unit_has_a_path"),
            models.UniqueConstraint(
                fields=["code"],
                condition=~models.Q(code=""),
                name="unit_code_once",
                violation_error_message=_("Another unit has this code."),
            ),
        ]
        indexes = [
            models.Index(fields=["parent", "sort_key"], name="unit_children_in_order"),
            models.Index(fields=["kind", "path"], name="unit_kind_in_subtree"),
            # Every request asks whether something has ended below the units of one's roles; few units have.
            models.Index(
                fields=["parent"], condition=models.Q(valid_to__isnull=False), name="unit_ended_below"
            ),
            models.Index(fields=["area_code"], condition=~models.Q(area_code=""), name="unit_by_area_code"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organizations:unit", args=[self.pk])

    def found_by(self, names: Iterable[str] = ()) -> str:
        """The folded words it is found by: its names, those of documents, its codes."""
        codes = (self.code, self.identifier, self.old_identifier, self.area_code)
        return searchable(self.name, self.short_name, *names, *codes)

    def contains(self, other: Unit) -> bool:
        """Whether the other unit is this one or lies below it."""
        return other.path.startswith(self.path)


class UnitVersionQuerySet(ValidityQuerySet["UnitVersion"]):
    def under(self, path: str) -> UnitVersionQuerySet:
        """What stood at or below this place. Use with ``valid_on``: a path belongs to a day."""
        return self.filter(path__gte=path, path__lt=path + "~")


class UnitVersion(Validity):
    """A unit's name, kind and place in the tree from one day to another: the tree as it stood on any day.

    Every unit has one open version while it lasts; whatever changes one of these fields closes it and opens the
    next, for all units below as well when the path changes.
    """

    placement = Placement.REFERENCE
    personal = nothing("path", "name", "short_name", "symbol", "sort_key")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    path = BytewiseCharField(max_length=20 * SEGMENT)
    depth = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30, choices=UnitKind.choices)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    symbol = models.CharField(max_length=20, blank=True)
    sort_key = BytewiseCharField(max_length=400)

    COPIED = ("parent_id", "path", "depth", "kind", "name", "short_name", "symbol", "sort_key")

    objects = UnitVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_version_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(valid_to=None), name="unit_version_open_once"
            ),
            _ends_after_it_begins("unit_version_ends_after_it_begins"),
        ]
        indexes = [
            models.Index(fields=["path", "valid_from"], name="unit_version_in_subtree"),
            models.Index(fields=["parent", "sort_key"], name="unit_version_children"),
            # The order in which units of a kind are listed: of 300,000 a page reads its own.
            models.Index(fields=["kind", "depth", "sort_key", "unit"], name="unit_version_of_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, unit: Unit) -> UnitVersion:
        """The version that describes the unit as it stands, in force as long as the unit is; not saved."""
        copied = {name: getattr(unit, name) for name in cls.COPIED}
        return cls(unit=unit, valid_from=unit.valid_from, valid_to=unit.valid_to, **copied)


class UnitSuccession(models.Model):
    """Who took over from a unit that ended: one successor after a merger, two or more after a split.

    ``share`` is the part of its figures that goes to this successor (0 to 1; the shares of one unit add up to 1).
    The main successor keeps the records.
    """

    placement = Placement.REFERENCE

    old = models.ForeignKey(Unit, models.PROTECT, related_name="successors")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="predecessors")
    effective_on = models.DateField(_("from"))
    share = models.DecimalField(_("share"), max_digits=5, decimal_places=4, default=1)
    is_main = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
            models.UniqueConstraint(
                fields=["old"], condition=models.Q(is_main=True), name="succession_one_main"
            ),
            models.CheckConstraint(
                condition=models.Q(share__gte=0, share__lte=1), name="succession_share_is_a_part"
            ),
            models.CheckConstraint(
                condition=~models.Q(old=models.F("new")), name="succession_to_another_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class UnitAlias(models.Model):
    """How documents write the name of a unit ("Đảng ủy phường Cầu Ván", "UBND phường Cầu Ván")."""

    placement = Placement.REFERENCE
    personal = nothing("name", "folded")

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
    personal = nothing("name")

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
