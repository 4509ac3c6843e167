"""What accounts can tell a person that they hold about them, the tables of the libraries included."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.models import Invitation, User
from thongsuot.accounts.models.users import SIGNING_IN
from thongsuot.core.holdings import Holding
from thongsuot.core.personal import Held, Keep, declare_elsewhere

A_DAY = Keep(_("as long as the sign-in lasts"))

OF_LIBRARIES = {
    "usersessions.UserSession": Held(
        _("where somebody is signed in"),
        {
            "user": SIGNING_IN.but(label=_("whose sign-in"), keep=A_DAY),
            "ip": SIGNING_IN.but(label=_("network address"), keep=A_DAY),
            "user_agent": SIGNING_IN.but(label=_("browser and device"), keep=A_DAY),
        },
    ),
    "sessions.Session": Held(
        _("sign-ins that are open"),
        {"session_data": SIGNING_IN.but(label=_("who is signed in, and the chosen look"), keep=A_DAY)},
    ),
    "mfa.Authenticator": Held(
        _("second factors"),
        {
            "user": SIGNING_IN.but(label=_("whose second factor")),
            "data": SIGNING_IN.but(label=_("secret of the app or key of the device")),
        },
    ),
    "socialaccount.SocialAccount": Held(
        _("links to the office's sign-in"),
        {
            "user": SIGNING_IN.but(label=_("whose link")),
            "uid": SIGNING_IN.but(label=_("identifier at the office's provider")),
            "extra_data": SIGNING_IN.but(label=_("what the provider said")),
        },
    ),
}

HOLDINGS = (
    Holding(
        User, lambda who: User.objects.filter(pk=who.user_id), ("username", "display_name", "created_at")
    ),
    Holding(
        Invitation,
        lambda who: Invitation.objects.filter(user=who.user_id).order_by("-created_at"),
        ("purpose", "created_at", "expires_at", "used_at"),
    ),
    Holding(
        UserSession,
        lambda who: UserSession.objects.filter(user=who.user_id).order_by("-created_at"),
        ("created_at", "last_seen_at", "ip", "user_agent"),
    ),
    # What a second factor knows stays secret from whoever is signed in, too: only that there is one.
    Holding(
        Authenticator,
        lambda who: Authenticator.objects.filter(user=who.user_id).order_by("pk"),
        ("type", "created_at", "last_used_at"),
    ),
    Holding(
        SocialAccount,
        lambda who: SocialAccount.objects.filter(user=who.user_id).order_by("pk"),
        ("provider", "uid", "date_joined"),
    ),
)


def declare_libraries() -> None:
    for model, held in OF_LIBRARIES.items():
        declare_elsewhere(model, held)
