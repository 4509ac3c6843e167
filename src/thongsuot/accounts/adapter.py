"""What we change of the sign-in library: nobody makes an account for themselves, and its refusals help."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.attempts import Spent, remember_device, spend_sign_in

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    _spent: Spent | None = None

    # The library has no Vietnamese, and "not correct" does not tell a clerk what to try.
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "The user name or the password is not right. "
            "Mind capital letters and whether the Vietnamese typing tool is on."
        ),
        "too_many_login_attempts": _(
            "Too many attempts. Wait 15 minutes, sign in on a computer or telephone you have used before, "
            "or choose a new password below."
        ),
        "account_inactive": _("This person may no longer sign in."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right. Take the newest one the app shows."),
        "rate_limited": _("Too many attempts. Wait five minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Ours instead of the library's, whose count by name keeps the owner out while somebody guesses."""
        self._spent = spend_sign_in(request, credentials.get("username", ""))
        if self._spent is None:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """The library calls this when the password was right."""
        if self._spent:
            self._spent.give_back()

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **options)
        remember_device(request, response, user.username)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        # Said only after the right password, so it tells nobody else that the account exists.
        messages.error(request, self.error_messages["account_inactive"])
        return redirect("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:own")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Take the newest one the app shows."),
        "cannot_generate_recovery_codes": _("Recovery codes need a second step first: an app or a passkey."),
    }

    def encrypt(self, text: str) -> str:
        """What codes are computed from is no use to somebody who has the database alone."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""  # the secret key is another one now: the app has to be set up again

    def generate_authenticator_name(self, user: User, type: str) -> str:
        return gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": settings.MFA_TOTP_ISSUER}


class OfficeAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library has no types
    """The office's provider says who somebody is. It makes no accounts, and matches none by an address."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": _(
            "Choose a password first: without one nobody could sign in to this account any more."
        ),
        "connected_other": _("This office account already belongs to somebody else here."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("accounts:own")


def _cipher() -> MultiFernet:
    return MultiFernet(
        [_key_from(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key_from(secret: str | bytes) -> Fernet:
    digest = salted_hmac("thongsuot.accounts.second_factor", "", secret=secret, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
