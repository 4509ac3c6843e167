"""The officer's pages in a real browser: contrast and names of parts, at a desk and on a phone in the dark."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import sign_in
from tests.cast import Cast
from thongsuot.core import clock
from thongsuot.privacy.breaches.services import Facts, note_breach
from thongsuot.privacy.retention.jobs import remove_what_expired
from thongsuot.privacy.retention.services import place_hold

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def _addresses(cast: Cast) -> list[str]:
    told = Facts("Mất máy tính", clock.now() - dt.timedelta(hours=80), ["names"], 40)
    breach = note_breach(
        by=cast.administrator, unit=cast.ward, facts=told, text="Máy để trên xe", token=uuid.uuid4()
    )
    held = place_hold(by=cast.administrator, unit=cast.ward, data_class="", reason="Thanh tra", until=None)
    remove_what_expired()
    keep, wrong = "/du-lieu-ca-nhan/thoi-han/", breach.get_absolute_url()
    return [
        *("/du-lieu-ca-nhan/", keep, f"{keep}lan-chay/", f"{keep}giu/", f"{keep}giu/{held.pk}/"),
        *(f"{keep}loai/audit.readings/", "/du-lieu-ca-nhan/su-co/", "/du-lieu-ca-nhan/su-co/moi/"),
        *(wrong, f"{wrong}thong-bao/", f"{wrong}dinh-chinh/"),
    ]


def test_axe_finds_nothing_and_nothing_sticks_out(
    cast: Cast, open_page: Callable[..., Page], live_server: Any
) -> None:
    faults = []
    addresses = _addresses(cast)
    for width, scheme in ((1440, "light"), (360, "dark")):
        page = open_page("/tai-khoan/dang-nhap/", signed_in=False, width=width, color_scheme=scheme)
        sign_in(page.context, cast.administrator, live_server.url)
        for address in addresses:
            page.goto(f"{live_server.url}{address}")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append((address, width, "too wide"))
            if width > 360 or address in addresses[:3]:  # the parts and their colours are the same on all
                faults += [(address, width, one["id"]) for one in Axe().run(page).response["violations"]]
    assert not faults
