"""The gallery of components, the list of keys, and the choices a person makes about the look and the keys."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from thongsuot.core.pages import back_from
from thongsuot.core.ui.context import KEYS, KEYS_COOKIE, THEME_COOKIE, THEMES
from thongsuot.core.ui.gallery import samples

A_YEAR = 365 * 24 * 60 * 60


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", samples(request))


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/keys.html")


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    return _remember(request, THEME_COOKIE, request.POST.get("theme", ""), THEMES)


@login_not_required
@require_POST
def choose_keys(request: HttpRequest) -> HttpResponse:
    return _remember(request, KEYS_COOKIE, request.POST.get("keys", ""), KEYS)


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    known = [code for code, _ in settings.LANGUAGES if check_for_language(code)]
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, request.POST.get("language", ""), known)


def _remember(
    request: HttpRequest, cookie: str, value: str, allowed: list[str] | tuple[str, ...]
) -> HttpResponse:
    """Keep a choice in this browser for a year and go back to where the person was."""
    response = HttpResponseRedirect(back_from(request, otherwise="/"))
    if value in allowed:
        response.set_cookie(cookie, value, max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
    return response
