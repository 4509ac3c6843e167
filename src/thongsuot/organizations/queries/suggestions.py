"""Units to choose from while somebody types: by any of their names without accents, and whole classes at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.core.search import searchable
from thongsuot.core.text import fold
from thongsuot.organizations.models import Unit, UnitAlias
from thongsuot.organizations.queries.actors import units_of_class

MOST = 8
_CANDIDATES = 60
# A class by its name on the screen and the words that papers use for it.
OFFERED: tuple[tuple[str | Promise, str], ...] = (
    (_("All wards and communes"), "các phường, xã"),
    (_("All wards"), "các phường"),
    (_("All communes"), "các xã"),
    (_("All departments and boards"), "các phòng, ban, ban đảng"),
    (_("The Fatherland Front and the mass organisations"), "các mặt trận, đoàn thể"),
    (_("All units directly below"), "các đơn vị trực thuộc"),
    (_("All cells directly below"), "các chi bộ trực thuộc"),
    (_("All cells"), "các chi bộ"),
)


@dataclass(frozen=True)
class Suggestion:
    """One line to choose: a unit, or a class with all its units."""

    label: str
    units: tuple[Unit, ...]

    @property
    def is_class(self) -> bool:
        return len(self.units) > 1


def suggest_units(text: str, *, within: Unit) -> list[Suggestion]:
    """What somebody may mean who has typed this much; nothing for nothing. At most ``MOST`` units, today's only."""
    typed = searchable(text).split()
    if not typed:
        return []
    return [*_classes(typed, within), *_units(text, typed, within)]


def _classes(typed: list[str], within: Unit) -> list[Suggestion]:
    found = []
    for label, words in OFFERED:
        known = searchable(label, words).split()
        if all(any(word.startswith(part) for word in known) for part in typed):
            units = units_of_class(words, within=within)
            if len(units) > 1:
                found.append(Suggestion(str(label), tuple(units)))
    return found


def _units(text: str, typed: list[str], within: Unit) -> list[Suggestion]:
    under = Unit.objects.under(within)
    here = under.valid_on()
    by_alias = UnitAlias.objects.filter(folded__startswith=fold(text).strip(), unit__in=here).values("unit")
    named = here.filter(pk__in=by_alias).order_by("depth", "sort_key", "pk")[:_CANDIDATES]
    searched = under.search(" ".join(typed)).valid_on().order_by("depth", "sort_key", "pk")[:_CANDIDATES]
    candidates = {unit.pk: unit for unit in [*named, *searched]}

    def rank(unit: Unit) -> tuple[bool, int, str, int]:
        begins = searchable(unit.short_name).startswith(" ".join(typed))
        return not begins, unit.depth, unit.sort_key, unit.pk

    return [Suggestion(unit.name, (unit,)) for unit in sorted(candidates.values(), key=rank)[:MOST]]
