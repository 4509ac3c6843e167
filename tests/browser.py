"""A real browser for the tests that need one: Debian's own Chromium, driven through Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.cast import Cast

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from thongsuot.accounts.models import User

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A machine without Chromium skips these tests, the build machine fails."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        sentence = "No Chromium here: apt install chromium"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(sentence)
    from playwright.sync_api import sync_playwright  # only the tests that open a page wait for it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def sign_in(context: BrowserContext, user: User, address: str) -> None:
    """The cookie of a session, without the form."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])


def complain_into(complaints: list[str], page: Page) -> None:
    """Keep what the browser finds wrong: errors of scripts, refused styles, files that are not there."""
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: complaints.append(f"{page.url}: {said.text}") if said.type == "error" else None,
    )


@pytest.fixture
def open_page(chromium: Browser, live_server: Any, cast: Cast) -> Iterator[Callable[..., Page]]:
    """``open_page("/giao-dien/", width=360)``: a member is signed in; a complaint of the browser fails."""
    contexts = []
    complaints: list[str] = []

    def opened(address: str, *, width: int = 1440, signed_in: bool = True, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 844}, locale="vi-VN", **options)
        contexts.append(context)
        if signed_in:
            sign_in(context, cast.member, live_server.url)
        page = context.new_page()
        complain_into(complaints, page)
        page.goto(f"{live_server.url}{address}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
