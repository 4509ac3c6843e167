"""A member reads on a narrow phone and confirms; a leader calls a make-up session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import sign_in
from tests.cast import Cast
from tests.dissemination.factories import TEXT, make_document, make_session
from thongsuot.core import clock
from thongsuot.dissemination.meetings.agenda import lines_of
from thongsuot.dissemination.models import Receipt
from thongsuot.dissemination.services import (
    add_document,
    add_presenter,
    confirm_reading,
    hold_session,
    mark_attendance,
    require_dissemination,
    set_programme,
    take_in_list,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_reading_counts_the_parts_and_one_tap_confirms(cast: Cast, open_page: Callable[..., Page]) -> None:
    today = clock.today()
    document = make_document(
        cast.city_clerk,
        cast.city,
        issued_on=today - dt.timedelta(days=3),
        text="\n".join([TEXT] * 8),
        summary="Không bỏ rác xuống đường, kênh, rạch.",
    )
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=today)
    page = open_page(f"/pho-bien/doc/{document.pk}/", width=360)
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    parts = page.locator("[data-part]").count()
    assert parts > 2
    count = page.locator("[data-read-count]")
    expect(count).to_have_text(f"Đã đọc 0/{parts} phần")
    for part in page.locator("[data-part] > :last-child").all():
        part.scroll_into_view_if_needed()
    expect(count).to_have_text(f"Đã đọc {parts}/{parts} phần")
    page.get_by_role("button", name="Chữ lớn").click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    page.get_by_text("Mục lục").click()
    assert Axe().run(page).violations_count == 0
    page.get_by_role("link", name="II. TỔ CHỨC THỰC HIỆN").first.click()
    expect(page.locator("[data-toc]")).not_to_have_attribute("open", "")
    page.get_by_role("button", name="Tôi đã đọc và hiểu").click()
    expect(page.get_by_text("Đồng chí đã xác nhận lúc")).to_be_visible()
    assert Receipt.objects.get(person=cast.person(cast.member)).channel == "reading"


@pytest.mark.slow
def test_axe_finds_nothing_where_a_make_up_session_is_called(
    cast: Cast, open_page: Callable[..., Page]
) -> None:
    document = make_document(cast.city_clerk, cast.city, circulating=(cast.ward,))
    session = make_session(cast.ward_leader, cast.ward, [cast.cell], [document])
    hold_session(by=cast.ward_leader, session=session)
    page = open_page("/", width=360, signed_in=False)
    server = "/".join(page.url.split("/")[:3])
    sign_in(page.context, cast.ward_leader, server)
    for path in (f"/pho-bien/buoi/{session.pk}/bu/", f"/pho-bien/buoi/{session.pk}/"):
        page.goto(server + path)
        assert page.url.endswith(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


@pytest.mark.slow
def test_axe_finds_nothing_on_the_figures_of_a_document(cast: Cast, open_page: Callable[..., Page]) -> None:
    today = clock.today()
    document = make_document(
        cast.city_clerk, cast.city, circulating=(cast.ward,), issued_on=today - dt.timedelta(days=9)
    )
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=today)
    confirm_reading(by=cast.member, document=document)
    page = open_page("/", width=360, signed_in=False)
    server = "/".join(page.url.split("/")[:3])
    sign_in(page.context, cast.ward_leader, server)
    for way in ("don-vi", "cap", "hinh-thuc", "ngay"):
        page.goto(f"{server}/pho-bien/van-ban/{document.pk}/so-lieu/?theo={way}")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{way}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, way


def test_axe_finds_nothing_where_a_session_is_prepared_and_written_down(
    cast: Cast, open_page: Callable[..., Page]
) -> None:
    document = make_document(cast.city_clerk, cast.city, circulating=(cast.ward,))
    session = make_session(cast.ward_leader, cast.ward, [cast.cell], [document])
    presenter = add_presenter(
        by=cast.ward_leader, unit=cast.ward, name="Lê Thị Sông", title="Trường Chính trị"
    )
    lines = lines_of("08:00 | Chào cờ | Ban tổ chức\n08:15 | Quán triệt Chỉ thị")
    set_programme(by=cast.ward_leader, session=session, speakers=[(presenter, "Năm điểm mới")], lines=lines)
    add_document(by=cast.ward_leader, session=session, document=document)
    people = set(session.attendance.values_list("person_id", flat=True))
    for present in (people, set()):
        mark_attendance(by=cast.ward_leader, session=session, unit=cast.cell, present=present, excused=set())
    names = list(session.attendance.values_list("person__name", flat=True))
    content = f"Tên,Phút\n{names[0]},60\n{names[1]},5\nKP1 - {names[2]},60\nNgười lạ,60\n"
    batch = take_in_list(by=cast.ward_leader, session=session, content=content.encode())
    page = open_page("/", width=360, signed_in=False)
    server = "/".join(page.url.split("/")[:3])
    sign_in(page.context, cast.ward_leader, server)
    buoi = f"/pho-bien/buoi/{session.pk}/"
    pages = ["", "chuong-trinh/", "tai-lieu/", "danh-sach/", f"danh-sach/{batch.pk}/", "bien-ban/"]
    for path in (*(buoi + part for part in pages), "/pho-bien/bao-cao-vien/"):
        page.goto(server + path)
        assert page.url.endswith(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
