"""Where the officer begins: what is waiting, drawn by each part of the subject (panel "privacy")."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thongsuot.core.access import require
from thongsuot.privacy.permissions import can_see_privacy


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    require(can_see_privacy(request.user))
    return render(request, "privacy/start.html")
