"""Reading units and people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.organizations.models import Membership, Person, Position, Term, Unit
from thongsuot.organizations.models.units import COMMUNE_LEVEL, UnitQuerySet
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    import datetime as dt

    from thongsuot.organizations.reach import Viewer


def units_visible_to(user: Viewer) -> UnitQuerySet:
    """The units a person may look into: those their roles reach."""
    return Unit.objects.filter(reach(user, Permission.UNIT_READ, field=""))


def units_below(unit: Unit, day: dt.date | None = None) -> UnitQuerySet:
    """Units in force under this one, without itself, in the order of the tree."""
    return Unit.objects.under(unit).exclude(pk=unit.pk).valid_on(day).order_by("path")  # type: ignore[return-value]


def commune_level_below(unit: Unit) -> UnitQuerySet:
    """The wards and communes under a committee, in the Vietnamese order."""
    return units_below(unit).filter(kind__in=COMMUNE_LEVEL).order_by("sort_key", "pk")


def members_of(units: Iterable[Unit], day: dt.date | None = None) -> list[Person]:
    """The members of these cells on a day, in the order of their given names."""
    rows = Membership.objects.valid_on(day).filter(unit__in=list(units)).values("person")
    return list(Person.objects.filter(pk__in=rows).order_by("sort_key", "pk"))


def term_of(unit: Unit, day: dt.date) -> Term | None:
    """The term in which a unit's Party documents are numbered: its own committee's, else that of the nearest above."""
    chain = Unit.objects.above(unit, itself=True)
    terms = Term.objects.valid_on(day).filter(unit__in=chain).select_related("unit").order_by("-unit__path")
    return terms.first()


def head_of(unit: Unit, day: dt.date | None = None) -> Position | None:
    """Who heads a unit on a day, with the person: the one that signs for it."""
    heads = Position.objects.valid_on(day).filter(unit=unit, is_head=True).select_related("person")
    return heads.order_by("-valid_from", "pk").first()
