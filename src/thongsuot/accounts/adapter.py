"""What we change of the sign-in library: nobody makes an account for themselves, and its refusals help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
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
