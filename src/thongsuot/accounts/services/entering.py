"""Coming in by an invitation, and asking for one when the password is lost."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thongsuot.accounts import jobs
from thongsuot.accounts.contacts import address_of
from thongsuot.accounts.mail import can_be_sent
from thongsuot.accounts.models import Invitation, Purpose, User
from thongsuot.accounts.services.inviting import issue_invitations
from thongsuot.audit.services import record
from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue
from thongsuot.core.refusals import Refused

BETWEEN_WISHES = dt.timedelta(minutes=10)


def enter(*, invitation: Invitation, password: str, username: str = "") -> User:
    """Use the invitation up: the account gets its password, and on the first time the name to sign in with.

    Whoever comes second with the same code is told; every session with the old password ends by itself.
    """
    try:
        return _enter(invitation, password, username)
    except IntegrityError:
        raise Refused(
            _("Somebody has just taken this user name. Choose another."), "username_taken"
        ) from None


@transaction.atomic
def _enter(invitation: Invitation, password: str, username: str) -> User:
    # The row's own columns only: through a join PostgreSQL would not look at the row again after waiting for it.
    is_mine = Invitation.objects.open().filter(pk=invitation.pk).update(used_at=now())
    user = User.objects.get(pk=invitation.user_id)
    if not is_mine or not user.is_active:
        raise Refused(
            _("This invitation no longer works. Ask the clerk of your unit for a new one."),
            "invitation_closed",
        )
    if username and invitation.purpose == Purpose.FIRST:
        user.username = username
    user.set_password(password)
    user.save(update_fields=["username", "password"])
    record("account.entered" if invitation.purpose == Purpose.FIRST else "account.returned", by=user, on=user)
    if invitation.purpose == Purpose.RETURN:
        enqueue(jobs.send_notice, user.pk, "password")
    return user


def forget_password(*, username: str, origin: str) -> bool:
    """Mail the owner a way back, where an address is known. The caller must not tell whether it was."""
    user = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    if user is None or not can_be_sent() or not address_of(user):
        return False
    just_now = now() - BETWEEN_WISHES
    if Invitation.objects.open().filter(user=user, by=None, created_at__gt=just_now).exists():
        return False  # one letter is under way; nobody's mailbox is filled by a stranger
    issue_invitations(by=None, users=[user], origin=origin, by_mail={user.pk})
    return True
