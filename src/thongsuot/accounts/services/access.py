"""Closing an account and opening it again."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.db import transaction

from thongsuot.accounts.models import Invitation, User
from thongsuot.audit.services import record
from thongsuot.core.clock import now


@transaction.atomic
def close_account(*, by: User, user: User, reason: str = "", unit_id: int | None = None) -> bool:
    """From now on nobody signs in here: sessions end, invitations stop working. Whether it was open."""
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        return False
    Invitation.objects.open().filter(user=user).update(revoked_at=now())
    for session in UserSession.objects.filter(user=user):
        session.end()
    record("account.closed", by=by, on=user, reason=reason, unit_id=unit_id)
    return True


@transaction.atomic
def open_account(*, by: User, user: User, unit_id: int | None = None) -> bool:
    """The person may sign in again, with what they had. Whether it was closed."""
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        return False
    record("account.opened", by=by, on=user, unit_id=unit_id)
    return True
