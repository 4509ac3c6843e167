"""Choosing the structure in a real browser: one change asks, the day appears, and both pages are in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import sign_in
from tests.cast import Cast
from tests.reports.factories import a_directive, the_ward_goes_through

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_figures_in_the_structure_of_a_day(
    cast: Cast, open_page: Callable[..., Page], live_server: Any
) -> None:
    document = a_directive(cast)
    page = open_page("/tai-khoan/dang-nhap/", signed_in=False, width=360)
    sign_in(page.context, cast.city_leader, live_server.url)
    for address in ("/dieu-hanh/don-vi/", f"/pho-bien/van-ban/{document.pk}/"):
        page.goto(f"{live_server.url}{address}")
        expect(page.get_by_label("Ngày của cơ cấu")).to_have_count(0)
        page.locator("select[name=co-cau]").select_option("khi-do")
        expect(page.get_by_label("Ngày của cơ cấu")).to_be_visible()
        expect(page.get_by_text("Các đơn vị như ngày")).to_be_visible()
        assert Axe().run(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_flow_map_plays_its_days_and_is_in_order(
    cast: Cast, open_page: Callable[..., Page], live_server: Any
) -> None:
    document = a_directive(cast)
    the_ward_goes_through(cast, document)
    page = open_page("/tai-khoan/dang-nhap/", signed_in=False, width=360)
    sign_in(page.context, cast.city_leader, live_server.url)
    address = f"{live_server.url}/dieu-hanh/dong-chay/{document.pk}/cap/"
    for asked, scheme in (
        ("", "light"),
        ("?xem=bang", "light"),
        ("?so-ngay=2026-01-01", "dark"),
        ("don-vi/", "dark"),
    ):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
        page.goto(f"{address}{asked}")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(address)
    days = page.locator("[data-day]")
    expect(days.last).to_have_attribute("aria-current", "date")
    # A day by the keyboard changes only the map, and the address says it.
    days.nth(3).focus()
    page.keyboard.press("Enter")
    expect(days.nth(3)).to_have_attribute("aria-current", "date")
    assert "ngay=" in page.url
    page.get_by_role("button", name="Chạy theo ngày").click()
    expect(page.get_by_role("button", name="Tạm dừng")).to_be_visible()
    expect(days.nth(4)).to_have_attribute("aria-current", "date")
    page.get_by_role("button", name="Tạm dừng").click()
    expect(page.get_by_role("button", name="Chạy theo ngày")).to_be_visible()
