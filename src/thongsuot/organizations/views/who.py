"""Who acts on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from django.http import HttpRequest

    from thongsuot.accounts.models import User


def person_acting(request: HttpRequest) -> User:
    """The account of the request: the login middleware lets nobody else reach these pages."""
    return cast("User", request.user)
