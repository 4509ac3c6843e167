"""Reading on one's own: what this browser remembers of it, and confirmations that come later."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from thongsuot.core.clock import now
from thongsuot.core.pages import remember
from thongsuot.core.refusals import Refused
from thongsuot.core.ui import words
from thongsuot.dissemination import services
from thongsuot.dissemination.models import Receipt
from thongsuot.dissemination.reading_page.tokens import Given, given_by, moment_said, reader_mark, token_of
from thongsuot.dissemination.views._asked import who
from thongsuot.documents.models import Document

SIZE_COOKIE = "size"
SIZES = ("normal", "large", "larger")
READER_HEADER = "X-Reader"  # the worker keeps the pages of one reader at a time
WORKER = Path(__file__).parent.parent / "static" / "dissemination" / "worker.js"


@require_POST
def choose_size(request: HttpRequest) -> HttpResponse:
    """Size of the text on this device; with JavaScript the button answers at once and nothing is sent."""
    return remember(request, SIZE_COOKIE, request.POST.get("size", ""), SIZES)


def size_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(SIZE_COOKIE, SIZES[0])
    return chosen if chosen in SIZES else SIZES[0]


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps opened pages on the device; its address bounds what it may touch to the pages below."""
    return HttpResponse(_source(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@cache
def _source() -> str:
    return WORKER.read_text("utf-8")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows without a connection where it has kept nothing; names nobody."""
    return render(request, "dissemination/offline.html")


def for_later(request: HttpRequest, document: Document, receipt: Receipt | None) -> dict[str, str]:
    """What the page needs to be confirmed without a connection."""
    user = who(request)
    asked = receipt is not None and not receipt.reached_at
    given = Given(user.pk, document.pk, document.text_sha256, now())
    return {"reader": reader_mark(user.pk), "token": token_of(given) if asked else ""}


@csrf_exempt  # the signed token says more: nobody else's page knows one, and it is of the person signed in
@require_POST
def confirm_later(request: HttpRequest) -> HttpResponse:
    """What a device has kept: counted, or why not, in words; the device forgets it unless it is somebody else's."""
    given = given_by(request.POST.get("token", ""))
    if given is None:
        sentence = _(
            "The confirmation kept on this device cannot be read. Open the page and confirm once more."
        )
        return JsonResponse({"state": "broken", "sentence": sentence}, status=409)
    try:
        receipt = services.confirm_later(
            by=who(request), given=given, said=moment_said(request.POST.get("said", ""))
        )
    except Refused as refusal:
        return JsonResponse({"state": refusal.code, "sentence": refusal.sentence}, status=409)
    day = words.day(receipt.reached_on)
    sentence = _("The confirmation you gave without a connection has arrived. It counts for %(day)s.") % {
        "day": day
    }
    return JsonResponse({"state": "counted", "sentence": sentence})
