"""Invitations: the only way into an account. Nobody sets a password for somebody else.

Who may let whom in is asked by the subject that knows units and people (``organizations.letting_in``), before it
calls these.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.conf import settings
from django.db import transaction

from thongsuot.accounts import jobs
from thongsuot.accounts.codes import code_of, digest_of
from thongsuot.accounts.models import Invitation, MailState, Purpose, User
from thongsuot.audit.services import record
from thongsuot.core.clock import now
from thongsuot.core.jobs import enqueue
from thongsuot.core.keys import uuid7

# Who asks for themselves sits in front of the mailbox.
LIFE_OF_OWN_WISH = dt.timedelta(days=1)


@transaction.atomic
def issue_invitations(
    *,
    by: User | None,
    users: Sequence[User],
    origin: str,
    by_mail: Collection[int] = (),
    units: Mapping[int, int] | None = None,
) -> list[Invitation]:
    """Give each account one way in, by mail for the keys in ``by_mail``; earlier ones stop working.

    ``units`` names the unit of each account, for the record of acts.

    What people ask for themselves (``by`` nobody) takes back nothing that somebody else has handed out: otherwise
    a stranger who knows a name could make a printed invitation useless.
    """
    earlier = Invitation.objects.open().filter(user__in=users)
    (earlier if by else earlier.filter(by=None)).update(revoked_at=now())
    made = []
    for user in users:
        key = uuid7()
        made.append(
            Invitation(
                id=key,
                user=user,
                by=by,
                purpose=Purpose.RETURN if user.has_usable_password() else Purpose.FIRST,
                digest=digest_of(code_of(key)),
                origin=settings.PUBLIC_URL or origin,
                mail_state=MailState.WAITING if user.pk in by_mail else MailState.NONE,
                expires_at=now() + (dt.timedelta(days=settings.INVITATION_DAYS) if by else LIFE_OF_OWN_WISH),
            )
        )
    Invitation.objects.bulk_create(made)
    for invitation in made:
        record(
            f"account.invited_{invitation.purpose}",
            by=by or invitation.user,
            on=invitation.user,
            unit_id=(units or {}).get(invitation.user_id),
        )
        if invitation.mail_state == MailState.WAITING:
            enqueue(jobs.send_invitation, str(invitation.pk))
    return made


@transaction.atomic
def revoke_invitations(*, by: User, user: User, unit_id: int | None = None) -> int:
    """Take back every way in that is still open; says how many there were."""
    taken_back = Invitation.objects.open().filter(user=user).update(revoked_at=now())
    if taken_back:
        record("account.invitation_revoked", by=by, on=user, unit_id=unit_id)
    return taken_back
