"""Tells the record of acts where a request comes from, and writes whose data was looked at."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from thongsuot.audit.services.readings import gathered, write_gathered
from thongsuot.core.origin import Origin, Source, coming_from, shortened

SESSION_LETTERS = 16
FIRST_ERROR = 400


class RecordMiddleware:
    """Stands after the sessions and before every view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with coming_from(_origin_of(request)), gathered() as readings:
            response = self.get_response(request)
        if response.status_code < FIRST_ERROR:
            # Before the answer leaves: what cannot be noted is not shown.
            write_gathered(readings)
        return response


def _origin_of(request: HttpRequest) -> Origin:
    return Origin(Source.WEB, shortened(_address_of(request)), _session_of(request))


def _address_of(request: HttpRequest) -> str:
    try:
        # The library that limits sign-ins knows which proxy may be believed.
        return str(get_adapter().get_client_ip(request))
    except (ImproperlyConfigured, PermissionDenied):
        return ""


def _session_of(request: HttpRequest) -> str:
    key = getattr(getattr(request, "session", None), "session_key", None)
    return salted_hmac("thongsuot.audit.session", key).hexdigest()[:SESSION_LETTERS] if key else ""
