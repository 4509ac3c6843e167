"""People in front of a browser, and what every page they come to answers for."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser import complain_into, sign_in

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36",
}
NARROW = (360, 390)
GRAVE = ("serious", "critical")
PATIENT = 15_000  # a machine may be busy


@dataclass
class Desk:
    """One person, one browser window."""

    page: Page
    server: str
    hall: Hall
    language: str = "vi"

    def go(self, address: str, name: str = "") -> None:
        """Open an address; with a name the page is looked at."""
        self.page.goto(address if address.startswith("http") else self.server + address)
        if name:
            self.look(name)

    def words(self, sentence: str, **named: Any) -> str:
        """A sentence of the program as this person reads it; one that has no translation fails."""
        with override(self.language):
            said = gettext(sentence)
        assert self.language == "en" or said != sentence, f"Not translated: {sentence}"
        return said % named if named else said

    def press(self, sentence: str, *, within: Locator | None = None) -> None:
        """Press the one button that is called so."""
        words = self.words(sentence)
        (within or self.page.locator("main")).get_by_role("button", name=words, exact=True).click()

    def send(self, sentence: str, *, within: Locator | None = None) -> None:
        """Press the one button that is called so, and wait for the page that answers."""
        with self.page.expect_navigation():
            self.press(sentence, within=within)

    def follow(self, sentence: str, *, within: Locator | None = None) -> None:
        """Follow the one link that is called so."""
        words = self.words(sentence)
        (within or self.page.locator("main")).get_by_role("link", name=words, exact=True).click()

    def says(self, words: str) -> None:
        """The page says so, in these very words."""
        expect(self.page.locator("body")).to_contain_text(words, use_inner_text=True, timeout=PATIENT)

    def look(self, name: str) -> None:
        """Whole, in its language, one heading, readable for everybody, no wider than a phone."""
        page = self.page
        page.wait_for_load_state()
        picture(page, name)
        assert "UNDEFINED TEMPLATE VARIABLE" not in page.content(), page.url
        assert page.locator("html").get_attribute("lang") == self.language, page.url
        expect(page.locator("h1")).to_have_count(1)
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        grave = [fault for fault in found.response["violations"] if fault["impact"] in GRAVE]
        assert not grave, f"{page.url}\n" + "\n".join(
            f"{fault['id']}: {node['html'][:200]} {node['failureSummary']}"
            for fault in grave
            for node in fault["nodes"][:5]
        )
        self._is_narrow_enough(name)

    def _is_narrow_enough(self, name: str) -> None:
        before = self.page.viewport_size
        assert before is not None
        for width in NARROW:
            self.page.set_viewport_size({"width": width, "height": 844})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{self.page.url} is {wide} wide on {width}: {sticking_out(self.page)}"
            if width == NARROW[-1] and before["width"] > width:
                picture(self.page, f"{name}-phone")
        self.page.set_viewport_size(before)


def sticking_out(page: Page) -> list[str]:
    """The elements that make a page scroll sideways."""
    found: list[str] = page.evaluate(
        """() => Array.from(document.querySelectorAll("body *"))
        .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 5).map((e) => e.outerHTML.slice(0, 160))"""
    )
    return found


def picture(page: Page, name: str) -> None:
    """``WALK_PICTURES=folder`` keeps a picture of every page of the walk."""
    folder = os.environ.get("WALK_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@dataclass
class Hall:
    """Where the desks stand: one browser, one site, and every complaint the browser makes."""

    chromium: Browser
    server: str
    complaints: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def seat(self, user: User, *, phone: bool = False, language: str = "vi", **options: Any) -> Desk:
        """A desk for a person, or a phone in their hand. Questions of the page are answered with yes."""
        context = self.chromium.new_context(**(PHONE if phone else DESKTOP) | {"locale": "vi-VN"} | options)
        context.set_default_timeout(PATIENT)
        self._contexts.append(context)
        sign_in(context, user, self.server)
        page = context.new_page()
        page.on("dialog", lambda question: question.accept())
        complain_into(self.complaints, page)
        return Desk(page, self.server, self, language)

    def close(self) -> None:
        for context in self._contexts:
            context.close()
