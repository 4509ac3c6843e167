"""What the browser's tests of the documents share: the city's clerk at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import complain_into, sign_in
from tests.cast import Cast

Open = Callable[..., Page]


@pytest.fixture
def open_as_clerk(chromium: Browser, live_server: Any, cast: Cast) -> Iterator[Open]:
    """The city's clerk at an address; a complaint of the browser fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(address: str, width: int = 1440, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale="vi-VN", **options)
        contexts.append(context)
        sign_in(context, cast.city_clerk, live_server.url)
        page = context.new_page()
        complain_into(complaints, page)
        page.goto(f"{live_server.url}{address}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
