"""Reading the address: numbers that may be missing, and the person asking."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from thongsuot.accounts.models import User


def who(request: HttpRequest) -> User:
    """Every page here is behind the sign-in."""
    return cast(User, request.user)


def number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdigit() else None
