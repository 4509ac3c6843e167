"""Reading the address: numbers that may be missing, and the person asking."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from thongsuot.accounts.models import User
from thongsuot.core.keys import number_in


def who(request: HttpRequest) -> User:
    """Every page here is behind the sign-in."""
    return cast(User, request.user)


def number(request: HttpRequest, name: str) -> int | None:
    return number_in(request.GET.get(name))
