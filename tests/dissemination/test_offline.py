"""A telephone opens a reading page, loses its connection, confirms, and comes back two days later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import sign_in
from tests.cast import Cast
from tests.dissemination.factories import TEXT, make_document
from thongsuot.core import clock
from thongsuot.dissemination.models import ReachEvent, Receipt
from thongsuot.dissemination.services import require_dissemination
from thongsuot.dissemination.views import study
from thongsuot.documents.models import Document

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TWO_DAYS, HOUR = dt.timedelta(days=2), dt.timedelta(hours=1)
KEPT = "Đã lưu trên thiết bị này trong bảy ngày"
WAITING = "Đồng chí đã xác nhận lúc"


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 360, "height": 800}, locale="vi-VN")
    yield context
    context.close()


@pytest.fixture
def documents(cast: Cast) -> list[Document]:
    # The server of these tests runs by the real clock.
    opened = dt.datetime.now(dt.UTC) - 5 * TWO_DAYS
    found = [
        make_document(cast.city_clerk, cast.city, number=number, text="\n".join([TEXT] * 4))
        for number in (12, 13)
    ]
    with clock.at(opened):
        for document in found:
            require_dissemination(
                by=cast.city_clerk,
                document=document,
                unit=cast.city,
                units=[cast.ward],
                due=clock.day_of(opened + 4 * TWO_DAYS + HOUR),
            )
    return found


def _kept(page: Page) -> list[str]:
    """The paths of the pages on the device."""
    return page.evaluate(
        "caches.open('reading-pages').then((c) => c.keys()).then((all) => all.map((k) => new URL(k.url).pathname))"
    )


def test_confirmed_without_a_connection_and_counted_once_for_that_day(
    cast: Cast, phone: BrowserContext, live_server: Any, documents: list[Document], monkeypatch: Any
) -> None:
    document = documents[0]
    address, unopened = (f"{live_server.url}/pho-bien/doc/{one.pk}/" for one in documents)
    sign_in(phone, cast.member, live_server.url)
    page = phone.new_page()
    given = dt.datetime.now(dt.UTC) - TWO_DAYS
    with monkeypatch.context() as then:
        then.setattr(study, "now", lambda: given)
        page.goto(address)
        expect(page.get_by_text(KEPT)).to_be_visible()
    phone.set_offline(True)
    page.goto(address)
    expect(page.get_by_role("heading", name="Giữ sạch đường phố, kênh, rạch")).to_be_visible()
    # The telephone's clock is of that day, too.
    phone.service_workers[0].evaluate(
        "(ms) => { Date.now = () => ms; }", int((given + HOUR).timestamp() * 1000)
    )
    page.get_by_role("button", name="Tôi đã đọc và hiểu").click()
    expect(page.get_by_text(WAITING)).to_be_visible()
    expect(page.get_by_role("button", name="Tôi đã đọc và hiểu")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(unopened)
    expect(page.get_by_role("heading", name="Không có mạng")).to_be_visible()
    expect(page.get_by_role("link", name="Giữ sạch đường phố, kênh, rạch")).to_be_visible()
    assert not ReachEvent.objects.exists()

    # Somebody else signs in on this telephone: nothing of the first reader is to be seen, nothing is booked.
    # Signed out first: the browser sends what waits at the very moment there is a connection.
    phone.clear_cookies()
    phone.set_offline(False)
    page.goto(address)
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    page.wait_for_function("caches.keys().then((names) => names.length === 0)")
    sign_in(phone, cast.second_member, live_server.url)
    page.goto(address)
    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(page.get_by_text(WAITING)).to_be_hidden()
    assert not ReachEvent.objects.exists()

    phone.clear_cookies()
    sign_in(phone, cast.member, live_server.url)
    page.goto(address)
    expect(page.get_by_text("Đã nhận được xác nhận của đồng chí lúc không có mạng")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    receipt = Receipt.objects.get(document=document, person=cast.person(cast.member))
    assert receipt.reached_on == clock.day_of(given + HOUR) == receipt.due
    assert ReachEvent.objects.count() == 1
    assert _kept(page) == [f"/pho-bien/doc/{document.pk}/"]
