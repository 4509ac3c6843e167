"""A browser for the walks through the look."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests.cast import Cast

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
    """Debian's own Chromium; a machine without it skips these tests, the build machine fails."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        sentence = "No Chromium here: apt install chromium"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(sentence)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any, cast: Cast) -> Iterator[Callable[..., Page]]:
    """``open_page("/giao-dien/", width=360)``: a member is signed in; a complaint of the browser fails."""
    contexts = []
    complaints: list[str] = []

    def opened(address: str, *, width: int = 1440, signed_in: bool = True, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 844}, locale="vi-VN", **options)
        contexts.append(context)
        if signed_in:
            client = Client()
            client.force_login(cast.member)
            cookie = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(f"{live_server.url}{address}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
