"""The main acts with JavaScript switched off: every one is a link, a form and a new page."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, expect

from tests.cast import Cast
from tests.walk.desk import Desk, Hall
from thongsuot.dissemination.models import Receipt
from thongsuot.documents.models import Delivery, Document
from thongsuot.tasks.models import Task, TaskState
from thongsuot.tasks.services import Share, assign_task

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MOST_ITEMS = 60


def test_the_main_acts_need_no_script(hall: Hall, cast: Cast, directive: tuple[str, bytes]) -> None:
    document = register(hall.seat(cast.city_clerk, java_script_enabled=False), directive)
    send(hall.seat(cast.city_clerk, java_script_enabled=False), cast, document)
    receive(hall.seat(cast.ward_clerk, java_script_enabled=False), cast, document)
    task = pass_on(cast, document)
    phone = hall.seat(cast.member, phone=True, java_script_enabled=False)
    read(phone, cast, document)
    report(phone, task)


def register(desk: Desk, directive: tuple[str, bytes]) -> Document:
    desk.go("/van-ban/nhan/")
    file: FilePayload = {"name": directive[0], "mimeType": "text/plain", "buffer": directive[1]}
    desk.page.locator("[name=file]").set_input_files(file)
    desk.send("Read this paper")
    with desk.page.expect_navigation():
        desk.page.locator(".hints form.end button").click()
    button = desk.page.locator("#tien-do .btn.main")
    for _item in range(MOST_ITEMS):
        if button.is_enabled():
            break
        with desk.page.expect_navigation():
            desk.page.locator("[data-act=a]:visible").click()
    button.click()
    desk.page.wait_for_url("**/van-ban/*/")
    desk.says("012/CT-UBND")
    return Document.objects.get()


def send(desk: Desk, cast: Cast, document: Document) -> None:
    """The button that ticks a whole group asks the server; what was entered stays."""
    desk.go(document.get_absolute_url())
    desk.follow("Send down")
    communes = desk.page.locator("form.sending fieldset").first
    desk.page.locator("[name=disseminate_by]").fill("2025-12-12")
    desk.send("Clear", within=communes)
    expect(communes.locator("input:checked")).to_have_count(0)
    desk.send("Tick all", within=communes)
    expect(communes.locator("input:checked")).to_have_count(3)
    communes.get_by_label(cast.commune.short_name).uncheck()
    assert desk.page.locator("[name=disseminate_by]").input_value() == "2025-12-12"
    desk.page.locator("form.sending .formacts .btn.main").click()
    desk.page.wait_for_url(f"**{document.get_absolute_url()}")
    units = Delivery.objects.filter(document=document).values_list("unit_id", flat=True)
    assert set(units) == {cast.ward.pk, cast.other_ward.pk}


def receive(desk: Desk, cast: Cast, document: Document) -> None:
    desk.go("/van-ban/den/")
    with desk.page.expect_navigation():
        desk.page.locator("[data-item] form .btn.main").click()
    desk.says(document.symbol)
    assert Delivery.objects.get(document=document, unit=cast.ward).received_at


def pass_on(cast: Cast, document: Document) -> Task:
    task = Task.objects.filter(document=document, unit=cast.ward, parent=None).earliest("pk")
    share = Share(cast.cell, cast.person(cast.member), "Niêm yết thủ tục ở nhà văn hóa", None)
    return assign_task(by=cast.ward_leader, task=task, shares=[share])[0]


def read(phone: Desk, cast: Cast, document: Document) -> None:
    phone.go("/viec-cua-toi/")
    phone.page.locator(f"a[href$='/pho-bien/doc/{document.pk}/']").first.click()
    phone.send("I have read and understood")
    assert Receipt.objects.get(document=document, person=cast.person(cast.member)).reached_at


def report(phone: Desk, task: Task) -> None:
    phone.go("/viec-cua-toi/")
    phone.page.locator(f"a[href$='{task.get_absolute_url()}bao-cao/']").click()
    phone.page.locator("[name=note]").fill("Đã niêm yết")
    phone.press("Send progress")
    phone.page.wait_for_url(f"**{task.get_absolute_url()}")
    task.refresh_from_db()
    assert task.state == TaskState.IN_PROGRESS
