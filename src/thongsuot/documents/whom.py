"""Whom a document is sent to: a choice that stays one condition on the tree, however many units it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import today
from thongsuot.documents.models.groups import UnitGroup, UnitGroupMember
from thongsuot.organizations.models import Unit, UnitKind
from thongsuot.organizations.models.units import COMMUNE_LEVEL, UnitQuerySet
from thongsuot.organizations.queries import units_below

DIRECT, COMMUNES, CELLS, ALL = "direct", "communes", "cells", "all"
LEVELS: dict[str, str | Promise] = {
    DIRECT: _("the units directly below"),
    COMMUNES: _("all wards and communes"),
    CELLS: _("all Party cells"),
    ALL: _("all units below"),
}


@dataclass(frozen=True, kw_only=True)
class Whom:
    """Everybody that any part names, less ``without`` and whatever stands below those."""

    units: frozenset[int] = frozenset()
    levels: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    groups: frozenset[int] = frozenset()
    without: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.units or self.is_by_rule)

    @property
    def is_by_rule(self) -> bool:
        """Whether it means units that nobody has ticked one by one."""
        return bool(self.levels or self.kinds or self.groups)


def meant(unit: Unit, whom: Whom) -> UnitQuerySet:
    """The units in force below ``unit`` that are meant today."""
    condition = _by_rule(unit, whom.levels, whom.kinds) | Q(pk__in=whom.units)
    for group in UnitGroup.objects.filter(pk__in=whom.groups).select_related("unit"):
        condition |= _of_group(group)
    return units_below(unit).filter(condition).exclude(_at_or_below(whom.without))


def _of_group(group: UnitGroup) -> Q:
    members = list(UnitGroupMember.objects.filter(group=group).values_list("unit_id", "is_exception"))
    added = successors_of(key for key, is_exception in members if not is_exception)
    left_out = successors_of(key for key, is_exception in members if is_exception)
    condition = _by_rule(group.unit, group.levels, group.kinds) | Q(pk__in=added)
    return condition & ~_at_or_below(left_out)


def _by_rule(unit: Unit, levels: Iterable[str], kinds: Iterable[str]) -> Q:
    below = Q(path__gt=unit.path, path__lt=unit.path + "~")
    parts = {
        DIRECT: Q(parent=unit.pk),
        COMMUNES: below & Q(kind__in=COMMUNE_LEVEL),
        CELLS: below & Q(kind=UnitKind.CELL),
        ALL: below,
    }
    condition = Q(pk__in=[])
    for level in levels:
        condition |= parts.get(level, Q(pk__in=[]))
    wanted = list(kinds)
    return condition | (below & Q(kind__in=wanted)) if wanted else condition


def _at_or_below(keys: Iterable[int]) -> Q:
    condition = Q(pk__in=[])
    for path in Unit.objects.filter(pk__in=list(keys)).values_list("path", flat=True):
        condition |= Q(path__gte=path, path__lt=path + "~")
    return condition


def successors_of(keys: Iterable[int]) -> set[int]:
    """The units themselves, or who took over from those that have ended: these hang below their successor."""
    found, wanted = set[int](), set(keys)
    for _generation in range(8):
        if not wanted:
            break
        rows = list(Unit.objects.filter(pk__in=wanted).values_list("pk", "parent_id", "valid_to"))
        ended = {key: above for key, above, until in rows if until is not None and until <= today()}
        found |= {key for key, _above, _until in rows if key not in ended}
        wanted = set(ended.values())
    return found
