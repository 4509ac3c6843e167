"""The gallery of components, the list of keys, and the choices a person makes about the look and the keys."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from thongsuot.core.pages import remember
from thongsuot.core.ui.context import KEYS, KEYS_COOKIE, THEME_COOKIE, THEMES
from thongsuot.core.ui.gallery import samples


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", samples(request))


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/keys.html")


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    return remember(request, THEME_COOKIE, request.POST.get("theme", ""), THEMES)


@login_not_required
@require_POST
def choose_keys(request: HttpRequest) -> HttpResponse:
    return remember(request, KEYS_COOKIE, request.POST.get("keys", ""), KEYS)


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    known = [code for code, _ in settings.LANGUAGES if check_for_language(code)]
    return remember(request, settings.LANGUAGE_COOKIE_NAME, request.POST.get("language", ""), known)
