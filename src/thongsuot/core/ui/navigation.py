"""What the rail and the phone's bottom bar offer. Each app registers its own items when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise

Viewer = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class NavItem:
    """One entry of the rail.

    ``visible`` asks whether this person sees it (``None``: everybody signed in). ``count`` is shown beside the
    label when it is not 0; ``urgent`` colours it as overdue. ``phone`` puts the item in the bottom bar too,
    ``main`` as its round button. ``order`` below 100 stands above the dividing line, from 100 below it.
    """

    label: str | Promise
    url_name: str
    icon: str
    order: int
    # Any: apps write these for their own type of account, which this one does not know.
    visible: Callable[[Any], bool] | None = None
    count: Callable[[Any], int] | None = None
    urgent: bool = False
    phone: bool = False
    main: bool = False
    short: str | Promise = ""

    @property
    def namespace(self) -> str:
        return self.url_name.rpartition(":")[0]


_items: dict[str, NavItem] = {}
_describe: list[Callable[[Viewer], str]] = []


def register(item: NavItem) -> None:
    """Add an item; registering the same address again replaces it."""
    _items[item.url_name] = item


def items_for(user: Viewer) -> list[NavItem]:
    """The items this person may see, in their order."""
    seen = (item for item in _items.values() if item.visible is None or item.visible(user))
    return sorted(seen, key=lambda item: (item.order, item.url_name))


def describe_people_with(function: Callable[[Viewer], str]) -> None:
    """Let one higher app say in which position and unit a person signed in ("Bí thư, Phường Cầu Ván")."""
    _describe[:] = [function]


def description_of(user: Viewer) -> str:
    return _describe[0](user) if _describe else ""
