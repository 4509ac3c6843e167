"""Step 6: the leader's page; every figure opens into its rows and equals their count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.cast import Cast
from tests.walk.conftest import Turn
from tests.walk.desk import Desk, Hall
from tests.walk.steps.s2_send import REASON
from thongsuot.documents.models import Delivery, Document
from thongsuot.documents.models.dispatch import DeliveryState

if TYPE_CHECKING:
    from playwright.sync_api import Locator


def walk(hall: Hall, cast: Cast, turn_to: Turn, document: Document) -> None:
    turn_to(22)
    desk = hall.seat(cast.city_leader)
    desk.go("/", "6-dashboard")
    desk.says(f"{cast.commune.name} chưa tiếp nhận")  # the two at which it stands still, and why
    desk.says(f"{cast.other_ward.name} đã từ chối")
    desk.says(REASON)
    four_figures(desk)
    row = row_of(desk, document)
    row_figures(desk, cast, document, row)
    flow(desk, document)
    desk.go(f"/dieu-hanh/?don-vi={cast.ward.pk}", "6-dashboard-ward")
    four_figures(desk)


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def of(text: str) -> tuple[int, int]:
    """ "10/30" as two numbers."""
    found = re.search(r"([\d.]+)\s*/\s*([\d.]+)", text)
    assert found, text
    return number(found[1]), number(found[2])


def rows_behind(desk: Desk, address: str) -> int:
    """How many rows a link opens into: all of them, not only the first page."""
    desk.go(address)
    pager = desk.page.locator("nav.pager p")
    if pager.count():
        total = number(re.findall(r"[\d.]+", pager.first.inner_text())[-1])
        shown = desk.page.locator("tbody [data-item]").count()
        assert shown == min(total, 50)
        return total
    return desk.page.locator("tbody [data-item]").count()


def addresses(links: Locator) -> list[tuple[str, str]]:
    return [(str(link.get_attribute("href")), link.inner_text()) for link in links.all()]


def together(cells: Locator) -> tuple[int, int]:
    """The ratios of a column, added up."""
    ratios = [of(cell.inner_text()) for cell in cells.all()]
    return sum(part for part, _whole in ratios), sum(whole for _part, whole in ratios)


def four_figures(desk: Desk) -> None:
    here = desk.page.url
    figures = [
        (address, number(text.splitlines()[0]))
        for address, text in addresses(desk.page.locator(".figures a"))
    ]
    assert len(figures) == 4
    assert sum(value for _address, value in figures) > 0
    for address, value in figures:
        assert rows_behind(desk, address) == value, address
    desk.go(here)


def row_of(desk: Desk, document: Document) -> Locator:
    lead = desk.page.locator(f"td.lead a[href^='/dieu-hanh/dong-chay/{document.pk}/']")
    return desk.page.locator("tbody [data-item]").filter(has=lead)


def row_figures(desk: Desk, cast: Cast, document: Document, row: Locator) -> None:
    """Received, covered, done, overdue: each cell of the row against what it opens into."""
    here = desk.page.url
    names = ("flow", "received", "coverage", "in_time", "tasks", "late")
    links = dict(zip(names, addresses(row.locator("a")), strict=True))
    address, text = links["received"]
    received = Delivery.objects.filter(document=document, state__gte=DeliveryState.RECEIVED)
    assert of(text) == (received.count(), rows_behind(desk, address)) == (1, 3)
    assert rows_behind(desk, f"{address}?state=received") == 1
    for name, column in (("coverage", 2), ("in_time", 3)):
        address, text = links[name]
        desk.go(address, f"6-{name}")
        assert of(text) == together(desk.page.locator(f"tbody td:nth-child({column})")) == (10, 30)
    address, text = links["tasks"]
    done, total = of(text)
    assert rows_behind(desk, address) == total
    assert rows_behind(desk, f"{address}&trang-thai=done") == done
    address, text = links["late"]
    assert rows_behind(desk, address) == number(text) > 0
    desk.look("6-late-tasks")
    desk.go(here)


def flow(desk: Desk, document: Document) -> None:
    """The map, the same as a table, and every figure below it."""
    with desk.page.expect_navigation():
        row_of(desk, document).locator("a").first.click()
    desk.look("6-flow")
    desk.says("Láng Sếu")
    expect(desk.page.locator("svg.flow")).to_have_count(1)
    results = [of(text) for _address, text in addresses(desk.page.locator(".results a"))]
    assert results[:4] == [(1, 3), (1, 3), (2, 6), (10, 30)]
    desk.page.keyboard.press("t")
    desk.page.wait_for_url("**xem=bang**")
    desk.look("6-flow-table")
    expect(desk.page.locator("tbody [data-item]")).to_have_count(3)
