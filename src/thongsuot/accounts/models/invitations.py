"""Ways into accounts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.models.users import SIGNING_IN, User
from thongsuot.core.clock import now
from thongsuot.core.keys import uuid7
from thongsuot.core.personal import WHO, Held
from thongsuot.core.placement import Placement


class Purpose(models.TextChoices):
    """Why somebody is let in: for the first time, or back after the password was lost."""

    FIRST = "first", _("first sign-in")
    RETURN = "return", _("way back")


class MailState(models.TextChoices):
    NONE = "none", _("printed")
    WAITING = "waiting", _("being sent by mail")
    SENT = "sent", _("sent by mail")
    FAILED = "failed", _("the mail server did not take it; it is tried again")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Those that still open a door: not used, not taken back, not run out."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=now())


class Invitation(models.Model):
    """A way into one account, for one use. Of its code only a hash is kept."""

    placement = Placement.LOCAL
    personal = Held(
        _("ways into accounts"),
        {"user": SIGNING_IN.but(label=_("for whom")), "by": WHO},
        none=("digest", "origin"),
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # Nobody: the person asked for the way back themselves.
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # Where the site stood when it was issued: a job has no request to ask.
    origin = models.CharField(max_length=200)
    mail_state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.NONE)
    created_at = models.DateTimeField(default=now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "-created_at"], name="invitation_of_user"),
            models.Index(
                fields=["mail_state"],
                condition=models.Q(mail_state__in=["waiting", "failed"]),
                name="invitation_to_be_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
