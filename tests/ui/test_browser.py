"""The look in a real browser: contrast, narrow pages, keys, and what is left without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_nothing_and_nothing_sticks_out(open_page: Open, width: int, scheme: str) -> None:
    page = open_page("/giao-dien/", width=width, color_scheme=scheme)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_on_the_sign_in_page(open_page: Open) -> None:
    found = Axe().run(open_page("/tai-khoan/dang-nhap/", signed_in=False))
    assert found.violations_count == 0, found.generate_report()


def test_keys_move_through_the_list_and_tick_its_rows(open_page: Open) -> None:
    page = open_page("/giao-dien/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    row = page.locator("[data-item]").nth(1)
    expect(row).to_have_attribute("aria-current", "true")
    expect(row.locator("input")).to_be_checked()
    expect(page.locator("[data-bulk-count]")).to_have_text("Đã chọn: 1")
    page.keyboard.press("k")
    expect(page.locator("[data-item]").first).to_have_attribute("aria-current", "true")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).not_to_be_visible()


def test_slash_and_ctrl_k_lead_to_the_search(open_page: Open) -> None:
    page = open_page("/giao-dien/")
    search = page.locator("[data-search]")
    if search.count() == 0:
        pytest.skip("This site has no search page (home:search).")
    for keys in ("/", "Control+k"):
        page.keyboard.press(keys)
        expect(search).to_be_focused()
        page.keyboard.press("Escape")
        expect(search).not_to_be_focused()


def test_letters_as_keys_are_turned_off_from_the_list_of_keys(open_page: Open) -> None:
    page = open_page("/giao-dien/")
    page.keyboard.press("?")
    page.locator("#keys button[value=off]").click()
    expect(page.locator("#keys .keys")).not_to_contain_text("Đánh dấu dòng", use_inner_text=True)
    expect(page.locator("#keys .keys")).to_contain_text("Ctrl Enter", use_inner_text=True)
    page.reload()
    for key in ("j", "?", "/"):
        page.keyboard.press(key)
    page.keyboard.press("Control+k")
    expect(page.locator("[data-search]")).to_be_focused()
    expect(page.locator("[data-item][aria-current]")).to_have_count(0)
    expect(page.locator("#keys")).not_to_be_visible()
    page.locator(".me summary").click()
    page.locator(".me [data-dialog=keys]").click()
    page.locator("#keys button[value=on]").click()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("[data-item]").first).to_have_attribute("aria-current", "true")


def test_a_theme_is_chosen_at_once_and_kept(open_page: Open) -> None:
    page = open_page("/giao-dien/")
    page.locator(".me summary").click()
    page.locator(".me button[value=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_without_script_menus_themes_and_links_still_work(open_page: Open) -> None:
    page = open_page("/giao-dien/", width=390, java_script_enabled=False)
    page.locator(".more summary").click()
    page.locator(".more button[value=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator(".bulk")).to_be_visible()


def test_a_photo_is_seen_before_it_is_sent(open_page: Open) -> None:
    page = open_page("/giao-dien/", width=390)
    pixel = (
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
        b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
    )
    photo: FilePayload = {"name": "kenh.gif", "mimeType": "image/gif", "buffer": pixel}
    page.locator("#id_photo").set_input_files(photo)
    expect(page.locator("[data-preview] img")).to_have_attribute("alt", "kenh.gif")
