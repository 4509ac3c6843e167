"""What is left of ways into accounts when they have been used or have run out, and goes after a while."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.models import Invitation
from thongsuot.core.retention import DataClass, Rows


def ended_invitations(before: dt.datetime) -> models.QuerySet[Invitation]:
    rows = Invitation.objects.annotate(ended=Coalesce("used_at", "revoked_at", "expires_at"))
    return rows.filter(ended__lt=before)


def ended_sessions(before: dt.datetime) -> models.QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=before)


def devices_without_session(before: dt.datetime) -> models.QuerySet[Any]:
    """Where somebody was signed in: the library keeps it until the person looks at the list."""
    session = Session.objects.filter(session_key=OuterRef("session_key"))
    rows: models.QuerySet[Any] = UserSession.objects.filter(~Exists(session), last_seen_at__lt=before)
    return rows


def _forget(model: type[models.Model]) -> Any:
    def forget(keys: Sequence[Any]) -> int:
        return model._default_manager.filter(pk__in=keys).delete()[0]

    return forget


ENDED_INVITATIONS = DataClass(
    "accounts.invitations",
    _("Invitations that were used or have run out"),
    _(
        "Who was invited by whom, when, and whether a letter was sent. The record of acts keeps that it happened."
    ),
    _("The row is deleted."),
    lambda: settings.INVITATION_KEPT_DAYS,
    Rows(ended_invitations, _forget(Invitation), since="ended"),
)
ENDED_SESSIONS = DataClass(
    "accounts.sessions",
    _("Sessions that have ended"),
    _("What the server remembered of a browser while somebody was signed in."),
    _("The row is deleted."),
    lambda: settings.SESSION_KEPT_DAYS,
    Rows(ended_sessions, _forget(Session), since="expire_date"),
)
ENDED_DEVICES = DataClass(
    "accounts.devices",
    _("Devices on which nobody is signed in any more"),
    _("Network address and browser of a device, for the owner's own list of where they are signed in."),
    _("The row is deleted."),
    lambda: settings.SESSION_KEPT_DAYS,
    Rows(devices_without_session, _forget(UserSession), since="last_seen_at"),
)
