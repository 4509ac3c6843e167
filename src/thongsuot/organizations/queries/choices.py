"""Units to choose from in a form that works without script: what is near, or what was looked for."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q

from thongsuot.organizations.models import Unit
from thongsuot.organizations.models.units import UnitQuerySet
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.accounts.roles import Permission
    from thongsuot.organizations.reach import Viewer

MOST = 20


def units_to_choose(user: Viewer, permission: Permission, kinds: Collection[str] = ()) -> UnitQuerySet:
    """Today's units in which somebody has the right, all of them: what a form accepts."""
    rows = Unit.objects.filter(reach(user, permission, field="")).valid_on()
    return rows.filter(kind__in=kinds) if kinds else rows  # type: ignore[return-value]


def units_offered(
    user: Viewer,
    permission: Permission,
    *,
    text: str = "",
    near: Unit | None = None,
    kinds: Collection[str] = (),
) -> list[Unit]:
    """At most twenty of them to show: those found, else those beside and below the unit at hand."""
    rows = units_to_choose(user, permission, kinds)
    if text:
        rows = rows.filter(pk__in=Unit.objects.search(text).values("pk"))
    elif near:
        rows = rows.filter(Q(parent=near.parent_id, parent__isnull=False) | Q(parent=near) | Q(pk=near.pk))
    return list(rows.select_related("parent").order_by("depth", "sort_key", "pk")[:MOST])
