"""Where people note themselves as present: bridge points of an online conference, and guests."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.core.personal import Held, Personal
from thongsuot.core.placement import Placement
from thongsuot.dissemination.models.receipts import REACHED
from thongsuot.dissemination.models.sessions import Session
from thongsuot.organizations.models import Person, Reorganization, Unit


class BridgePoint(models.Model):
    """A place from which people follow an online conference, with a screen and a head of its own.

    ``present`` counts the people called who came here; whoever they are, they count once, where they came last.
    """

    placement = Placement.REFERENCE
    personal = Held(
        _("bridge points"),
        {"head": Personal(_("so that somebody on the spot answers for it"), label=_("head on the spot"))},
        none=("place",),
    )

    session = models.ForeignKey(Session, models.PROTECT, related_name="points")
    # Typed before the code of its screen.
    number = models.PositiveIntegerField(_("number of the bridge point"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("host of the point"))
    place = models.CharField(_("place of the bridge point"), max_length=200)
    head = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("head on the spot"),
    )
    present = models.PositiveIntegerField(default=0)
    # The unit that ended, when the point passed to its successor: an undone merger gives it back.
    handed_from = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    handed_in = models.ForeignKey(Reorganization, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="bridge_point_number_once")]

    def __str__(self) -> str:
        return self.place


class SessionGuest(models.Model):
    """Somebody who was not called and came: counted apart, in their own unit, and reached like everybody there."""

    placement = Placement.LEAF
    personal = Held(_("sessions as a guest"), {"person": REACHED.but(label=_("who came as a guest"))})

    pk = models.CompositePrimaryKey("unit_id", "session_id", "person_id")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="guests", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    point = models.ForeignKey(BridgePoint, models.PROTECT, null=True, related_name="+", db_index=False)
    noted_at = models.DateTimeField(_("noted"), default=now)

    class Meta:
        indexes = [
            models.Index(fields=["session", "unit"], name="guest_of_session"),
            models.Index(fields=["person", "unit"], name="guest_person"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"
