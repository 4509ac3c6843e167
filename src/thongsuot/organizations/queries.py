"""Reading units and people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thongsuot.accounts.roles import Permission
from thongsuot.core.text import fold
from thongsuot.organizations.models import Membership, Person, Position, Term, Unit, UnitAlias
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


@dataclass(frozen=True)
class Actor:
    """Who a text means: named units, or a whole class ("recipients": whoever receives the document)."""

    units: tuple[Unit, ...] = ()
    is_recipients: bool = False


# "đảng ủy các phường, xã", "UBND các xã, phường", "các chi, đảng bộ", "các địa phương", "các cơ quan, đơn vị"
_COLLECTIVE = re.compile(
    r"\bcac (dang uy|cap uy|phuong|xa|dia phuong|co quan|don vi|chi bo|chi dang bo|so|ban|nganh|to chuc)\b"
    r"|\b(phuong, xa|xa, phuong|truc thuoc)\b"
)


def resolve_actors(texts: Sequence[str], *, within: Unit) -> Actor:
    """Match the names a document uses with the deployment's own units under ``within``, in one query.

    Nothing is guessed: what matches neither a name, an alias nor a collective stays unresolved for the clerk.
    """
    folded = {fold(text).strip(" .;:") for text in texts if text.strip()}
    if not folded:
        return Actor()
    named = UnitAlias.objects.filter(folded__in=folded, unit__in=Unit.objects.under(within).valid_on())
    units = {alias.unit_id: alias.unit for alias in named.select_related("unit").order_by("unit__path")}
    collective = any(_COLLECTIVE.search(text) for text in folded)
    return Actor(units=tuple(units.values()), is_recipients=collective and not units)


def head_of(unit: Unit, day: dt.date | None = None) -> Position | None:
    """Who heads a unit on a day, with the person: the one that signs for it."""
    heads = Position.objects.valid_on(day).filter(unit=unit, is_head=True).select_related("person")
    return heads.order_by("-valid_from", "pk").first()
