"""My account: who I am here, how I sign in, and where I am signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_change as library_password_change
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.accounts import services
from thongsuot.accounts.devices import device_in_words
from thongsuot.accounts.forms import PasskeyForm
from thongsuot.accounts.queries import office_label

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Everything about the own account on one page."""
    user = _who(request)
    factors = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    context = {
        "sessions": _sessions(request, user),
        "has_app": any(factor.type == Authenticator.Type.TOTP for factor in factors),
        "passkeys": [factor for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
        "codes_left": next(
            (
                len(f.wrap().get_unused_codes())
                for f in factors
                if f.type == Authenticator.Type.RECOVERY_CODES
            ),
            None,
        ),
        "office": office_label(),
        "links": list(SocialAccount.objects.filter(user=user).order_by("pk")) if office_label() else [],
    }
    return render(request, "accounts/own.html", context)


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out somewhere else: a lost telephone, a computer of others."""
    user = _who(request)
    session = get_object_or_404(UserSession.objects.filter(user=user), pk=pk)
    services.end_sessions(by=user, sessions=[session])
    messages.success(request, _("The session has ended."))
    return redirect("accounts:own")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    user = _who(request)
    others = list(UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key))
    ended = services.end_sessions(by=user, sessions=others)
    told = ngettext("%(count)s other session has ended.", "%(count)s other sessions have ended.", ended)
    messages.success(request, told % {"count": ended})
    return redirect("accounts:own")


@reauthentication_required  # type: ignore[untyped-decorator]  # the library has no types
@require_http_methods(["GET", "POST"])
def rename_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Several devices look alike until they are called by name."""
    user = _who(request)
    mine = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    passkey = get_object_or_404(mine, pk=pk)
    form = PasskeyForm(request.POST or None, initial={"name": str(passkey)})
    if request.method == "POST" and form.is_valid():
        services.rename_passkey(by=user, passkey=passkey, name=form.cleaned_data["name"])
        messages.success(request, _("The passkey has its new name."))
        return redirect("accounts:own")
    context = {"form": form, "passkey": passkey}
    return render(request, "accounts/rename_passkey.html", context, status=422 if form.errors else 200)


def change_password(request: HttpRequest) -> HttpResponse:
    """The library's page; who never chose a password gets one like everybody: by invitation."""
    if not _who(request).has_usable_password():
        messages.warning(
            request, _("You have no password yet. Ask the clerk of your unit for an invitation.")
        )
        return redirect("accounts:own")
    response: HttpResponse = library_password_change(request)
    return response


def _sessions(request: HttpRequest, user: User) -> list[dict[str, object]]:
    rows = UserSession.objects.filter(user=user).order_by("-created_at")[:50]
    return [
        {
            "pk": row.pk,
            "device": device_in_words(row.user_agent),
            "address": row.ip,
            "since": row.created_at,
            "current": row.session_key == request.session.session_key,
        }
        for row in rows
    ]


def _who(request: HttpRequest) -> User:
    return cast("User", request.user)
