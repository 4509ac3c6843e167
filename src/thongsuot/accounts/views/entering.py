"""The pages before signing in: an invitation, its code by hand, a password that was forgotten; and signing out."""

from __future__ import annotations

from allauth.account.utils import perform_login
from allauth.account.views import logout
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from thongsuot.accounts import services
from thongsuot.accounts.attempts import CODES, WISHES, spend
from thongsuot.accounts.forms import CodeForm, EnterForm, ForgottenForm
from thongsuot.accounts.mail import can_be_sent
from thongsuot.accounts.models import Invitation, Purpose
from thongsuot.accounts.queries import invitation_by_code
from thongsuot.core.refusals import refusal_on


@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and have the browser forget the pages and files it has kept of it."""
    response: HttpResponse = logout(request)
    if not request.user.is_authenticated:
        response["Clear-Site-Data"] = '"cache"'
    return response


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a password by invitation. Looking uses nothing up: a mail program may look before the person does."""
    tries = spend(request, CODES)
    if tries is None:
        return render(request, "accounts/too_often.html", status=429)
    invitation = invitation_by_code(code)
    if invitation is None:
        return render(request, "accounts/invitation_closed.html", status=410)
    tries.give_back()
    if request.user.is_authenticated and request.user.pk != invitation.user_id:
        return render(request, "accounts/somebody_else.html", {"invitation": invitation}, status=409)
    return _enter(request, invitation)


def _enter(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    is_first = invitation.purpose == Purpose.FIRST
    form = EnterForm(request.POST or None, user=invitation.user, is_first=is_first)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            user = services.enter(
                invitation=invitation,
                password=form.cleaned_data["password1"],
                username=form.cleaned_data.get("username", ""),
            )
            messages.success(request, _("Your password is set. Welcome."))
            response: HttpResponse = perform_login(request, user)
            return response
    context = {"form": form, "invitation": invitation, "is_first": is_first}
    return render(request, "accounts/enter.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Type the code of a printed invitation."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("accounts:enter", code=form.cleaned_data["code"].replace("/", "") or "-")
    return render(request, "accounts/code.html", {"form": form})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a way back. The answer is the same for everybody: it does not say whose name is known."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if spend(request, WISHES) is None:
            return render(request, "accounts/too_often.html", status=429)
        services.forget_password(
            username=form.cleaned_data["username"], origin=request.build_absolute_uri("/").rstrip("/")
        )
        return redirect("accounts:forgotten_done")
    return render(request, "accounts/forgotten.html", {"form": form, "by_mail": can_be_sent()})


@login_not_required
@require_http_methods(["GET"])
def forgotten_done(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/forgotten_done.html")
