"""What every full page needs around its content. Lazy: a fragment that shows no rail asks the database nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property

from thongsuot.core.ui import navigation, words

THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")
KEYS_COOKIE = "keys"
KEYS = ("on", "off")


@dataclass(frozen=True)
class Place:
    """An item of the rail, ready to be drawn."""

    item: navigation.NavItem
    url: str
    current: bool
    count: int


class Shell:
    """The frame of a page for one person."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def places(self) -> list[Place]:
        user = self._request.user
        if not user.is_authenticated:
            return []
        match = self._request.resolver_match
        here = match.view_name if match else ""
        namespace = match.namespace if match else ""
        shown = navigation.items_for(user)
        # Two items may share a namespace (tasks and targets): the exact page wins over the subject.
        current = next((i.url_name for i in shown if i.url_name == here), None) or next(
            (i.url_name for i in shown if namespace and i.namespace == namespace), None
        )
        return [
            Place(i, reverse(i.url_name), i.url_name == current, i.count(user) if i.count else 0)
            for i in shown
        ]

    @property
    def upper(self) -> list[Place]:
        return [place for place in self.places if place.item.order < 100]

    @property
    def lower(self) -> list[Place]:
        return [place for place in self.places if place.item.order >= 100]

    @property
    def phone(self) -> list[Place]:
        """At most four, so that the fifth place is the menu."""
        return [place for place in self.places if place.item.phone or place.item.main][:4]

    @cached_property
    def person(self) -> str:
        """The name shown; empty before signing in."""
        user = self._request.user
        return str(user) if user.is_authenticated else ""

    @cached_property
    def initials(self) -> str:
        return words.initials(self.person)

    @cached_property
    def position(self) -> str:
        user = self._request.user
        return navigation.description_of(user) if user.is_authenticated else ""

    @property
    def search_url(self) -> str:
        try:
            return reverse("home:search")
        except NoReverseMatch:  # the look also serves a site without a search page
            return ""

    @property
    def query(self) -> str:
        return self._request.GET.get("q", "") if self._request.path == self.search_url else ""

    @property
    def here(self) -> str:
        return self._request.get_full_path()


def theme_of(request: HttpRequest | None) -> str:
    """The theme a person chose on this device, kept in a cookie so that the first paint is already right."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto") if request else "auto"
    return chosen if chosen in THEMES else "auto"


def keys_of(request: HttpRequest | None) -> str:
    """Whether single letters are keys on this device: somebody who speaks to the computer turns them off."""
    chosen = request.COOKIES.get(KEYS_COOKIE, "on") if request else "on"
    return chosen if chosen in KEYS else "on"


def shell(request: HttpRequest) -> dict[str, object]:
    return {"shell": Shell(request)}
