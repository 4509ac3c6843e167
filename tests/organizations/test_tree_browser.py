"""The pages of units and people in a real browser: keys, narrow pages, contrast, and what is left without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import sign_in
from tests.cast import Cast
from tests.organizations.history import many_cells
from thongsuot.accounts.models import User
from thongsuot.organizations.queries.tree import AT_ONCE
from thongsuot.organizations.services import add_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]


@pytest.fixture
def visit(open_page: Callable[..., Page], live_server: Any) -> Visit:
    def visited(user: User, address: str, **options: Any) -> Page:
        page = open_page("/tai-khoan/dang-nhap/", signed_in=False, **options)
        sign_in(page.context, user, live_server.url)
        page.goto(f"{live_server.url}{address}")
        return page

    return visited


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


def test_keys_walk_the_tree_open_it_and_find(cast: Cast, visit: Visit) -> None:
    page = visit(cast.city_clerk, "/don-vi/")
    tree = page.get_by_role("tree")
    ward = tree.get_by_role("treeitem", name="Đảng ủy phường Cầu Ván", exact=True)
    page.locator(".twig[tabindex='0']").focus()
    assert focused(page) == "Thành ủy Vàm Cỏ"
    page.keyboard.press("c")  # the next name with a word that begins so, accents or not
    assert focused(page) == "Đảng ủy phường Cầu Ván"
    expect(ward).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowRight")
    expect(ward).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Chi bộ khu phố 1, phường Cầu Ván"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Chi bộ khu phố 2, phường Cầu Ván"
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "Đảng ủy phường Cầu Ván"
    expect(page).to_have_url(re.compile(rf"mo=[\d,]*{cast.ward.pk}"))
    page.reload()
    expect(page.get_by_text("Chi bộ khu phố 2, phường Cầu Ván")).to_be_visible()
    ward.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("Chi bộ khu phố 2, phường Cầu Ván")).not_to_be_visible()
    page.keyboard.press("Home")
    assert focused(page) == "Thành ủy Vàm Cỏ"
    page.keyboard.press("End")
    assert focused(page) != "Thành ủy Vàm Cỏ"
    ward.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng ủy phường Cầu Ván")


def test_a_long_level_grows_in_place(cast: Cast, visit: Visit) -> None:
    many_cells(cast.ward, AT_ONCE + 5)
    page = visit(cast.ward_clerk, "/don-vi/")
    last = page.get_by_text(f"Chi bộ trường học {AT_ONCE + 5:05d}")
    expect(last).not_to_be_visible()
    page.get_by_text("Xem thêm đơn vị thuộc").click()
    expect(last).to_be_visible()
    assert page.get_by_text("Xem thêm đơn vị thuộc").count() == 0


def test_a_unit_dropped_on_another_leads_to_the_form(cast: Cast, visit: Visit) -> None:
    page = visit(cast.city_clerk, f"/don-vi/?mo={cast.ward.pk}")
    page.get_by_role("link", name="Chi bộ khu phố 2, phường Cầu Ván", include_hidden=True).drag_to(
        page.locator(f"#n{cast.other_ward.pk} > .twigrow")
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Chuyển đơn vị")
    expect(page.locator(f"input[name=unit][value='{cast.other_ward.pk}']")).to_be_checked()


def test_without_script_the_tree_opens_by_links(cast: Cast, visit: Visit) -> None:
    page = visit(cast.city_clerk, "/don-vi/", width=390, java_script_enabled=False)
    page.get_by_role("link", name="Đơn vị thuộc Đảng ủy phường Cầu Ván").click()
    expect(page.get_by_text("Chi bộ khu phố 1, phường Cầu Ván")).to_be_visible()
    page.get_by_role("link", name="Chi bộ khu phố 1, phường Cầu Ván").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chi bộ khu phố 1, phường Cầu Ván")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_axe_finds_nothing_and_nothing_sticks_out(cast: Cast, visit: Visit, width: int, scheme: str) -> None:
    twins = [
        add_person(by=cast.administrator, name="Đỗ Thị Mơ", cell=cast.cell, since=cast.cell.valid_from)
        for _ in range(2)
    ]
    unit, person = f"/don-vi/{cast.ward.pk}/", f"/nguoi/{twins[0].pk}/"
    addresses = [
        f"/don-vi/?mo={cast.ward.pk}",
        "/don-vi/?q=khu+pho&ngay=2024-06-30",
        "/don-vi/so-sanh/?tu=2015-01-01",
        "/don-vi/in/",
        "/don-vi/nhap/",
        "/don-vi/thanh-lap/",
        unit,
        f"{unit}sua/",
        f"{unit}chuyen/",
        f"{unit}nguoi/",
        f"{unit}nguoi/them/",
        f"{unit}nguoi/trung/",
        person,
        f"{person}chuc-vu/",
        f"{person}chi-bo/",
        f"{person}gop/{twins[1].pk}/",
    ]
    page = visit(cast.administrator, "/don-vi/", width=width, color_scheme=scheme)
    for address in addresses:
        page.goto(page.url.split("/don-vi/")[0].split("/nguoi/")[0] + address)
        check_page(page, width)
    record = f"/nguoi/{twins[0].pk}/ho-so-dang/"
    page = visit(cast.ward_leader, record, width=width, color_scheme=scheme)
    page.get_by_role("link", name="Nhập kết quả đánh giá").click()
    page.get_by_label("Năm đánh giá").fill("2025")
    page.get_by_label("Mức xếp loại").select_option("good")
    page.get_by_label("Văn bản quyết định").fill("12-QĐ/ĐU")
    page.get_by_label("Ngày quyết định").fill("2025-12-20")
    check_page(page, width)
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("2025: Hoàn thành tốt nhiệm vụ")).to_be_visible()
    check_page(page, width)


def check_page(page: Page, width: int) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def test_the_pages_speak_english(cast: Cast, visit: Visit) -> None:
    page = visit(cast.city_clerk, "/don-vi/")
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": page.url}])
    for address, words in (
        ("/don-vi/", "Compare two days"),
        (f"/don-vi/{cast.ward.pk}/", "Names and places through time"),
        (f"/don-vi/{cast.ward.pk}/nguoi/", "who holds a post"),
    ):
        page.goto(page.url.split("/don-vi/")[0] + address)
        expect(page.locator("main")).to_contain_text(words)
