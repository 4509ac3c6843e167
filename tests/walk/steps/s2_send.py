"""Step 2: the paper goes to many units at once; each receives it or says why not."""

from __future__ import annotations

from tests.cast import Cast
from tests.walk.conftest import Turn
from tests.walk.desk import Desk, Hall
from thongsuot.documents.models import Delivery, Document, FlowTotal
from thongsuot.documents.models.dispatch import DeliveryState

RECEIVE_BY, PLAN_BY, DISSEMINATE_BY = "2025-12-03", "2025-12-08", "2025-12-12"
REASON = "Thiếu phụ lục kèm theo, đề nghị gửi lại đủ"


def walk(hall: Hall, cast: Cast, turn_to: Turn, document: Document) -> None:
    city = hall.seat(cast.city_clerk)
    send(city, document, leave_out=cast.commune.short_name)
    assert Delivery.objects.filter(document=document, state=DeliveryState.ARRIVED).count() == 2
    city.look("2-sent")
    turn_to(2)
    receive(hall.seat(cast.ward_clerk), cast, document)
    refuse(hall.seat(cast.other_ward_clerk), cast, document)
    city.go(document.get_absolute_url() + "noi-nhan/", "2-deliveries")
    city.says(REASON)
    send(city, document)  # to the one that was left out, which will not answer
    total = FlowTotal.objects.get(document=document, unit=cast.city)
    assert (total.sent, total.received, total.refused) == (3, 1, 1)


def send(desk: Desk, document: Document, leave_out: str = "") -> None:
    """One click ticks the whole group; what is left out is unticked."""
    desk.go(document.get_absolute_url())
    desk.follow("Send down")
    form = desk.page.locator("form.sending")
    communes = form.locator("fieldset").first
    desk.press("Clear", within=communes)
    desk.press("Tick all", within=communes)
    if leave_out:
        communes.get_by_label(leave_out).uncheck()
        desk.look("2-send")
    form.locator("[name=receive_by]").fill(RECEIVE_BY)
    form.locator("[name=plan_by]").fill(PLAN_BY)
    form.locator("[name=disseminate_by]").fill(DISSEMINATE_BY)
    form.locator(".formacts .btn.main").click()
    desk.page.wait_for_url(f"**{document.get_absolute_url()}")


def receive(desk: Desk, cast: Cast, document: Document) -> None:
    desk.go("/van-ban/den/", "2-inbox")
    desk.says(document.symbol)
    with desk.page.expect_navigation():
        desk.page.locator("[data-item] form .btn.main").click()
    delivery = Delivery.objects.get(document=document, unit=cast.ward)
    assert delivery.state == DeliveryState.RECEIVED
    entry = document.entries.get(unit=cast.ward)
    assert (entry.direction, entry.number) == ("incoming", 1)
    desk.go("/van-ban/den/?state=received", "2-inbox-received")
    desk.says("đã tiếp nhận")


def refuse(desk: Desk, cast: Cast, document: Document) -> None:
    desk.go("/van-ban/den/")
    desk.page.locator("[data-item] a.btn").click()
    desk.look("2-refuse")
    desk.page.locator("[name=reason]").fill(REASON)
    desk.press("Refuse the document")
    desk.page.wait_for_url("**/van-ban/den/")
    delivery = Delivery.objects.get(document=document, unit=cast.other_ward)
    assert (delivery.state, delivery.reason) == (DeliveryState.REFUSED, REASON)
    assert not document.entries.filter(unit=cast.other_ward).exists()
