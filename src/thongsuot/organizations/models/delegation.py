"""Authority lent for a while: somebody is away, somebody else acts in their name."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.models.roles import known_permissions
from thongsuot.accounts.roles import NEVER_LENT, Permission
from thongsuot.core.clock import now
from thongsuot.core.personal import DOCUMENT, WHO, Basis, Held, Personal
from thongsuot.core.placement import Placement
from thongsuot.organizations.models.units import Unit, Validity, ValidityQuerySet, _ends_after_it_begins

RIGHTS = Personal(_("to know who may do what in whose name"), Basis.RECORDS)


class DelegationQuerySet(ValidityQuerySet["Delegation"]):
    def in_force(self, day: dt.date | None = None) -> models.QuerySet[Delegation]:
        """Those that give authority on a day, or today. One that was taken back gives none from that moment on."""
        return self.valid_on(day).filter(revoked_at=None, principal__is_active=True)


class Delegation(Validity):
    """The principal's authority in a unit, limited to some permissions, in another person's hands for a period.

    It gives what the principal has by roles of their own, and no more: what they lose, the delegate loses. Borrowed
    authority cannot be lent again.
    """

    placement = Placement.REFERENCE
    personal = Held(
        _("lent authority"),
        {
            "principal": RIGHTS.but(label=_("who lends")),
            "delegate": RIGHTS.but(label=_("to whom")),
            "decided_by": DOCUMENT,
            "made_by": WHO,
            "revoked_by": WHO.but(label=_("who took it back")),
        },
        none=("permissions",),
    )

    principal = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_made")
    delegate = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_held")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="delegations")
    reaches_subtree = models.BooleanField(_("reaches the units below"), default=True)
    permissions = models.JSONField(default=list)
    decided_by = models.CharField(_("deciding document"), max_length=120, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now, editable=False)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(principal=models.F("delegate")),
                name="delegation_to_somebody_else",
                violation_error_message=_("Authority is lent to somebody else."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=False),
                name="delegation_has_an_end",
                violation_error_message=_("Authority is lent until a day."),
            ),
            _ends_after_it_begins("delegation_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["delegate", "valid_to"], name="delegation_of_delegate")]

    def __str__(self) -> str:
        return f"{self.principal} → {self.delegate}"

    @property
    def lent(self) -> frozenset[Permission]:
        return known_permissions(self.permissions) - NEVER_LENT
