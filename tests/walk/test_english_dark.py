"""The pages of the walk in English and in the dark, as somebody finds them who chose both in the menu."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.walk.conftest import Turn
from tests.walk.desk import Desk, Hall
from tests.walk.prepared import under_way, waiting
from thongsuot.accounts.models import User
from thongsuot.dissemination.models import Session

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_pages_stand_in_english_and_in_the_dark(
    hall: Hall, cast: Cast, turn_to: Turn, directive: tuple[str, bytes]
) -> None:
    document, task, inspection, concluded = under_way(cast, directive)
    again = waiting(cast, (directive[0], directive[1].replace(b"012", b"013")))
    turn_to(10)
    session = Session.objects.get().get_absolute_url()
    paper, work = document.get_absolute_url(), task.get_absolute_url()
    assert task.parent is not None
    above = task.parent.get_absolute_url()
    look_at(
        hall,
        cast.city_clerk,
        ["/van-ban/", "/van-ban/nhan/", again.get_absolute_url(), paper, f"{paper}gui/", f"{paper}noi-nhan/"],
    )
    look_at(hall, cast.ward_clerk, ["/van-ban/den/?state=received", "/van-ban/di/ghi-so/", paper])
    look_at(
        hall,
        cast.ward_leader,
        [
            *("/viec-cua-toi/", "/nhiem-vu/", work, f"{above}giao/", "/pho-bien/", session),
            *(f"/pho-bien/van-ban/{document.pk}/", concluded.get_absolute_url()),
        ],
    )
    look_at(hall, cast.city_inspector, ["/kiem-tra/", inspection.get_absolute_url()])
    look_at(
        hall,
        cast.member,
        ["/viec-cua-toi/", f"/pho-bien/doc/{document.pk}/", f"{work}bao-cao/", session],
        phone=True,
    )
    look_at(
        hall, cast.city_leader, ["/dieu-hanh/", f"/dieu-hanh/dong-chay/{document.pk}/", "/tim-kiem/?q=012"]
    )


def look_at(hall: Hall, user: User, addresses: list[str], *, phone: bool = False) -> None:
    desk = hall.seat(user, phone=phone)
    choose(desk, phone=phone)
    for number, address in enumerate(addresses):
        desk.go(address, f"en-{user.username}-{number}")
        assert desk.page.locator("html").get_attribute("data-theme") == "dark"


def choose(desk: Desk, *, phone: bool) -> None:
    desk.go("/viec-cua-toi/")
    menu = desk.page.locator(".more" if phone else ".me")
    menu.locator("summary").click()
    menu.get_by_role("button", name="English").click()
    desk.language = "en"
    expect(desk.page.locator("html")).to_have_attribute("lang", "en")
    menu.locator("summary").click()
    menu.locator("button[value=dark]").click()
    expect(desk.page.locator("html")).to_have_attribute("data-theme", "dark")
