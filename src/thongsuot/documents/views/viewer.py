"""Who asks: every page here is behind the sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from django.http import HttpRequest

    from thongsuot.accounts.models import User


def viewer(request: HttpRequest) -> User:
    """The person signed in (``LoginRequiredMiddleware`` lets nobody else through)."""
    return cast("User", request.user)
