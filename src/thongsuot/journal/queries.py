"""Reading the record of acts within one's reach."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from thongsuot.accounts.models import User
from thongsuot.accounts.roles import Permission
from thongsuot.audit.models import Act, Reading, ReasonWords
from thongsuot.core.search import searchable
from thongsuot.journal.permissions import reads_acts_of_no_unit
from thongsuot.organizations.models import Person, Unit
from thongsuot.organizations.models.units import UnitQuerySet
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

MOST_NAMESAKES = 200


def units_read_by(user: Viewer) -> UnitQuerySet:
    """The units whose record this person may read."""
    return Unit.objects.filter(reach(user, Permission.AUDIT_READ, field=""))


def acts_visible_to(user: Viewer) -> QuerySet[Act]:
    """Acts in units within reach; those of no unit only for who looks after the whole installation."""
    within = Q(unit_id__in=units_read_by(user).values("pk"))
    if reads_acts_of_no_unit(user):
        within |= Q(unit_id=None)
    return Act.objects.filter(within).select_related("by", "on_behalf_of")


def readings_visible_to(user: Viewer) -> QuerySet[Reading]:
    """Who looked at personal data of people in units within reach."""
    rows = Reading._default_manager.filter(unit_id__in=units_read_by(user).values("pk"))
    return rows.select_related("by")


def accounts_named(text: str) -> list[int]:
    """The accounts somebody means by a name: the user name exactly, or words of the person's name."""
    found = list(User.objects.filter(username=text).values_list("pk", flat=True))
    if searchable(text):
        people = Person.objects.search(text).filter(user__isnull=False).order_by("pk")
        found += people.values_list("user_id", flat=True)[:MOST_NAMESAKES]
    return found


def with_reason(acts: QuerySet[Act], text: str) -> QuerySet[Act]:
    """Acts whose reason holds words that begin so."""
    return acts.filter(pk__in=ReasonWords.objects.search(text).values("act_id"))


def names_of_units(keys: Iterable[int | None]) -> dict[int, str]:
    wanted = {key for key in keys if key}
    return dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "short_name"))
