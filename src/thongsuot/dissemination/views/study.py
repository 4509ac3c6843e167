"""Reading on one's own: what this browser remembers of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from thongsuot.core.pages import remember

SIZE_COOKIE = "size"
SIZES = ("normal", "large", "larger")


@require_POST
def choose_size(request: HttpRequest) -> HttpResponse:
    """Size of the text on this device; with JavaScript the button answers at once and nothing is sent."""
    return remember(request, SIZE_COOKIE, request.POST.get("size", ""), SIZES)


def size_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(SIZE_COOKIE, SIZES[0])
    return chosen if chosen in SIZES else SIZES[0]
