"""What we change of the sign-in library: nobody makes an account for themselves, and its refusals help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    # The library has no Vietnamese, and "not correct" does not tell a clerk what to try.
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "The user name or the password is not right. "
            "Mind capital letters and whether the Vietnamese typing tool is on."
        ),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "account_inactive": _("This person may no longer sign in."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        # Said only after the right password, so it tells nobody else that the account exists.
        messages.error(request, self.error_messages["account_inactive"])
        return redirect("account_login")
