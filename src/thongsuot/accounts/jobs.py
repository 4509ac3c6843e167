"""Mail that carries an invitation. A mail server that does not answer is asked again until the invitation ends."""

from __future__ import annotations

import datetime as dt
import logging
import uuid

from django.db.models import Q

from thongsuot.accounts.contacts import address_of
from thongsuot.accounts.mail import can_be_sent, mail_invitation, mail_notice
from thongsuot.accounts.models import Invitation, MailState, User
from thongsuot.core.clock import now

MINUTES_BETWEEN_TRIES = 10
logger = logging.getLogger(__name__)


def send_invitation(key: str) -> None:
    """Send one invitation that still works and was not sent; what became of it stands on its row."""
    invitation = Invitation.objects.open().select_related("user").filter(pk=uuid.UUID(key)).first()
    if invitation is None or invitation.mail_state not in (MailState.WAITING, MailState.FAILED):
        return
    address = address_of(invitation.user)
    try:
        if address:
            mail_invitation(invitation, address)
    except OSError as error:  # the library's refusals are of this kind too
        logger.warning("An invitation could not be mailed: %s", type(error).__qualname__)
        _note(invitation, MailState.FAILED)
    else:
        _note(invitation, MailState.SENT if address else MailState.NONE)


def send_failed_invitations() -> None:
    """Try again what a mail server did not take, and what a lost job left behind."""
    long_ago = now() - dt.timedelta(minutes=MINUTES_BETWEEN_TRIES)
    forgotten = Q(mail_state=MailState.WAITING, created_at__lt=long_ago)
    rows = Invitation.objects.open().filter(Q(mail_state=MailState.FAILED) | forgotten)
    for key in rows.order_by("created_at").values_list("pk", flat=True)[:500]:
        send_invitation(str(key))


def _note(invitation: Invitation, state: MailState) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(mail_state=state)


def send_notice(key: int, what: str) -> None:
    """Tell the owner of a change; a job that fails is tried again and then shown like any other."""
    user = User.objects.get(pk=key)
    address = address_of(user) if can_be_sent() else ""
    if address:
        mail_notice(user, what, address)
