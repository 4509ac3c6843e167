"""The screen of a session and the phone before it, with and without script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser import sign_in
from tests.cast import Cast
from tests.dissemination.factories import make_document
from thongsuot.core import clock
from thongsuot.dissemination.meetings import screens
from thongsuot.dissemination.models import Attendance, Form, Session
from thongsuot.dissemination.services import call_session
from thongsuot.dissemination.services.bridging import add_points

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def _session(cast: Cast, starts_at: dt.datetime) -> Session:
    document = make_document(
        cast.city_clerk, cast.city, circulating=(cast.ward,), number=12 + Session.objects.count()
    )
    return call_session(
        by=cast.ward_leader,
        unit=cast.ward,
        cells=[cast.cell, cast.second_cell],
        documents=[document],
        title="Hội nghị trực tuyến quán triệt Chỉ thị 12-CT/ThU",
        form=Form.ONLINE,
        starts_at=starts_at,
        place="Hội trường Đảng ủy phường",
    )


def _code(*of: int) -> str:
    """As the server shows it, whose clock nobody has told anything."""
    with clock.at(timezone.now()):
        return screens.picture_of(*of)


def test_a_phone_before_the_screen_is_noted_without_a_tap_and_without_script_with_one(
    cast: Cast, open_page: Callable[..., Page]
) -> None:
    session = _session(cast, timezone.now())
    (point,) = add_points(by=cast.ward_leader, session=session, units=[cast.second_cell])
    coming = _session(cast, timezone.now() + dt.timedelta(minutes=45))
    keeper = open_page("/", signed_in=False)
    server = "/".join(keeper.url.split("/")[:3])
    sign_in(keeper.context, cast.ward_leader, server)
    base = f"/pho-bien/buoi/{session.pk}/"
    for path in (base, f"{base}man-hinh/", f"{base}man-hinh/{point.pk}/", f"{base}diem-cau/"):
        for width, height in ((1440, 900), (360, 844)):
            keeper.set_viewport_size({"width": width, "height": height})
            keeper.goto(server + path)
            assert Axe().run(keeper).violations_count == 0, path
            assert keeper.evaluate("document.documentElement.scrollWidth") <= width, path
    keeper.goto(server + base + "man-hinh/")
    phone = open_page(f"/pho-bien/co-mat/{_code(coming.pk)}/", width=360)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Đồng chí đến sớm")
    assert Axe().run(phone).violations_count == 0
    phone.goto(f"{server}/co-mat/")
    assert Axe().run(phone).violations_count == 0
    phone.goto(f"{server}/pho-bien/co-mat/{_code(session.pk)}/")
    expect(phone.get_by_text("Đồng chí đã được ghi có mặt lúc")).to_be_visible()
    assert Axe().run(phone).violations_count == 0
    # The screen counts by itself.
    expect(keeper.locator(".in b")).to_have_text("1", timeout=15_000)
    plain = open_page("/", width=360, java_script_enabled=False)
    sign_in(plain.context, cast.second_member, server)
    plain.goto(f"{server}/pho-bien/co-mat/{_code(session.pk, point.pk)}/")
    plain.get_by_role("button", name="Tôi có mặt").click()
    expect(plain.get_by_text("Đồng chí đã được ghi có mặt lúc")).to_be_visible()
    assert Attendance.objects.get(person=cast.person(cast.second_member), session=session).point == point
