"""Units that are often sent to together, under a name: single ones, or whoever fits a rule on the day of sending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.personal import WHO, Held
from thongsuot.core.placement import Placement
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


class UnitGroupQuerySet(models.QuerySet["UnitGroup"]):
    def visible_to(self, user: Viewer) -> UnitGroupQuerySet:
        return self.filter(reach(user, Permission.DOCUMENT_SEND))


class UnitGroup(models.Model):
    """A name for units below ``unit``: those its rule means today, those added, less those left out."""

    placement = Placement.REFERENCE
    personal = Held(_("groups of units"), {"changed_by": WHO}, none=("name", "levels", "kinds"))

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(_("name of the group"), max_length=120)
    levels = models.JSONField(default=list, blank=True)
    kinds = models.JSONField(default=list, blank=True)
    changed_at = models.DateTimeField(default=now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = UnitGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="unit_group_once",
                violation_error_message=_("The unit has a group of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class UnitGroupMember(models.Model):
    """A unit that belongs to a group by name, or is left out of it with all below it."""

    placement = Placement.REFERENCE

    group = models.ForeignKey(UnitGroup, models.CASCADE, related_name="members")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    is_exception = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "unit"], name="unit_group_member_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}"
