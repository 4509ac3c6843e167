"""What people do with their own account, and what an administrator does for somebody who has lost a device."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thongsuot.accounts import jobs
from thongsuot.accounts.models import User
from thongsuot.audit.services import record
from thongsuot.core.jobs import enqueue
from thongsuot.core.refusals import Refused


@transaction.atomic
def end_sessions(*, by: User, sessions: list[UserSession]) -> int:
    """Sign the person out there: with the next request."""
    for session in sessions:
        session.end()
    if sessions:
        record("account.sessions_ended", by=by, on=sessions[0].user, sessions=len(sessions))
    return len(sessions)


@transaction.atomic
def rename_passkey(*, by: User, passkey: Authenticator, name: str) -> Authenticator:
    """Give a passkey the name by which its owner knows the device."""
    passkey.data = {**passkey.data, "name": name}
    passkey.save(update_fields=["data"])
    record("account.passkey_renamed", by=by, on=by)
    return passkey


@transaction.atomic
def remove_second_factors(*, by: User | None, user: User, unit_id: int | None = None) -> bool:
    """The telephone is lost: from now on the password is enough, until the person sets up a new one.

    Nobody (``by``) is whoever keeps the computer, when the last administrator has lost theirs.
    """
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    if removed:
        record("account.second_factor_removed_for", by=by, on=user, unit_id=unit_id)
        enqueue(jobs.send_notice, user.pk, "step")
    return bool(removed)


def link_provider(
    *, by: User, user: User, provider: str, uid: str, unit_id: int | None = None
) -> SocialAccount:
    """Tie an account to the key by which the office's provider knows the person."""
    try:
        with transaction.atomic():
            made: SocialAccount = SocialAccount.objects.create(user=user, provider=provider, uid=uid)
            record("account.provider_linked", by=by, on=user, unit_id=unit_id)
            enqueue(jobs.send_notice, user.pk, "step")
    except IntegrityError:
        raise Refused(_("This office account already belongs to somebody here."), "already_linked") from None
    return made


@transaction.atomic
def unlink_provider(*, by: User, user: User, unit_id: int | None = None) -> bool:
    removed, _rows = SocialAccount.objects.filter(user=user).delete()
    if removed:
        record("account.provider_unlinked", by=by, on=user, unit_id=unit_id)
    return bool(removed)
