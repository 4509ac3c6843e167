"""The pages about personal data in a real browser: contrast, names of what can be pressed, narrow pages, no script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser import sign_in
from tests.cast import Cast
from thongsuot.accounts.models import User
from thongsuot.organizations.models import Person
from thongsuot.privacy.services.requests import ask

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE = 360


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (PHONE, "dark")])
def test_axe_finds_nothing_and_an_erasure_is_seen_before_it_is_done(
    open_page: Callable[..., Page], live_server: Any, cast: Cast, width: int, scheme: str
) -> None:
    me = cast.person(cast.member)
    asked = ask(
        by=User.objects.get(pk=cast.member.pk), person=me, kind="erasure", words="Tôi chuyển công tác"
    )
    page = open_page(reverse("privacy:mine"), width=width, color_scheme=scheme)
    for name in ("mine", "my_readers", "my_requests"):
        look(page, f"{live_server.url}{reverse(f'privacy:{name}')}", width)
    sign_in(page.context, cast.administrator, live_server.url)
    addresses = [
        reverse("privacy:start"),
        f"{reverse('privacy:register')}?loai=sensitive",
        reverse("privacy:requests"),
    ]
    for address in [*addresses, reverse("privacy:ask_for", args=[me.pk]), asked.get_absolute_url()]:
        look(page, f"{live_server.url}{address}", width)
    if width == PHONE:  # and the act itself without script
        page = open_page(reverse("privacy:mine"), width=width, java_script_enabled=False)
        sign_in(page.context, cast.administrator, live_server.url)
        page.goto(f"{live_server.url}{asked.get_absolute_url()}")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("Tôi đã đọc").check()
    page.get_by_role("button", name="Xóa dữ liệu").click()
    expect(page.locator("main")).to_contain_text("đã chấp thuận")
    assert Person.objects.get(pk=me.pk).erased_at is not None
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
    page.goto(f"{live_server.url}{asked.get_absolute_url()}")
    expect(page.locator("main")).to_contain_text("granted the request")


def look(page: Page, address: str, width: int) -> None:
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
