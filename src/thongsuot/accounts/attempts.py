"""How often one may try. Nobody who guesses from elsewhere keeps the owner of an account out (docs/adr/0015).

Every try is counted before the password is looked at, so that many at once do not slip through, and given back when
it was right. Counts live in the shared cache.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from allauth.core.internal import ratelimit
from django.core import signing
from django.http import HttpRequest, HttpResponse

DEVICE_COOKIE = "device"
DEVICE_DAYS = 180
MOST_ACCOUNTS_ON_A_DEVICE = 10
_SALT = "thongsuot.accounts.device"

# A device on which somebody has signed in before, for that account: no stranger can use these tries up.
KNOWN_DEVICE = {"device": "10/15m/key"}
# Anybody else: few tries for an account from one address, then few accounts from one address, then all strangers
# together. The last is wide: it slows a crowd of machines down and leaves room for the owner on a new telephone.
STRANGER = {"pair": "5/15m/key", "address": "30/15m/ip", "strangers": "100/h/key"}
CODES = {"code": "20/h/ip"}
WISHES = {"wish": "10/h/ip"}


@dataclass
class Spent:
    """Tries that were counted, to be given back when the password was right."""

    usages: list[Any]

    def give_back(self) -> None:
        for usage in self.usages:
            usage.rollback()


def spend(request: HttpRequest, rates: dict[str, str], key: str = "") -> Spent | None:
    """Count one try against every rate; nothing when one of them is used up."""
    usages: list[Any] = []
    for action in rates:
        usage = ratelimit.consume(
            request,
            app="thongsuot.accounts",
            action=action,
            config=rates,
            key=_key(request, action, key),
            limit_get=True,
        )
        if usage is None:
            Spent(usages).give_back()  # a try that was refused uses nothing up
            return None
        usages.append(usage)
    return Spent(usages)


def spend_sign_in(request: HttpRequest, username: str) -> Spent | None:
    """Count a try to sign in. A known device has tries of its own; only when they are gone is it a stranger."""
    name = _short(username)
    device = _devices(request).get(name)
    spent = spend(request, KNOWN_DEVICE, f"{name}:{device}") if device else None
    return spent or spend(request, STRANGER, name)


def remember_device(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """After a whole sign-in: this browser is no stranger to this account."""
    devices = _devices(request)
    name = _short(username)
    device = devices.pop(name, None) or secrets.token_urlsafe(9)
    devices[name] = device
    kept = dict(list(devices.items())[-MOST_ACCOUNTS_ON_A_DEVICE:])
    response.set_cookie(
        DEVICE_COOKIE,
        signing.dumps(kept, salt=_SALT),
        max_age=DEVICE_DAYS * 24 * 60 * 60,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _key(request: HttpRequest, action: str, key: str) -> str:
    return f"{key}|{ratelimit.get_ip(request)}" if action == "pair" else key


def _devices(request: HttpRequest) -> dict[str, str]:
    """Which accounts have signed in on this browser: hash of the name to the key of the device."""
    try:
        told = signing.loads(
            request.COOKIES.get(DEVICE_COOKIE, ""), salt=_SALT, max_age=DEVICE_DAYS * 24 * 60 * 60
        )
    except signing.BadSignature:
        return {}
    return {str(name): str(key) for name, key in told.items()}


def _short(username: str) -> str:
    # No names in a cookie on a computer that others use too.
    return hashlib.sha256(username.strip().lower().encode()).hexdigest()[:16]
