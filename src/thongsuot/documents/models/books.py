"""Books and their numbers: no gaps, no doubles, under any number of clerks.

One book per unit, register and numbering period: a year for State documents (Decree 30/2020/ND-CP), a
committee's term for Party documents (Regulation 399-QD/TW).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import now
from thongsuot.core.personal import WHO, Held, nothing
from thongsuot.core.placement import Placement
from thongsuot.documents.kinds import Direction
from thongsuot.documents.models.register import Document
from thongsuot.organizations.models import Unit
from thongsuot.organizations.reach import reach

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


class Book(models.Model):
    """The last number given in one register and period of a unit.

    ``register`` is "incoming", or "outgoing:" and the kind; ``period`` a year ("2026") or a term ("2025-2030").
    """

    placement = Placement.LEAF
    personal = nothing("register", "period")

    pk = models.CompositePrimaryKey("unit_id", "register", "period")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    register = models.CharField(max_length=40)
    period = models.CharField(max_length=30)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.register} {self.period}"


class RegisterEntryQuerySet(models.QuerySet["RegisterEntry"]):
    def visible_to(self, user: Viewer) -> RegisterEntryQuerySet:
        return self.filter(reach(user, Permission.DOCUMENT_READ))


class RegisterEntry(models.Model):
    """A line of a unit's register: this document has this number in this book. Never changed, never deleted."""

    placement = Placement.LEAF
    personal = Held(_("lines of registers"), {"entered_by": WHO}, none=("register", "period"))

    pk = models.CompositePrimaryKey("unit_id", "register", "period", "number")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    register = models.CharField(max_length=40)
    period = models.CharField(max_length=30)
    number = models.PositiveIntegerField()
    direction = models.CharField(max_length=10, choices=Direction.choices)
    document = models.ForeignKey(Document, models.PROTECT, related_name="entries", db_index=False)
    entered_at = models.DateTimeField(default=now)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "document", "direction"], name="document_once_in_a_register"
            )
        ]
        indexes = [models.Index(fields=["unit", "direction", "-entered_at"], name="register_newest")]

    def __str__(self) -> str:
        return f"{self.number} {self.register} {self.period}"
