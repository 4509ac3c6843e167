"""What is known about accounts and the ways into them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import OuterRef, QuerySet

from thongsuot.accounts.codes import code_of, digest_of
from thongsuot.accounts.models import Invitation, MailState, User


class State(StrEnum):
    """How an account stands."""

    NONE = "none"
    INVITED = "invited"
    EXPIRED = "expired"
    IN_USE = "in_use"
    CLOSED = "closed"


@dataclass(frozen=True)
class Standing:
    """An account in one line: its state, and the way in that is open now."""

    state: State
    invitation: Invitation | None = None

    @property
    def until(self) -> dt.datetime | None:
        return self.invitation.expires_at if self.invitation else None

    @property
    def mail_failed(self) -> bool:
        return self.invitation is not None and self.invitation.mail_state == MailState.FAILED


NO_ACCOUNT = Standing(State.NONE)


@dataclass(frozen=True)
class Ways:
    """How somebody signs in, for the administrator who helps when a way is lost."""

    app: bool
    passkeys: int
    office: str
    office_uid: str

    @property
    def has_second_step(self) -> bool:
        return self.app or bool(self.passkeys)


def second_steps(user: User | int | OuterRef) -> QuerySet[Authenticator]:
    """What somebody set up beside the password; recovery codes alone are none."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user=user, type__in=kinds)
    return rows


def office_links(user: OuterRef) -> QuerySet[SocialAccount]:
    rows: QuerySet[SocialAccount] = SocialAccount.objects.filter(user=user)
    return rows


def ways_of(user: User) -> Ways:
    """The second steps and the link with the office's provider."""
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    link = SocialAccount.objects.filter(user=user).order_by("pk").first()
    return Ways(
        app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        office=office_label(),
        office_uid=link.uid if link else "",
    )


def has_accounts() -> bool:
    """Whether anybody could sign in: an installation that was not founded yet has no account."""
    return User.objects.exists()


def office_label() -> str:
    """What the button for the office's provider says; nothing when there is none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return str(apps[0]["name"]) if apps else ""


def invitation_by_code(code: str) -> Invitation | None:
    """The invitation a code still opens, with its account."""
    return (
        Invitation.objects.open()
        .select_related("user")
        .filter(digest=digest_of(code), user__is_active=True)
        .first()
    )


def standing_of(users: Iterable[User]) -> dict[int, Standing]:
    """How each account stands, in one query."""
    users = list(users)
    opened: dict[int, Invitation] = {}
    for invitation in Invitation.objects.open().filter(user__in=users).order_by("created_at"):
        opened[invitation.user_id] = invitation
    return {user.pk: _standing(user, opened.get(user.pk)) for user in users}


def _standing(user: User, invitation: Invitation | None) -> Standing:
    if not user.is_active:
        return Standing(State.CLOSED)
    if user.has_usable_password():
        return Standing(State.IN_USE, invitation)
    return Standing(State.INVITED if invitation else State.EXPIRED, invitation)


def printable(invitations: Iterable[Invitation]) -> list[Invitation]:
    """Those whose code can be computed again: after the secret key was changed, older ones only keep working."""
    return [one for one in invitations if one.digest == digest_of(code_of(one.pk))]
