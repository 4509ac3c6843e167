"""No text that people write holds the character NUL, and PostgreSQL takes none: it is turned away at the door.

Forms refuse it by themselves; a cookie, words of a search and what views read on their own would end in a fault.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

NUL = "\0"


class PlainTextMiddleware:
    """Answers 400 before anything is asked of the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        told = request.META
        # As it came over the line: a cookie writes it as three digits after a backslash.
        if (
            "%00" in told.get("QUERY_STRING", "")
            or r"\000" in told.get("HTTP_COOKIE", "")
            or NUL in request.path_info
        ):
            raise BadRequest("NUL")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """What was posted, once nobody may choose any more how files are taken in."""
        if request.method == "POST":
            for name, values in request.POST.lists():
                if NUL in name or any(NUL in value for value in values):
                    raise BadRequest("NUL")
        return None
