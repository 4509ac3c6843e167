"""Files that are read beside the answer: how far they are, and what came of them. Their bytes are in memory only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.core.clock import now
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import WHO, Held
from thongsuot.core.placement import Placement
from thongsuot.core.pulse import WITHOUT_A_SIGN
from thongsuot.dissemination.models.sessions import Session

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


class BeingReadState(models.TextChoices):
    READING = "reading", pgettext_lazy("signed pages", "being read")
    DONE = "done", pgettext_lazy("signed pages", "read")
    STOPPED = "stopped", _("reading stopped")


class BeingRead(models.Model):
    """The sign of life of a thread that has the bytes. Name and text of the file are not known here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    state = models.CharField(max_length=7, choices=BeingReadState.choices, default=BeingReadState.READING)
    pages_done = models.PositiveIntegerField(default=0)
    pages_all = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(default=now)
    received_at = models.DateTimeField(default=now, editable=False)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def is_going_on(self) -> bool:
        """A page that is looked at does not write: whoever gives no sign of life has stopped."""
        return self.state == BeingReadState.READING and self.beat_at >= now() - WITHOUT_A_SIGN

    @property
    def shown_done(self) -> int:
        """For the bar: all is done when the row says so, not before."""
        return min(self.pages_done, self.pages_all - 1) if self.pages_all else 0

    @property
    def shown_all(self) -> int:
        return self.pages_all or 1

    @property
    def has_stopped(self) -> bool:
        return self.state != BeingReadState.DONE and not self.is_going_on


class PaperHandInQuerySet(models.QuerySet["PaperHandIn"]):
    def visible_to(self, user: User) -> PaperHandInQuerySet:
        """Only whoever handed it in waits for it; the pages found in it are seen by all who may see their sheets."""
        return self.filter(received_by=user)


class PaperHandIn(BeingRead):
    """Photographs or scans of signed pages that were handed in together.

    ``read`` says how many pictures of each file were read, so that the same files go on where they stopped.
    ``arrived`` are [picture, outcome, sheet, page], ``refused`` [file, code].
    """

    placement = Placement.LOCAL
    personal = Held(
        _("signed pages being read"),
        {"received_by": WHO},
        none=("sha256", "read", "arrived", "refused"),
    )

    sha256 = models.CharField(max_length=64)
    read: models.JSONField[Any, list[int]] = models.JSONField(default=list)
    arrived: models.JSONField[Any, list[list[Any]]] = models.JSONField(default=list)
    refused: models.JSONField[Any, list[list[Any]]] = models.JSONField(default=list)

    objects = PaperHandInQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["received_by", "-received_at"], name="paper_hand_in_by")]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("dissemination:paper_hand_in", args=[self.pk])

    @property
    def pictures_read(self) -> int:
        return sum(self.read)


class MaterialCheck(BeingRead):
    """A file for the materials of a session that is being checked for secrecy; gone when it is a ``Material``.

    ``refusal`` is the code of the reader; without one, and without a sign of life, the program was stopped.
    """

    placement = Placement.LOCAL
    personal = Held(_("materials being checked"), {"received_by": WHO}, none=("refusal",))

    session = models.ForeignKey(Session, models.PROTECT, related_name="material_checks")
    refusal = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return str(self.pk)
